#include "endpointcatalog.h"

#include "input.h"
#include "jsonfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QStringList idsOf(const EndpointCatalog &catalog)
{
    QStringList ids;
    for (const Endpoint &endpoint : catalog.endpoints())
        ids.append(endpoint.id.text);
    return ids;
}

QByteArray document(const QByteArray &id, const QByteArray &properties)
{
    Json document = Json::object();
    document["info"]["title"] = "Queue OpenAPI for " + id.toStdString();
    Json &metadata = document["info"]["x-fal-metadata"];
    metadata["endpointId"] = id.toStdString();
    metadata["category"] = "image-to-image";
    metadata["about"] = "What it does";
    Json &body = document["paths"]["/" + id.toStdString()]["post"]["requestBody"];
    Json &schema = body["content"]["application/json"]["schema"];
    schema["type"] = "object";
    schema["properties"] = *parseJson(properties);
    return toBytes(document);
}

} // namespace

class EndpointCatalogTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void bundled();
    void bundledOverlays();
    void bundledOverlaysAreTakenWhole();
    void droppedDocumentAppears();
    void droppedOverlay();
    void derivesReferences_data();
    void derivesReferences();
    void damagedDocument_data();
    void damagedDocument();
    void damagedOverlay();
    void overlaySurvivesRefresh();
    void damagedRefreshKeepsTheBundled();
    void twoFilesOneEndpoint();
    void missingFolderAndPrices();

