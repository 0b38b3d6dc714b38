#include "actions.h"
#include "detailspanel.h"
#include "examples.h"
#include "exporter.h"
#include "faultserver.h"
#include "form.h"
#include "gallerymodel.h"
#include "keyspellings.h"
#include "logmodel.h"
#include "mainwindow.h"
#include "parametermodel.h"
#include "selectabletext.h"
#include "session.h"
#include "testkey.h"
#include "thumbnailstore.h"
#include "workbench.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QDirIterator>
#include <QImage>
#include <QLoggingCategory>
#include <QProcess>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// Where the key is found, in any spelling; empty: nowhere.
QString keyIn(const QByteArray &bytes)
{
    const std::string_view text(bytes.constData(), size_t(bytes.size()));
    for (const auto &[name, spelling] : keySpellings(testKey().toStdString())) {
        if (text.find(spelling) != text.npos)
            return QString::fromStdString(name);
    }
    return {};
}

/// The same for all files below a folder, their names too.
QString keyBelow(const QString &folder, int &files)
{
    QDirIterator each(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        QFile file(each.next());
        const QString inName = keyIn(QFile::encodeName(file.fileName()));
        const QString found = !inName.isEmpty() ? inName : file.open(QIODevice::ReadOnly) ? keyIn(file.readAll()) : QString();
        if (!found.isEmpty())
            return found + u" in "_s + file.fileName();
        ++files;
    }
    return {};
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Says the key it was sent wherever a server can say something, in several spellings. Its files lie on another origin.
class TellTaleServer
{
public:
    TellTaleServer()
    {
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::darkGreen);
        QByteArray picture;
        QBuffer buffer(&picture);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        m_files.on("GET", "/", { .body = picture, .contentType = "image/png" });
        m_server.setAnswer([this](const SeenRequest &request) { return answer(request); });
    }

    QUrl base() const { return m_server.url(); }
    const std::vector<SeenRequest> &fileRequests() const { return m_files.seen(); }
    int keysSeen = 0;
    std::function<void()> whileItWaits;

private:
    static FaultServer::Rule serve(int status, const Json &body, const QString &words)
    {
        return { .verb = {}, .path = {}, .script = FaultScript::Serve,
                 .reply = { .status = status, .body = toBytes(body),
                            .headers = { { "X-Fal-Error-Type", words.toLatin1() }, { "X-Fal-Request-Id", words.toLatin1() } } } };
    }

    FaultServer::Rule answer(const SeenRequest &request)
    {
        if (whileItWaits)
            whileItWaits();
        const QByteArray header = request.header("authorization");
        const QByteArray key = header.mid(4);
        keysSeen += header == "Key " + testKey();
        const qsizetype colon = key.indexOf(':');
        const QString told = QString::fromLatin1("you sent Authorization: " + header + ", that is " + key.left(colon) + " and "
                                                 + key.mid(colon + 1) + ", or " + key.toBase64() + ' ' + key.toHex() + ' '
                                                 + key.toPercentEncoding() + ' ' + key.mid(colon + 1).toBase64() + ' ' + header.toBase64());
        if (request.verb == "POST") {
            if (request.body.contains("to fail"))
                m_failing = "/request-" + QByteArray::number(m_requests + 1);
            return serve(200, { { "status", "IN_QUEUE" }, { "request_id", "request-" + std::to_string(++m_requests) }, { "note", toJson(told) } }, told);
        }
        if (request.path.contains("/status")) {
            const Json logs = Json::array({ { { "message", toJson(told) }, { "level", "INFO" } } });
            return serve(200, { { "status", "COMPLETED" }, { "logs", logs } }, told);
        }
        if (request.path.contains("/models/"))
            return serve(401, { { "detail", toJson(told) } }, told);
        if (m_failing.isEmpty() || !request.path.contains(m_failing))
            return serve(200, { { "images", Json::array({ { { "url", toJson(m_files.url(u"/a.png"_s).toString()) }, { "file_name", toJson(told) } } }) },
                                { "description", toJson(told) } }, told);
        const Json detail { { "loc", { "body", "prompt" } }, { "msg", toJson(told) }, { "type", "value_error" } };
        return serve(422, { { "detail", Json::array({ detail }) } }, told);
    }

    FaultServer m_server, m_files;
    QByteArray m_failing;
    int m_requests = 0;
};

