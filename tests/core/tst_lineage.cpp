#include "lineage.h"

#include <QRandomGenerator>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

/// Which picture came from which, by records alone.
class LineageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_data();
    void steps();
    void aFileIsAPictureByItsContent();
    void anEditWhosePictureWasTakenAwayIsNone();
    void strangersAreLeftOut();
    void aPictureIsTheFirstOfItsContent();
    void whatCameLaterIsNoParent();
    void waysAndMoney();
    void anyRecordsGiveATree();
    void originComesBackFromJson();
};

namespace {

/// The pictures of run "b" have the contents "b0", "b1".
RunRecord run(const QString &name, const QStringList &given = {}, const std::optional<RunOrigin> &origin = {})
{
    RunRecord record;
    record.id = { name };
    record.origin = origin;
    for (int image = 0; image < 2; ++image)
        record.images.push_back({ .index = image, .file = name + u".png"_s, .sha256 = name + QString::number(image) });
    for (const QString &content : given)
        record.references.push_back({ .field = u"image_urls"_s, .index = int(record.references.size()), .sha256 = content });
    record.price = Price { .amount = 0.08, .currency = u"USD"_s, .estimated = false };
    return record;
}

RunOrigin from(OriginStep step, const QString &name, int image)
{
    return { step, { { name }, image } };
}

using Links = std::vector<LineageLink>;

} // namespace

void LineageTest::steps_data()
{
    QTest::addColumn<OriginStep>("step");
    for (const OriginStep step : { OriginStep::Vary, OriginStep::Promote, OriginStep::Recall })
        QTest::newRow(qPrintable(wordOf(step))) << step;
}

void LineageTest::steps()
{
    QFETCH(OriginStep, step);
    const Lineage lineage = lineageOf({ run(u"a"_s), run(u"b"_s, {}, from(step, u"a"_s, 1)) }, { u"a"_s });
    QCOMPARE(lineage.runs.size(), size_t(2));
    QCOMPARE(lineage.runs[1].parents, Links({ { 0, 1, step } }));
    QCOMPARE(lineage.childrenOf(0), std::vector<size_t> { 1 });
}

void LineageTest::aFileIsAPictureByItsContent()
{
    RunRecord treated = run(u"b"_s, { u"treated"_s });
    treated.references.front().givenSha256 = u"a1"_s;
    // The third was given the library's own copy of what the second was given.
    const Lineage lineage = lineageOf({ run(u"a"_s), treated, run(u"c"_s, { u"treated"_s, u"b0"_s, u"b0"_s }) }, { u"c"_s });
    QCOMPARE(lineage.runs.size(), size_t(3));
    QCOMPARE(lineage.runs[1].parents, Links({ { 0, 1, OriginStep::Reference } }));
    QCOMPARE(lineage.runs[2].parents, Links({ { 0, 1, OriginStep::Reference }, { 1, 0, OriginStep::Reference } }));
}

void LineageTest::anEditWhosePictureWasTakenAwayIsNone()
{
    const RunOrigin edit = from(OriginStep::Edit, u"a"_s, 0);
    QCOMPARE(lineageOf({ run(u"a"_s), run(u"b"_s, { u"a0"_s }, edit) }, { u"b"_s }).runs[1].parents, Links({ { 0, 0, OriginStep::Edit } }));
    QCOMPARE(lineageOf({ run(u"a"_s), run(u"b"_s, { u"other"_s }, edit) }, { u"b"_s }).runs.size(), size_t(1));
    // Another picture of the library in its place is what is edited.
    QCOMPARE(lineageOf({ run(u"a"_s), run(u"b"_s, { u"a1"_s }, edit) }, { u"b"_s }).runs[1].parents,
             Links({ { 0, 1, OriginStep::Edit }, }));
}

void LineageTest::strangersAreLeftOut()
{
    const std::vector<RunRecord> runs { run(u"a"_s), run(u"x"_s), run(u"b"_s, { u"a0"_s }), run(u"y"_s, { u"x1"_s }), run(u"c"_s, { u"a1"_s }) };
    const Lineage lineage = lineageOf(runs, { u"c"_s });
    QStringList names;
    for (const LineageRun &each : lineage.runs)
        names << each.record.id.text;
    QCOMPARE(names, QStringList({ u"a"_s, u"b"_s, u"c"_s }));
    QCOMPARE(lineage.runs[2].parents, Links({ { 0, 1, OriginStep::Reference } }));
    QCOMPARE(lineage.placeOf({ u"c"_s }), std::optional<size_t>(2));
    QCOMPARE(lineageOf(runs, { u"nobody"_s }).runs.size(), size_t(0));
}

