#include "examples.h"

#include "endpointcatalog.h"
#include "input.h"

#include <QDir>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class ExamplesTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void areWhole();
    void fitTheirEndpoint();
    void startWithTheDog();
    void coverTheSeeds();
    void passOverDamagedFiles();

private:
    Examples m_bundled;
    EndpointCatalog m_catalog;
};

void ExamplesTest::initTestCase()
{
    m_bundled = loadExamples(u":/examples"_s);
    m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    QCOMPARE(m_bundled.problems, QStringList());
    QCOMPARE(m_bundled.examples.size(), size_t(20));
}

void ExamplesTest::areWhole()
{
    QSet<QString> ids, titles;
    for (const Example &example : m_bundled.examples) {
        ids.insert(example.id);
        titles.insert(example.title);
        QVERIFY2(
            !example.tags.isEmpty() && !example.builtFor.isEmpty() && !example.title.isEmpty(), qPrintable(example.id));
        QVERIFY2(QFile::exists(u":/examples/%1.json"_s.arg(example.id)), qPrintable(example.id));
    }
    QCOMPARE(size_t(ids.size()), m_bundled.examples.size());
    QCOMPARE(size_t(titles.size()), m_bundled.examples.size());
}

void ExamplesTest::fitTheirEndpoint()
{
    for (const Example &example : m_bundled.examples) {
        const Endpoint *endpoint = m_catalog.find(example.endpoint);
        QVERIFY2(endpoint, qPrintable(example.id));
        const std::vector<Error> errors = validateInput(*endpoint, example.input);
        QVERIFY2(errors.empty(), qPrintable(example.id + (errors.empty() ? QString() : errors.front().message)));
        const Result<NormalisedInput> normal = normaliseInput(*endpoint, example.input);
        QVERIFY2(normal && normal->warnings.isEmpty(), qPrintable(example.id));
    }
}

void ExamplesTest::startWithTheDog()
{
    const Example &first = m_bundled.examples.front();
    QCOMPARE(first.endpoint.text, u"fal-ai/nano-banana-2"_s);
    QVERIFY(stringAt(first.input, "prompt").contains(u"black lab swimming"));
    QCOMPARE(first.input.size(), size_t(1)); // everything else at its default
    const Example &second = m_bundled.examples.at(1);
    QCOMPARE(second.endpoint.text, u"fal-ai/nano-banana-2/edit"_s);
    QCOMPARE(second.input["image_urls"].size(), size_t(2));
    for (const Json &url : second.input["image_urls"])
        QVERIFY(toQString(url).startsWith(
            u"https://storage.googleapis.com/falserverless/example_inputs/nano-banana-edit-input"));
}

void ExamplesTest::coverTheSeeds()
{
    const auto has = [&](const QString &words, const QString &ratio, const QString &resolution, int images) {
        return std::any_of(m_bundled.examples.begin(), m_bundled.examples.end(), [&](const Example &example) {
            return stringAt(example.input, "prompt").contains(words) && stringAt(example.input, "aspect_ratio") == ratio
                && stringAt(example.input, "resolution") == resolution
                && integerAt(example.input, "num_images").value_or(1) == images;
        });
    };
    const QString none;
    QVERIFY(has(u"'OPEN' neon sign"_s, u"16:9"_s, u"2K"_s, 1));
    QVERIFY(has(u"'NEW' notification"_s, u"1:1"_s, u"2K"_s, 1));
    QVERIFY(has(u"'TECH CO'"_s, none, u"1K"_s, 4));
    QVERIFY(has(u"'TECH CO'"_s, none, u"4K"_s, 1));
    QVERIFY(has(u"Human heart cross-section"_s, none, none, 1));
    QVERIFY(has(u"'NEVER GIVE UP'"_s, none, none, 1));
    QVERIFY(has(u"ax² + bx + c = 0"_s, none, none, 1));
    QVERIFY(has(u"'Receive Order'"_s, none, none, 1));
    QVERIFY(has(u"'100Ω'"_s, none, none, 1));
    QVERIFY(has(u"Coffee shop with 'OPEN' sign"_s, none, none, 1));
    QVERIFY(has(u"Sunset over mountains"_s, none, none, 1));
    QVERIFY(has(u"'PREMIUM'"_s, none, none, 4));
    QVERIFY(has(u"'SALE'"_s, none, none, 1));
    QVERIFY(has(u"'Login'"_s, none, none, 1));
    // What the endpoint is said to be built for: one starter each.
    QSet<QString> uses;
    for (const Example &example : m_bundled.examples) {
        if (example.tags.contains(u"starter"_s))
            uses.insert(example.builtFor);
    }
    QCOMPARE(uses.size(), 4);
    for (const Example &example : m_bundled.examples) {
        if (example.id == u"heart-cross-section"_s)
            QCOMPARE(stringAt(example.input, "prompt").count(u'\''), 22); // eleven labels
    }
}

void ExamplesTest::passOverDamagedFiles()
{
    const QTemporaryDir folder;
    const auto put = [&](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    put(u"b.json"_s, R"({"endpoint":"a/b","input":{"prompt":"x"},"order":"late","tags":[1,"t"]})");
    put(u"a.json"_s, R"({"endpoint":"a/b","input":{},"order":9,"title":"T"})");
    put(u"c.json"_s, R"({"endpoint":"a/b","input":[]})");
    put(u"d.json"_s, "{");
    put(u"e.json"_s, R"({"input":{}})");
    put(u"f.json"_s, "[]");
    const Examples examples = loadExamples(folder.path());
    QCOMPARE(examples.problems.size(), 4);
    QCOMPARE(examples.examples.size(), size_t(2));
    QCOMPARE(examples.examples[0].id, u"a"_s);
    QCOMPARE(examples.examples[1].id, u"b"_s);
    QVERIFY(loadExamples(folder.filePath(u"missing"_s)).examples.empty());
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::ExamplesTest)
#include "tst_examples.moc"
