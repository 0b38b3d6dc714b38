#include "draftstore.h"
#include "endpointcatalog.h"
#include "foreignjson.h"
#include "inputlines.h"
#include "input.h"
#include "parametertext.h"
#include "settings.h"
#include "sidecars.h"

#include <QDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// A document of an endpoint that has one field, of any JSON.
const QByteArray endpointDocument = R"({"paths":{"/owner/model":{"post":{"requestBody":{"content":{"application/json":
    {"schema":{"type":"object","properties":{"anything":{}}}}}}}}}})";

} // namespace

/// Every foreign document in place of each file of ours that somebody may have written to, and as what is pasted and piped
/// in. JSONTestSuite's where it is (tests/material.md), ours always.
class TestForeignFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { (void)hasJsonSuite(); }
    void any_data();
    void any();

private:
    QString put(const QString &name, const QByteArray &bytes) const;
    void settings(const QByteArray &bytes, bool bad) const;
    void draft(const QByteArray &bytes) const;
    void endpoints(const QByteArray &bytes) const;
    void sidecar(const QByteArray &bytes) const;
    void inputs(const QByteArray &bytes, bool bad) const;

    QTemporaryDir m_folder;
};

QString TestForeignFiles::put(const QString &name, const QByteArray &bytes) const
{
    const QString path = m_folder.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("a file could not be written");
    return path;
}

void TestForeignFiles::any_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("bad");
    for (const ForeignJson &document : foreignJson())
        QTest::newRow(qPrintable(document.name)) << document.bytes << (document.verdict == ForeignJson::Verdict::Bad);
}

void TestForeignFiles::any()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, bad);
    settings(bytes, bad);
    draft(bytes);
    endpoints(bytes);
    sidecar(bytes);
    inputs(bytes, bad);
}

void TestForeignFiles::settings(const QByteArray &bytes, bool bad) const
{
    const QString file = put(u"settings.json"_s, bytes);
    const Result<Settings> loaded = loadSettings(file);
    QVERIFY(!bad || !loaded);
    if (loaded)
        QVERIFY(loaded->tileSize >= 64 && loaded->tileSize <= 512);
    // What is set is kept, whatever stood there.
    Settings mine;
    mine.tileSize = 99;
    QVERIFY(saveSettings(file, mine));
    const Result<Settings> again = loadSettings(file);
    QVERIFY(again);
    QCOMPARE(again->tileSize, 99);
}

void TestForeignFiles::draft(const QByteArray &bytes) const
{
    const QString file = put(u"draft/draft.json"_s, bytes);
    {
        DraftStore store(file);
        const auto loaded = store.load();
        QVERIFY(!loaded); // none of them is a draft
        QVERIFY(!QFile::exists(file));
        store.keep({ .endpoint = { u"owner/model"_s } });
        QVERIFY(store.flush());
    }
    // It was put aside as it was.
    QDir folder(QFileInfo(file).path());
    const QStringList aside = folder.entryList({ u"draft.json.damaged*"_s }, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QFile kept(folder.filePath(aside.first()));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
    kept.close();
    DraftStore store(file);
    const auto mine = store.load();
    QVERIFY(mine && *mine && (*mine)->endpoint.text == u"owner/model"_s);
    QVERIFY(folder.removeRecursively());
}

void TestForeignFiles::endpoints(const QByteArray &bytes) const
{
    const QString document = put(u"endpoints/foreign.json"_s, bytes);
    put(u"endpoints/mine.json"_s, endpointDocument);
    const QString overlay = put(u"endpoints/mine.overlay.json"_s, bytes);
    const QString prices = put(u"prices.json"_s, bytes);
    const EndpointCatalog catalog = EndpointCatalog::load({ QFileInfo(document).path() }, prices);
    // The bad one is named, the other is there.
    QCOMPARE(catalog.endpoints().size(), 1u);
    const auto named = [&catalog](const QString &file) {
        return std::any_of(catalog.problems().begin(), catalog.problems().end(), [&file](const auto &problem) { return problem.file == file; });
    };
    QVERIFY(named(document));
    const bool isObject = parseJson(bytes).map([](const Json &json) { return json.is_object(); }).value_or(false);
    QCOMPARE(named(overlay), !isObject);
    QCOMPARE(named(prices), !isObject);

    const Endpoint &endpoint = catalog.endpoints().front();
    if (const Result<Json> json = parseJson(bytes)) {
        (void)validateInput(endpoint, *json);
        QVERIFY(validateInput(endpoint, Json { { "anything", *json } }).empty());
    }
    const auto typed = valueFromText(*endpoint.schema.find(u"anything"_s), QString::fromUtf8(bytes));
    QVERIFY(typed || typed.error().kind == ErrorKind::InvalidInput);
}

void TestForeignFiles::sidecar(const QByteArray &bytes) const
{
    put(u"library/library.json"_s, "{}");
    put(u"library/runs/undated/a.json"_s, bytes);
    const Result<StoredRun> run = Sidecars(LibraryFolder(m_folder.filePath(u"library"_s))).read(u"runs/undated/a.json"_s);
    QVERIFY(!run);
    QVERIFY(run.error().kind == ErrorKind::BadReply || run.error().kind == ErrorKind::Disk);
}

void TestForeignFiles::inputs(const QByteArray &bytes, bool bad) const
{
    const std::vector<InputLine> lines = readInputs(bytes);
    QVERIFY(!lines.empty());
    // A bad one may be good ones, a line each; all at once it is none.
    bool anyBad = false;
    for (const InputLine &line : lines) {
        QVERIFY(line.input ? line.input->is_object() : !line.input.error().message.isEmpty());
        anyBad = anyBad || !line.input;
    }
    QVERIFY(!bad || anyBad || lines.size() > 1);
}

QTEST_GUILESS_MAIN(TestForeignFiles)
#include "tst_foreignfiles.moc"