void LineageTest::aPictureIsTheFirstOfItsContent()
{
    RunRecord again = run(u"b"_s);
    again.images[0].sha256 = u"a0"_s;
    const Lineage lineage = lineageOf({ run(u"a"_s), again, run(u"c"_s, { u"a0"_s }) }, { u"c"_s });
    QCOMPARE(lineage.runs.size(), size_t(2));
    QCOMPARE(lineage.runs[0].record.id.text, u"a"_s);
}

void LineageTest::whatCameLaterIsNoParent()
{
    const Lineage lineage = lineageOf({ run(u"a"_s, { u"b0"_s }, from(OriginStep::Vary, u"b"_s, 0)), run(u"b"_s, { u"b1"_s }) }, { u"a"_s });
    QCOMPARE(lineage.runs.size(), size_t(1));
    QVERIFY(lineage.runs[0].parents.empty());
}

void LineageTest::waysAndMoney()
{
    RunRecord unpriced = run(u"d"_s, { u"c0"_s, u"b0"_s });
    unpriced.price.reset();
    const Lineage lineage
        = lineageOf({ run(u"a"_s), run(u"b"_s), run(u"c"_s, { u"a1"_s }), unpriced, run(u"e"_s, {}, from(OriginStep::Vary, u"d"_s, 1)) }, { u"a"_s });
    QCOMPARE(lineage.runs.size(), size_t(5));
    QCOMPARE(lineage.pathTo(4), (std::vector<size_t> { 0, 2, 3, 4 }));
    QCOMPARE(lineage.ancestorsOf(4), (std::vector<size_t> { 0, 1, 2, 3, 4 }));
    QCOMPARE(lineage.ancestorsOf(2), (std::vector<size_t> { 0, 2 }));
    QCOMPARE(lineage.childrenOf(1), std::vector<size_t>()); // given to another, not gone on from
    const std::vector<Price> sums = sumOf(lineage, lineage.ancestorsOf(4));
    QCOMPARE(sums.size(), size_t(1));
    QCOMPARE(sums.front().amount, 4 * 0.08);
    QVERIFY(!sums.front().estimated);
}

void LineageTest::anyRecordsGiveATree()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<RunRecord> runs;
        for (int number = 0; number < 20; ++number) {
            QStringList given;
            for (int count = int(random.bounded(4)); count > 0; --count)
                given << QString::number(random.bounded(20)) + QString::number(random.bounded(3));
            runs.push_back(run(QString::number(number), given));
            if (random.bounded(2) == 0)
                runs.back().origin = from(OriginStep(random.bounded(5)), QString::number(random.bounded(22)), int(random.bounded(3)));
        }
        const QString focus = QString::number(random.bounded(20));
        const Lineage lineage = lineageOf(runs, { focus });
        QVERIFY(lineage.placeOf({ focus }));
        for (size_t place = 0; place < lineage.runs.size(); ++place) {
            for (const LineageLink &link : lineage.runs[place].parents)
                QVERIFY(link.parent < place);
            QCOMPARE(lineage.pathTo(place).back(), place);
            const std::vector<size_t> ancestors = lineage.ancestorsOf(place);
            for (const size_t step : lineage.pathTo(place))
                QVERIFY(std::ranges::find(ancestors, step) != ancestors.end());
        }
    }
}

void LineageTest::originComesBackFromJson()
{
    for (const OriginStep step : { OriginStep::Reference, OriginStep::Edit, OriginStep::Vary, OriginStep::Promote, OriginStep::Recall }) {
        RunRecord record = run(u"b"_s, { u"a0"_s }, from(step, u"a"_s, 3));
        record.references.front().givenSha256 = u"before"_s;
        QCOMPARE(runRecordFromJson(toJson(record)).value(), record);
    }
    Json json = toJson(run(u"b"_s));
    QVERIFY(!json.contains("origin"));
    for (const Json &nonsense : { Json("edit"), Json { { "step", "eat" }, { "run", "a" } }, Json { { "step", "edit" } },
                                  Json { { "step", "edit" }, { "run", "a" }, { "image", -1 } } }) {
        json["origin"] = nonsense;
        QVERIFY(!runRecordFromJson(json).value().origin);
    }
}

QTEST_GUILESS_MAIN(LineageTest)
#include "tst_lineage.moc"