QByteArray said; ///< by the program in this process

void hear(QtMsgType, const QMessageLogContext &context, const QString &text)
{
    said += QByteArray(context.category) + ": " + text.toUtf8() + '\n';
}

} // namespace

/// The key of a person is told to its server and to nobody else: not where that server says it back in its own words, not
/// with every log switched on, not in what is exported or copied.
class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsPlantedIsFound_data();
    void whatIsPlantedIsFound();
    void theWatchFindsWhatIsPlanted_data();
    void theWatchFindsWhatIsPlanted();
    void withoutAWindow_data();
    void withoutAWindow();
    void inTheWindow();
};

/// Also by hand one that is no word of anything else.
void TestSecrets::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("PLANTAIN_TEST_KEY"))
        qputenv("PLANTAIN_TEST_KEY", "canary-id-7f3e9b51:canary-secret-c2d80a64");
}

void TestSecrets::whatIsPlantedIsFound_data()
{
    QTest::addColumn<QByteArray>("planted");
    int number = 0;
    for (const auto &[name, spelling] : keySpellings(testKey().toStdString()))
        QTest::addRow("%d %s", ++number, name.c_str()) << QByteArray::fromStdString(spelling);
    QTest::newRow("base64 of a header") << ("Key " + testKey()).toBase64();
    QTest::newRow("base64 of a line") << ("a" + testKey() + "\n").toBase64(QByteArray::Base64UrlEncoding);
    QTest::newRow("percent-encoded") << testKey().toPercentEncoding();
    QTest::newRow("UTF-16") << QByteArray(reinterpret_cast<const char *>(QString::fromLatin1(testKey()).utf16()), testKey().size() * 2);
}