private:
    void put(const QString &name, const QByteArray &bytes);
    EndpointCatalog load() const
    {
        return EndpointCatalog::load({ u":/endpoints"_s, m_folder->path() }, u":/prices.json"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void EndpointCatalogTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void EndpointCatalogTest::put(const QString &name, const QByteArray &bytes)
{
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void EndpointCatalogTest::bundled()
{
    const EndpointCatalog catalog = load();
    QVERIFY(catalog.problems().empty());
    QCOMPARE(idsOf(catalog),
        (QStringList { u"fal-ai/nano-banana-2"_s, u"fal-ai/nano-banana-2/edit"_s, u"fal-ai/nano-banana-pro"_s,
            u"fal-ai/nano-banana-pro/edit"_s, u"fal-ai/nano-banana"_s, u"fal-ai/nano-banana/edit"_s }));
    for (const Endpoint &endpoint : catalog.endpoints()) {
        const bool edits = endpoint.id.text.endsWith(u"/edit");
        QVERIFY(!endpoint.title.isEmpty() && !endpoint.description.isEmpty());
        QCOMPARE(endpoint.category, edits ? u"image-to-image"_s : u"text-to-image"_s);
        QVERIFY(endpoint.price && endpoint.price->asOf.isValid() && !endpoint.price->source.isEmpty());
        QCOMPARE(endpoint.price->countParameter, u"num_images"_s);
        QVERIFY(endpoint.seed());
        QVERIFY(endpoint.sibling && catalog.find(*endpoint.sibling));
        QCOMPARE(catalog.find(*endpoint.sibling)->sibling, endpoint.id);
        QCOMPARE(endpoint.referencesField, edits ? u"image_urls"_s : QString());
        QCOMPARE(endpoint.maxReferences > 0, edits);
        QCOMPARE(endpoint.requireAnyOf.contains(u"image_urls"_s), edits);
        QVERIFY(!endpoint.warningFor(u"sync_mode"_s).isEmpty());
        QVERIFY(endpoint.warningFor(u"prompt"_s).isEmpty());
        QCOMPARE(endpoint.documentation.host(), u"fal.ai"_s);
        QCOMPARE(endpoint.playground.scheme(), u"https"_s);
        QCOMPARE(catalog.find(endpoint.id), &endpoint);
    }
    QCOMPARE(catalog.find({ u"fal-ai/nano"_s }), nullptr);
}

void EndpointCatalogTest::bundledOverlays()
{
    const EndpointCatalog catalog = load();
    const Endpoint &edit = *catalog.find({ u"fal-ai/nano-banana-2/edit"_s });
    QCOMPARE(edit.title, u"Nano Banana 2 Edit"_s);
    QCOMPARE(edit.maxReferences, 14);
    QVERIFY(!edit.maxReferencesSource.isEmpty());
    QCOMPARE(edit.requireAnyOf, (QStringList { u"image_urls"_s, u"video_url"_s, u"audio_url"_s, u"pdf_url"_s }));
    QCOMPARE(edit.aliases, (QMap<QString, QString> { { u"enable_google_search"_s, u"enable_web_search"_s } }));
    QMap<QString, qint64> strict;
    int advisory = 0;
    for (const FileLimit &limit : edit.fileLimits) {
        QVERIFY(!limit.source.isEmpty());
        if (limit.advisory)
            ++advisory;
        else
            strict.insert(limit.field, limit.bytes);
    }
    QCOMPARE(strict,
        (QMap<QString, qint64> { { u"image_urls"_s, 50 * 1024 * 1024 }, { u"video_url"_s, 15'000'000 },
            { u"audio_url"_s, 15'000'000 }, { u"pdf_url"_s, 15'000'000 } }));
    QCOMPARE(advisory, 1);
    QCOMPARE(catalog.find({ u"fal-ai/nano-banana-pro/edit"_s })->maxReferences, 14);
    const Endpoint &first = *catalog.find({ u"fal-ai/nano-banana/edit"_s });
    QCOMPARE(first.maxReferences, referencesWithoutKnownLimit);
    QVERIFY(first.maxReferencesSource.isEmpty());
    QVERIFY(first.aliases.isEmpty()); // it has no web search at all
}

void EndpointCatalogTest::bundledOverlaysAreTakenWhole()
{
    // Every overlay says nothing about parameters that are not there, and nothing is misspelt away.
    const EndpointCatalog catalog = load();
    for (const QString &name : QDir(u":/endpoints"_s).entryList({ u"*.overlay.json"_s })) {
        const Json overlay = *readJsonFile(u":/endpoints/"_s + name);
        const Endpoint *endpoint = catalog.find({ stringAt(overlay, "endpoint") });
        QVERIFY2(endpoint, qPrintable(name));
        const auto count = [&](const char *key) { return overlay.contains(key) ? overlay[key].size() : 0; };
        QCOMPARE(size_t(endpoint->requireAnyOf.size()), count("requireAnyOf"));
        QCOMPARE(endpoint->fileLimits.size(), count("fileLimits"));
        QCOMPARE(size_t(endpoint->aliases.size()), count("aliases"));
        QCOMPARE(size_t(endpoint->warnings.size()), count("warnings"));
        for (const auto &table : { endpoint->price->factors, endpoint->price->surcharges }) {
            for (const auto &[parameter, values] : table.asKeyValueRange()) {
                const Parameter *known = endpoint->schema.find(parameter);
                QVERIFY2(known, qPrintable(parameter));
                for (const QString &value : values.keys()) {
                    const bool isChoice = std::any_of(known->choices.begin(), known->choices.end(),
                        [&](const Json &choice) { return toQString(choice) == value; });
                    QVERIFY2(isChoice || known->kind == ParameterKind::Boolean, qPrintable(value));
                }
            }
        }
    }
}

void EndpointCatalogTest::droppedDocumentAppears()
{
    put(u"mine.json"_s, document("me/own-model/fast", R"({"prompt":{"type":"string"},"steps":{"type":"integer"}})"));
    put(u"readme.txt"_s, "not a document");
    const EndpointCatalog catalog = load();
    QVERIFY(catalog.problems().empty());
    QCOMPARE(catalog.endpoints().size(), size_t(7));
    QCOMPARE(catalog.endpoints().back().id.text, u"me/own-model/fast"_s);
    const Endpoint &mine = catalog.endpoints().back();
    QCOMPARE(mine.title, u"Own Model Fast"_s);
    QCOMPARE(mine.category, u"image-to-image"_s);
    QCOMPARE(mine.description, u"What it does"_s);
    QCOMPARE(mine.schema.parameters.size(), size_t(2));
    QVERIFY(!mine.price && !mine.sibling && mine.requireAnyOf.isEmpty() && mine.referencesField.isEmpty());
    QCOMPARE(mine.maxReferences, 0);
    QVERIFY(validateInput(mine, *parseJson(R"({"prompt":"x","steps":3})")).empty());
    QVERIFY(!validateInput(mine, *parseJson(R"({"prompt":"x","steps":"3"})")).empty());
}

void EndpointCatalogTest::droppedOverlay()
{
    put(u"mine.json"_s,
        document("me/model", R"({"num_images":{"type":"integer","default":2},"quality":{"enum":["low","high"]}})"));
    put(u"mine.overlay.json"_s,
        R"({"title":"My Model","order":0,"sibling":"me/other","warnings":{"quality":"slow","nope":"x"},
        "aliases":{"n":"num_images","m":"nope"},"requireAnyOf":["quality","nope"],
        "price":{"amount":0.5,"currency":"EUR","date":"2026-03-01","source":"a letter","factors":{"quality":{"high":2}}}})");
    const EndpointCatalog catalog = load();
    QVERIFY(catalog.problems().empty());
    const Endpoint &mine = catalog.endpoints().front();
    QCOMPARE(mine.title, u"My Model"_s);
    QCOMPARE(mine.sibling, EndpointId { u"me/other"_s });
    QCOMPARE(mine.warnings, (QMap<QString, QString> { { u"quality"_s, u"slow"_s } }));
    QCOMPARE(mine.aliases, (QMap<QString, QString> { { u"n"_s, u"num_images"_s } }));
    QCOMPARE(mine.requireAnyOf, QStringList { u"quality"_s });
    QCOMPARE(mine.price->asOf, QDate(2026, 3, 1));
    QCOMPARE(mine.price->countParameter, u"num_images"_s);
    QCOMPARE(priceOf(*mine.price, *parseJson(R"({"quality":"high"})"), defaultsOf(mine)).amount, 2.0);
}

void EndpointCatalogTest::derivesReferences_data()
{
    QTest::addColumn<QByteArray>("properties");
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("most");
    const auto row = [](const char *name, const char *properties, const QString &field, int most) {
        QTest::newRow(name) << QByteArray(properties) << field << most;
    };
    row("hint on items", R"({"pics":{"type":"array","items":{"type":"string","_fal_ui_field":"image"}}})", u"pics"_s,
        referencesWithoutKnownLimit);
    row("name alone", R"({"image_urls":{"type":"array","items":{"type":"string"}}})", u"image_urls"_s,
        referencesWithoutKnownLimit);
    row("with a limit", R"({"image_urls":{"type":"array","maxItems":5,"items":{"type":"string"}}})", u"image_urls"_s,
        5);
    row("the first of two", R"({"a":{"type":"array","ui":{"field":"image"},"items":{"type":"string"}},
                                "image_urls":{"type":"array","items":{"type":"string"}}})",
        u"a"_s, referencesWithoutKnownLimit);
    row("videos", R"({"video_urls":{"type":"array","ui":{"field":"video"},"items":{"type":"string"}}})", QString(), 0);
    row("one image", R"({"image_url":{"type":"string"}})", QString(), 0);
    row("numbers", R"({"image_urls":{"type":"array","items":{"type":"integer"}}})", QString(), 0);
}

