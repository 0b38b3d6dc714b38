#include "galleryfilter.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

RunRecord made(int sequence, const Marks &marks, QSize size = { 1024, 1024 }, const char *prompt = "a cat")
{
    RunRecord record;
    record.id = { u"r%1"_s.arg(sequence) };
    record.sequence = sequence;
    record.endpoint = { sequence % 2 ? u"fal-ai/a"_s : u"fal-ai/b"_s };
    record.input = Json { { "prompt", prompt } };
    record.state = RunState::Done;
    record.createdAt = QDateTime::currentDateTimeUtc();
    record.images = { { .file = u"%1.png"_s.arg(sequence), .size = size, .marks = marks } };
    return record;
}

QString shown(const QAbstractItemModel &filter)
{
    QStringList names;
    for (int row = 0; row < filter.rowCount(); ++row)
        names << filter.index(row, 0).data(GalleryRole::RunId).value<RunId>().text;
    return names.join(u' ');
}

QStringList titles(const QAbstractItemModel &filter)
{
    QStringList titles;
    for (int row = 0; row < filter.rowCount(); ++row)
        titles << filter.index(row, 0).data(GalleryRole::GroupTitle).toString();
    return titles;
}

GalleryModel::FileResolver asItIs()
{
    return [](const QString &file) { return file; };
}

} // namespace

class TestTileFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesRatios_data();
    void namesRatios();
    void choices_data();
    void choices();
    void dates();
    void countsAreThoseOfEveryChoice();
    void theBestFirst();
    void aMarkMovesATile();
    void groups();
};

void TestTileFilter::namesRatios_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("ratio");
    QTest::newRow("square") << QSize(1024, 1024) << u"1:1"_s;
    QTest::newRow("wide 1K") << QSize(1376, 768) << u"16:9"_s;
    QTest::newRow("tall 4K") << QSize(3072, 5504) << u"9:16"_s;
    QTest::newRow("4:5") << QSize(928, 1152) << u"4:5"_s;
    QTest::newRow("cinema") << QSize(6336, 2688) << u"21:9"_s;
    QTest::newRow("strip") << QSize(12288, 1536) << u"8:1"_s;
    QTest::newRow("none of them") << QSize(1000, 360) << u"other"_s;
    QTest::newRow("no picture") << QSize() << QString();
}

void TestTileFilter::namesRatios()
{
    QFETCH(QSize, size);
    QTEST(ratioOf(size), "ratio");
}

void TestTileFilter::choices_data()
{
    QTest::addColumn<TileFilter>("filter");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const TileFilter &filter, const char *expected) {
        QTest::newRow(name) << filter << QString::fromLatin1(expected);
    };
    row("three stars or more", { .rating = 3 }, "r4 r2");
    row("not rated", { .rating = -1 }, "r5 r3");
    row("kept", { .flag = Flag::Keep }, "r4");
    row("rejected", { .flag = Flag::Reject }, "r3");
    row("no flag", { .flag = Flag::None }, "r5 r2 r1");
    row("red", { .label = ColourLabel::Red }, "r5");
    row("wide", { .ratio = u"16:9"_s }, "r2");
    row("in a collection", { .collection = u"Covers"_s }, "r4 r1");
    row("text", { .asksForText = true }, "r5");
    row("not as asked for", { .deviates = true }, "r6");
    row("two of them", { .endpoint = { u"fal-ai/b"_s }, .rating = 1 }, "r4 r2");
    row("with a word", { .text = u"dog"_s, .rating = 1 }, "r1");
}