void TestSecrets::whatIsPlantedIsFound()
{
    QFETCH(QByteArray, planted);
    const QTemporaryDir folder;
    int files = 0;
    QVERIFY(QDir().mkpath(folder.filePath(u"a/.b"_s)));
    const auto write = [&folder](const QByteArray &bytes) {
        QFile file(folder.filePath(u"a/.b/c"_s));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(write(QByteArray(10'000, 'x')));
    QCOMPARE(keyBelow(folder.path(), files), QString());
    QCOMPARE(files, 1);
    // Not through a file of a watched process: there this is a find.
    QVERIFY(!keyIn(QByteArray(10'000, 'x') + planted + "yy").isEmpty());
}

void TestSecrets::theWatchFindsWhatIsPlanted_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("isFound");
    QTest::newRow("nothing") << u"os.write(f, b'something')"_s << false;
    QTest::newRow("a file") << u"os.write(f, b'a' + k)"_s << true;
    QTest::newRow("the output") << u"print(k.decode())"_s << true;
    QTest::newRow("half of it") << u"os.write(f, k.split(b':')[1])"_s << true;
    QTest::newRow("in two pieces") << u"os.write(f, k[:-5]); os.write(f, k[-5:])"_s << true;
    QTest::newRow("the end of a half in two pieces") << u"os.write(f, k[-20:-5]); os.write(f, k[-5:])"_s << false;
    QTest::newRow("in a place of a file") << u"os.pwrite(f, k, 4096)"_s << true;
    QTest::newRow("a pipe") << u"os.write(os.pipe()[1], k)"_s << true;
    QTest::newRow("arguments") << u"os.execve('/bin/true', [b'true', b'--key=' + k], os.environ)"_s << true;
}

void TestSecrets::theWatchFindsWhatIsPlanted()
{
#ifndef PLANTAIN_KEYWATCH_MODULE
    QSKIP("The watch is not built with a sanitizer.");
#else
    QFETCH(QString, script);
    QFETCH(bool, isFound);
    const QTemporaryDir folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(PLANTAIN_KEYWATCH_MODULE));
    environment.insert(u"PLANTAIN_TEST_KEY"_s, QString::fromLatin1(testKey()));
    environment.insert(u"PLANTAIN_KEYWATCH"_s, folder.filePath(u"finds"_s));
    environment.insert(u"FAL_KEY"_s, QString::fromLatin1(testKey()));
    environment.insert(u"F"_s, folder.filePath(u"file"_s));
    QProcess python;
    python.setProcessEnvironment(environment);
    python.start(u"python3"_s, { u"-c"_s, u"import os; k = os.environb[b'FAL_KEY']; f = os.open(os.environ['F'], os.O_WRONLY | os.O_CREAT); "_s + script });
    QVERIFY(python.waitForFinished(30'000));
    QCOMPARE(python.exitCode(), 0);
    const QByteArray finds = readAll(folder.filePath(u"finds"_s));
    QVERIFY2(finds.contains("FOUND ") == isFound, finds.constData());
#endif
}

void TestSecrets::withoutAWindow_data()
{
    QTest::addColumn<bool>("inHalves");
    QTest::newRow("FAL_KEY") << false;
    QTest::newRow("FAL_KEY_ID and FAL_KEY_SECRET") << true;
}

void TestSecrets::withoutAWindow()
{
    QFETCH(bool, inHalves);
    const QTemporaryDir folder;
    TellTaleServer server;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME" })
        environment.insert(QLatin1StringView(name), folder.filePath(QLatin1StringView(name)));
    environment.insert(u"QT_LOGGING_RULES"_s, u"*=true"_s);
    environment.remove(u"PLANTAIN_TEST_KEY"_s); // it would stand in the environment that is looked at
    const QString key = QString::fromLatin1(testKey());
    if (inHalves) {
        environment.insert(u"FAL_KEY_ID"_s, key.section(u':', 0, 0));
        environment.insert(u"FAL_KEY_SECRET"_s, key.section(u':', 1));
    } else {
        environment.insert(u"FAL_KEY"_s, key);
    }
    QProcess program;
    program.setProcessEnvironment(environment);
    QByteArray ofTheProcess;
    int looks = 0;
    server.whileItWaits = [&] {
        if (program.state() != QProcess::Running)
            return;
        const QString process = u"/proc/%1/"_s.arg(program.processId());
        for (const auto &name : { u"cmdline"_s, u"environ"_s, u"comm"_s })
            ofTheProcess += readAll(process + name);
#ifdef PLANTAIN_KEYWATCH_MODULE // not with a sanitizer
        QVERIFY(readAll(process + u"limits"_s).contains("Max core file size        0                    0"));
#endif
        ++looks;
    };
    program.start(QStringLiteral(PLANTAIN_PROGRAM),
                  { u"generate"_s, u"--server"_s, server.base().toString(), u"--input"_s, u"-"_s, u"--out"_s,
                    folder.filePath(u"out"_s), u"--timeout"_s, u"60"_s });
    program.write("{\"prompt\": \"a picture\", \"num_images\": 1}\n{\"prompt\": \"one to fail\", \"num_images\": 1}\n");
    program.closeWriteChannel();
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 120'000);
    const QByteArray output = program.readAllStandardOutput(), errors = program.readAllStandardError();
    QVERIFY2(server.keysSeen > 3, errors.constData());
    QVERIFY(looks > 3 && ofTheProcess.contains("plantain"));
    QCOMPARE(keyIn(ofTheProcess), QString());
    // It did say it, and it was heard.
    QVERIFY2(output.contains("you sent") && output.contains("[key]") && errors.contains("you sent"), output.constData());
    QVERIFY(errors.contains("qt.")); // and the logs are on
    QCOMPARE(keyIn(output), QString());
    QCOMPARE(keyIn(errors), QString());
    int files = 0;
    QCOMPARE(keyBelow(folder.path(), files), QString());
    QVERIFY2(files > 5, qPrintable(QString::number(files)));
    QVERIFY(!QDir(folder.filePath(u"out"_s)).isEmpty());
    QVERIFY(!server.fileRequests().empty());
    for (const SeenRequest &request : server.fileRequests()) {
        QVERIFY(!request.has("authorization"));
        for (const auto &[name, value] : request.headers)
            QCOMPARE(keyIn(name + value + request.path), QString());
    }
}

void TestSecrets::inTheWindow()
{
    Workbench bench;
    TellTaleServer server;
    const QString name = server.base().toString();
    bench.keys->useForSession(name, testKey());
    QVERIFY(bench.servers->choose(name).has_value());
    said.clear();
    QLoggingCategory::setFilterRules(u"*=true"_s);
    const auto before = qInstallMessageHandler(hear);
    {
        ThumbnailStore thumbnails(bench.folder.filePath(u"thumbnails"_s), bench.pool);
        Session session(bench.catalog, *bench.library, *bench.servers, bench.pool, {}, bench.folder.filePath(u"draft.json"_s));
        MainWindow window(session, thumbnails, bench.folder.filePath(u"settings.json"_s));
        window.show();
        session.begin(OpenReport());
        QByteArray problems;
        connect(&session, &Session::said, &window, [&problems](const Error &error) { problems += error.message.toUtf8(); });
        for (const char *prompt : { "a picture", "one to fail" }) {
            QVERIFY(session.form()->setInput(Json { { "prompt", prompt } }));
            QSignalSpy settled(&session, &Session::settled);
            session.generate();
            QTRY_COMPARE_WITH_TIMEOUT(settled.count(), 1, 60'000);
        }
        const auto failed = session.tryKey(name, testKey());
        QTRY_VERIFY_WITH_TIMEOUT(failed.isFinished(), 30'000);
        if (failed.result())
            problems += failed.result()->message.toUtf8();

        // What can be copied: log, description, error.
        QByteArray copied;
        window.actionSet().copyLog->trigger();
        copied += QGuiApplication::clipboard()->text().toUtf8();
        QVERIFY(copied.contains("you sent") && copied.contains("[key]"));
        auto *details = window.findChild<DetailsPanel *>();
        for (int row = 0; row < session.gallery()->rowCount(); ++row) {
            const QModelIndex tile = session.gallery()->index(row);
            for (const int role : { int(GalleryRole::Sentence), int(GalleryRole::Status), int(Qt::AccessibleTextRole) })
                copied += tile.data(role).toString().toUtf8();
            details->setCurrent(tile);
            const auto isShown = [details](const QString &words) {
                const auto texts = details->findChildren<SelectableText *>();
                return std::any_of(texts.begin(), texts.end(), [&words](const SelectableText *text) { return text->toPlainText() == words; });
            };
            QTRY_VERIFY(isShown(tile.data(GalleryRole::WholePrompt).toString())); // its run is read
            for (const SelectableText *text : details->findChildren<SelectableText *>())
                copied += text->toPlainText().toUtf8();
        }
        QCOMPARE(keyIn(copied), QString());
        QCOMPARE(keyIn(problems), QString());

        const RunId run = session.gallery()->index(1).data(GalleryRole::RunId).value<RunId>();
        QSignalSpy exported(session.exporter(), &Exporter::finished);
        session.exporter()->start({ { run, 0 } }, { .folder = bench.folder.filePath(u"out"_s), .sidecars = true });
        QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, 30'000);
        QCOMPARE(QDir(bench.folder.filePath(u"out"_s)).entryList(QDir::Files).size(), 2);
        QVERIFY(window.close());
    }
    bench.controller.reset();
    bench.library.reset();
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});
    QVERIFY(server.keysSeen > 3);
    QVERIFY(said.contains("qt."));
    QCOMPARE(keyIn(said), QString());
    int files = 0;
    QCOMPARE(keyBelow(bench.folder.path(), files), QString());
    QVERIFY(files > 5);
    for (const SeenRequest &request : server.fileRequests())
        QVERIFY(!request.has("authorization"));
}

QTEST_MAIN(TestSecrets)
#include "tst_secrets.moc"