void EndpointCatalogTest::derivesReferences()
{
    QFETCH(QByteArray, properties);
    put(u"mine.json"_s, document("me/model", properties));
    const EndpointCatalog catalog = load();
    const Endpoint &mine = *catalog.find({ u"me/model"_s });
    QTEST(mine.referencesField, "field");
    QTEST(mine.maxReferences, "most");
}

void EndpointCatalogTest::damagedDocument_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = *[] {
        QFile file(u":/endpoints/nano-banana-2.json"_s);
        return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll()) : std::nullopt;
    }();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << good.first(good.size() / 2);
    QTest::newRow("html") << "<!doctype html><title>404</title>"_ba;
    QTest::newRow("null, as fal answers for an unknown id") << "null"_ba;
    QTest::newRow("list") << "[]"_ba;
    QTest::newRow("other JSON") << R"({"name":"not openapi"})"_ba;
    QTest::newRow("binary") << QByteArray("\x89PNG\r\n\x1a\n\0\0", 10);
    QTest::newRow("deep") << "["_ba.repeated(100'000);
    QTest::newRow("no id") << QByteArray(good).replace("fal-ai/nano-banana-2", "");
    QTest::newRow("id leads elsewhere") << document("../../etc", R"({"p":{"type":"string"}})");
    QTest::newRow("id is an address") << document("https://evil.com/x", R"({"p":{"type":"string"}})");
    QTest::newRow("no input") << QByteArray(good).replace("requestBody", "nothing");
    QTest::newRow("reference to nothing")
        << QByteArray(good).replace("NanoBanana2Input\"", "Gone\"").replace("\"Gone\": {", "\"x\": {");
    QTest::newRow("wrong properties") << document("me/model", R"([1])");
    QTest::newRow("too big") << "{\"a\":\"" + QByteArray(5 * 1024 * 1024, 'x') + "\"}";
}

