#include "rundifference.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

ComparedPicture picture(const Json &input)
{
    ComparedPicture made;
    made.record.input = input;
    return made;
}

QStringList namesOf(const std::vector<ComparedFact> &facts)
{
    QStringList names;
    for (const ComparedFact &fact : facts)
        names << fact.name;
    return names;
}

} // namespace

class TestRunDifference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatDiffers();
    void whatIsSaidOfRuns();
    void references();
    void sharesLines();
};

void TestRunDifference::onlyWhatDiffers()
{
    const std::vector<ComparedPicture> pictures {
        picture({ { "prompt", "a" }, { "resolution", "1K" }, { "aspect_ratio", "1:1" }, { "seed", 1 }, { "num_images", 2 } }),
        picture({ { "prompt", "b" }, { "resolution", "4K" }, { "aspect_ratio", "1:1" }, { "seed", 2 }, { "num_images", 2 } }),
        picture({ { "prompt", "b" }, { "resolution", "4K" }, { "aspect_ratio", "1:1" }, { "num_images", 2 }, { "enable_web_search", true } }),
    };
    const std::vector<ComparedFact> expected { { u"resolution"_s, { u"1K"_s, u"4K"_s, u"4K"_s } },
                                               { u"enable_web_search"_s, { QString(), QString(), u"true"_s } } };
    QCOMPARE(differingParameters(pictures), expected);
    QVERIFY(differingParameters({ pictures[1], pictures[1] }).empty());
    QVERIFY(differingParameters({ ComparedPicture(), ComparedPicture() }).empty());
}

void TestRunDifference::whatIsSaidOfRuns()
{
    ComparedPicture one = picture({ { "seed", 7 } }), other = picture({ { "seed", 7 } });
    one.record.endpoint = { u"a/b"_s };
    other.record.endpoint = { u"a/b"_s };
    one.record.price = Price { .amount = 0.08, .currency = u"USD"_s };
    one.record.seedDrawn = true;
    one.record.images = { { .index = 0, .contentType = u"image/png"_s, .size = { 10, 20 }, .bytes = 5 },
                          { .index = 1, .contentType = u"image/png"_s, .size = { 30, 20 }, .bytes = 5 } };
    other.record.images = one.record.images;
    other.image = 1;
    const std::vector<ComparedFact> facts = comparedRuns({ one, other });
    // The endpoint is the same and not told; seed and price are, whatever they are.
    QCOMPARE(namesOf(facts), (QStringList { u"Size"_s, u"Seed"_s, u"Price of run"_s }));
    QCOMPARE(facts[0].values, (QStringList { u"10 × 20"_s, u"30 × 20"_s }));
    QCOMPARE(facts[1].values, (QStringList { u"7 (drawn by Plantain)"_s, u"7"_s }));
    QVERIFY(facts[2].values.at(1).isEmpty());
    other.record.endpoint = { u"a/c"_s };
    QVERIFY(namesOf(comparedRuns({ one, other })).contains(u"Endpoint"_s));
}

void TestRunDifference::references()
{
    ComparedPicture one, other;
    QVERIFY(haveSameReferences({ one, other }));
    one.record.references = { { .field = u"image_urls"_s, .index = 0, .sha256 = u"aa"_s, .url = QUrl(u"http://x/1"_s) } };
    QVERIFY(!haveSameReferences({ one, other }));
    other.record.references = one.record.references;
    other.record.references[0].url = QUrl(u"http://x/2"_s); // uploaded another time
    QVERIFY(haveSameReferences({ one, other }));
    other.record.references[0].sha256 = u"bb"_s;
    QVERIFY(!haveSameReferences({ one, other }));
    // Nor is a list of references a parameter.
    one.record.input = Json { { "image_urls", { "reference:aa" } } };
    other.record.input = Json { { "image_urls", { "reference:bb" } } };
    QVERIFY(differingParameters({ one, other }).empty());
}

void TestRunDifference::sharesLines()
{
    const QStringList letters { u"A"_s, u"B"_s, u"C"_s };
    QCOMPARE(groupedText({ {}, { u"1K"_s, u"4K"_s, u"1K"_s } }, letters, {}), u"A, C: 1K\nB: 4K"_s);
    QCOMPARE(groupedText({ {}, { u"1K"_s, u"1K"_s, u"1K"_s } }, letters, {}), u"1K"_s);
    QCOMPARE(groupedText({ {}, { u""_s, u"%1"_s, u"x"_s } }, letters, u"not set"_s), u"A: not set\nB: %1\nC: x"_s);
}

QTEST_APPLESS_MAIN(TestRunDifference)
#include "tst_rundifference.moc"