void TestTileFilter::choices()
{
    QFETCH(TileFilter, filter);
    GalleryModel model(asItIs());
    GalleryFilter tiles(model);
    QAbstractItemModelTester tester(&tiles, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tiles.setFilter(filter);
    model.runAdded(made(1, { .rating = 1, .collections = { u"Covers"_s } }, { 1024, 1024 }, "a dog"));
    model.runAdded(made(2, { .rating = 3 }, { 1376, 768 }));
    model.runAdded(made(3, { .flag = Flag::Reject }));
    model.runAdded(made(4, { .rating = 5, .flag = Flag::Keep, .collections = { u"A"_s, u"Covers"_s } }));
    model.runAdded(made(5, { .label = ColourLabel::Red }, { 1024, 1024 }, "a sign that says \"OPEN\""));
    RunRecord odd = made(6, { .rating = 2, .flag = Flag::None });
    odd.state = RunState::Failed;
    odd.images.front().deviations = Deviation::Ratio;
    odd.images.front().marks = {};
    odd.images.front().file = u"6.png"_s;
    if (filter.deviates)
        model.runAdded(odd);
    QTEST(shown(tiles), "expected");
    GalleryFilter later(model);
    later.setFilter(filter);
    QTEST(shown(later), "expected");
}

void TestTileFilter::dates()
{
    GalleryModel model(asItIs());
    const QDate today = QDate::currentDate();
    const std::array daysAgo { 40, 20, 3, 1, 0 };
    for (size_t at = 0; at < daysAgo.size(); ++at) {
        RunRecord record = made(int(at) + 1, {});
        record.createdAt = today.addDays(-daysAgo[at]).startOfDay().addSecs(60).toUTC();
        model.runAdded(record);
    }
    GalleryFilter tiles(model);
    const std::array expected { u"r5 r4 r3 r2 r1"_s, u"r5"_s, u"r4"_s, u"r5 r4 r3"_s, u"r5 r4 r3 r2"_s };
    for (int span = 0; span < dateSpans; ++span) {
        tiles.setFilter({ .date = DateSpan(span) });
        QCOMPARE(shown(tiles), expected[size_t(span)]);
    }
}

// Each number is what the choice would show: tried out one by one.
void TestTileFilter::countsAreThoseOfEveryChoice()
{
    GalleryModel model(asItIs());
    QRandomGenerator random(7);
    const QStringList names { u"A"_s, u"B"_s };
    for (int sequence = 1; sequence <= 300; ++sequence) {
        Marks marks { .rating = quint8(random.bounded(6)), .flag = Flag(random.bounded(3)), .label = ColourLabel(random.bounded(6)) };
        if (random.bounded(2))
            marks.collections = { names.at(random.bounded(2)) };
        RunRecord run = made(sequence, marks, random.bounded(2) ? QSize(1376, 768) : QSize(64, 64),
                             random.bounded(2) ? "a 'red' cat" : "a dog");
        run.images.front().deletion = random.bounded(4) ? Deletion::None : Deletion::Trashed;
        model.runAdded(run);
    }
    GalleryFilter tiles(model);
    const std::vector<TileFilter> filters { {}, { .rating = 2 }, { .text = u"cat"_s, .flag = Flag::Keep },
                                            { .endpoint = { u"fal-ai/a"_s }, .rating = -1, .label = ColourLabel::Red },
                                            { .group = TileGroup::Failed, .asksForText = true },
                                            { .group = TileGroup::Trash, .collection = u"A"_s } };
    for (const TileFilter &filter : filters) {
        tiles.setFilter(filter);
        const TileCounts counts = tiles.counts();
        QCOMPARE(counts.shown, tiles.rowCount());
        const auto compare = [&](auto set, int counted) {
            TileFilter other = filter;
            set(other);
            GalleryFilter tried(model);
            tried.setFilter(other);
            QCOMPARE(counted, tried.rowCount());
        };
        for (int stars = 0; stars <= mostStars; ++stars)
            compare([stars](TileFilter &f) { f.rating = stars; }, counts.ratings[size_t(stars)]);
        compare([](TileFilter &f) { f.rating = -1; }, counts.ratings.back());
        for (int flag = 0; flag < 3; ++flag)
            compare([flag](TileFilter &f) { f.flag = Flag(flag); }, counts.flags[size_t(flag)]);
        compare([](TileFilter &f) { f.flag.reset(); }, counts.flags.back());
        for (int label = 0; label < labelCount; ++label)
            compare([label](TileFilter &f) { f.label = ColourLabel(label); }, counts.labels[size_t(label)]);
        for (int group = 0; group < tileGroups; ++group)
            compare([group](TileFilter &f) { f.group = TileGroup(group); }, counts.groups[size_t(group)]);
        for (const QString &ratio : { u""_s, u"1:1"_s, u"16:9"_s })
            compare([&ratio](TileFilter &f) { f.ratio = ratio; }, counts.ratios.value(ratio));
        for (const QString &name : { u""_s, u"A"_s, u"B"_s })
            compare([&name](TileFilter &f) { f.collection = name; }, counts.collections.value(name));
        compare([](TileFilter &f) { f.asksForText = true; }, counts.asksForText);
        compare([](TileFilter &f) { f.endpoint = { u"fal-ai/a"_s }; }, counts.endpoints.value(0));
    }
}

void TestTileFilter::theBestFirst()
{
    GalleryModel model(asItIs());
    GalleryFilter tiles(model);
    tiles.setSort(GallerySort::Best);
    model.runAdded(made(1, { .rating = 3 }));
    model.runAdded(made(2, { .rating = 5, .flag = Flag::Reject }));
    model.runAdded(made(3, { .rating = 3, .flag = Flag::Keep }));
    model.runAdded(made(4, {}));
    model.runAdded(made(5, { .rating = 4 }));
    QCOMPARE(shown(tiles), u"r5 r3 r1 r4 r2"_s);
}

void TestTileFilter::aMarkMovesATile()
{
    GalleryModel model(asItIs());
    GalleryFilter tiles(model);
    QAbstractItemModelTester tester(&tiles, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int sequence = 1; sequence <= 3; ++sequence)
        model.runAdded(made(sequence, {}));
    tiles.setSort(GallerySort::Best);
    model.runChanged(made(2, { .rating = 1 }));
    QCOMPARE(shown(tiles), u"r2 r3 r1"_s);
    tiles.setFilter({ .flag = Flag::None });
    model.runChanged(made(2, { .rating = 1, .flag = Flag::Reject }));
    QCOMPARE(shown(tiles), u"r3 r1"_s);
}

void TestTileFilter::groups()
{
    GalleryModel model(asItIs());
    GalleryFilter tiles(model);
    QAbstractItemModelTester tester(&tiles, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tiles.setGrouping(Grouping::Prompt);
    tiles.setSort(GallerySort::Best);
    model.runAdded(made(1, { .rating = 1 }, { 64, 64 }, "b"));
    model.runAdded(made(2, { .rating = 5 }, { 64, 64 }, "c"));
    model.runAdded(made(3, { .rating = 4 }, { 64, 64 }, "b"));
    model.runAdded(made(4, {}, { 64, 64 }, "a"));
    QCOMPARE(shown(tiles), u"r4 r3 r1 r2"_s);
    QCOMPARE(titles(tiles), (QStringList { u"a"_s, u"b"_s, {}, u"c"_s }));

    RunRecord yesterday = made(3, {}, { 64, 64 }, "b");
    yesterday.createdAt = QDate::currentDate().addDays(-1).startOfDay().addSecs(60).toUTC();
    model.runChanged(yesterday);
    tiles.setGrouping(Grouping::Day);
    QCOMPARE(shown(tiles), u"r2 r1 r4 r3"_s);
    tiles.setSort(GallerySort::Oldest);
    QCOMPARE(shown(tiles), u"r3 r1 r2 r4"_s);
    QCOMPARE(titles(tiles).count(QString()), 2);
    tiles.setGrouping(Grouping::Run);
    QVERIFY(!titles(tiles).contains(QString()));
    tiles.setGrouping(Grouping::None);
    QCOMPARE(shown(tiles), u"r1 r2 r3 r4"_s);
    QCOMPARE(titles(tiles).count(QString()), 4);
}

QTEST_GUILESS_MAIN(TestTileFilter)
#include "tst_tilefilter.moc"