void EndpointCatalogTest::damagedDocument()
{
    QFETCH(QByteArray, bytes);
    put(u"damaged.json"_s, bytes);
    put(u"good.json"_s, document("me/model", R"({"p":{"type":"string"}})"));
    const EndpointCatalog catalog = load();
    QCOMPARE(catalog.problems().size(), size_t(1));
    QCOMPARE(catalog.problems().front().file, m_folder->filePath(u"damaged.json"_s));
    QCOMPARE(catalog.problems().front().error.kind, ErrorKind::BadEndpoint);
    QVERIFY(!catalog.problems().front().error.message.isEmpty());
    QCOMPARE(catalog.endpoints().size(), size_t(7));
    QVERIFY(catalog.find({ u"me/model"_s }));
}

void EndpointCatalogTest::damagedOverlay()
{
    put(u"good.json"_s, document("me/model", R"({"p":{"type":"string"}})"));
    put(u"good.overlay.json"_s, "{");
    put(u"alone.overlay.json"_s, "{}");
    put(u"other.overlay.json"_s, R"({"endpoint":"fal-ai/nano-banana-2","title":7,"references":[],"requireAnyOf":"x",
        "fileLimits":{"a":1},"aliases":[],"warnings":{"sync_mode":7},"price":"free","sibling":{}})");
    const EndpointCatalog catalog = load();
    QCOMPARE(catalog.problems().size(), size_t(2));
    QVERIFY(catalog.find({ u"me/model"_s }));
    QCOMPARE(catalog.find({ u"fal-ai/nano-banana-2"_s })->title, u"Nano Banana 2"_s); // made from the id
}

void EndpointCatalogTest::overlaySurvivesRefresh()
{
    QFile bundled(u":/endpoints/nano-banana-2-edit.json"_s);
    QVERIFY(bundled.open(QIODevice::ReadOnly));
    put(u"whatever name.json"_s, bundled.readAll().replace("\"maximum\": 4", "\"maximum\": 8"));
    const EndpointCatalog catalog = load();
    QVERIFY(catalog.problems().empty());
    QCOMPARE(catalog.endpoints().size(), size_t(6));
    const Endpoint &edit = *catalog.find({ u"fal-ai/nano-banana-2/edit"_s });
    QCOMPARE(edit.schema.find(u"num_images"_s)->maximum, 8);
    QCOMPARE(edit.title, u"Nano Banana 2 Edit"_s);
    QCOMPARE(edit.maxReferences, 14);
    QCOMPARE(edit.requireAnyOf.size(), 4);
    QVERIFY(edit.price && edit.sibling);
    QCOMPARE(idsOf(catalog).at(1), edit.id.text);
}

void EndpointCatalogTest::damagedRefreshKeepsTheBundled()
{
    put(u"nano-banana-2.json"_s, R"({"info":{"x-fal-metadata":{"endpointId":"fal-ai/nano-banana-2"}},"paths":{}})");
    const EndpointCatalog catalog = load();
    QCOMPARE(catalog.problems().size(), size_t(1));
    QCOMPARE(catalog.find({ u"fal-ai/nano-banana-2"_s })->schema.parameters.size(), size_t(12));
}

void EndpointCatalogTest::twoFilesOneEndpoint()
{
    put(u"a.json"_s, document("me/model", R"({"a":{"type":"string"}})"));
    put(u"b.json"_s, document("me/model", R"({"b":{"type":"string"}})"));
    const EndpointCatalog catalog = load();
    QCOMPARE(catalog.problems().size(), size_t(1));
    QCOMPARE(catalog.problems().front().file, m_folder->filePath(u"b.json"_s));
    QVERIFY(catalog.find({ u"me/model"_s })->schema.find(u"b"_s));
}

void EndpointCatalogTest::missingFolderAndPrices()
{
    const QString missing = m_folder->filePath(u"missing"_s);
    const EndpointCatalog catalog = EndpointCatalog::load({ u":/endpoints"_s, missing }, missing);
    QCOMPARE(catalog.endpoints().size(), size_t(6));
    QCOMPARE(catalog.problems().size(), size_t(1)); // the prices: a folder of one's own need not be there
    for (const Endpoint &endpoint : catalog.endpoints())
        QVERIFY(!endpoint.price);
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::EndpointCatalogTest)
#include "tst_endpointcatalog.moc"
