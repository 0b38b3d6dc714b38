#include "json.h"
#include "library.h"
#include "testkey.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/mount.h>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QByteArray key = testKey();

struct Outcome
{
    int status = -1;
    std::vector<Json> lines;
    QByteArray output, errors;
};

QProcessEnvironment environment(const QTemporaryDir &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"FAL_KEY"_s, QString::fromLatin1(key));
    for (const char *name : { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" })
        environment.insert(QLatin1StringView(name), folder.filePath(QLatin1StringView(name)));
    return environment;
}

/// The sandbox as a program of its own, which outlives those that use it.
class SandboxProgram
{
public:
    explicit SandboxProgram(const QTemporaryDir &folder, const QString &latency = u"0"_s)
    {
        m_process.setProcessEnvironment(environment(folder));
        m_process.start(QStringLiteral(PLANTAIN_PROGRAM),
                        { u"sandbox"_s, u"--latency"_s, latency, u"--ledger"_s, folder.filePath(u"ledger"_s) });
        QVERIFY(m_process.waitForReadyRead(30'000));
        m_url = QString::fromLatin1(m_process.readLine().trimmed().split(' ').last());
    }
    ~SandboxProgram()
    {
        m_process.terminate();
        m_process.waitForFinished(10'000);
    }
    QString url() const { return m_url; }

private:
    QProcess m_process;
    QString m_url;
};

} // namespace

class TestCommandLineRuns : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    Outcome run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        QProcessEnvironment variables = environment(m_folder);
        if (arguments.contains(u"fal"_s)) // nothing here may reach fal itself
            variables.remove(u"FAL_KEY"_s);
        process.setProcessEnvironment(variables);
        process.start(QStringLiteral(PLANTAIN_PROGRAM), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(120'000))
            qWarning("the program did not end");
        Outcome outcome { process.exitCode(), {}, process.readAllStandardOutput(), process.readAllStandardError() };
        for (const QByteArray &line : outcome.output.split('\n')) {
            if (line.isEmpty())
                continue;
            const Result<Json> json = parseJson(line);
            if (!json)
                qWarning("not JSON: %s", line.constData());
            else
                outcome.lines.push_back(*json);
        }
        return outcome;
    }

    /// The address of a server that is not there.
    static QString nobody()
    {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("no port can be had");
        return u"http://127.0.0.1:%1"_s.arg(server.serverPort());
    }

    QString library() const { return m_folder.filePath(QLatin1StringView(QTest::currentTestFunction())); }

private Q_SLOTS:
    void deletedPicturesAreMarked()
    {
        const Outcome made = run({ u"generate"_s, u"--input"_s, u"-"_s, u"--library"_s, library() },
                                 R"({"prompt":"two","num_images":2,"resolution":"0.5K"})");
        QCOMPARE(made.status, 0);
        {
            Library open(library());
            const auto opened = open.open();
            QTRY_VERIFY_WITH_TIMEOUT(opened.isFinished(), 30'000);
            const auto deleted = open.setTrashed({ { { stringAt(made.lines.front(), "run") }, 1 } }, true);
            QTRY_VERIFY_WITH_TIMEOUT(deleted.isFinished(), 30'000);
            QVERIFY(deleted.result().has_value());
        }
        const Outcome listed = run({ u"list"_s, u"--library"_s, library() });
        QCOMPARE(listed.status, 0);
        const Json &images = listed.lines.front().at("images");
        QVERIFY(images.at(0).at("deleted").is_null());
        QCOMPARE(stringAt(images.at(1), "deleted"), u"trashed"_s);
        QVERIFY(QFile::exists(stringAt(images.at(1), "file")));
    }

    void oneInput()
    {
        const Outcome outcome = run({ u"generate"_s, u"--input"_s, u"-"_s, u"--library"_s, library(), u"--out"_s,
                                      m_folder.filePath(u"out"_s) },
                                    R"({"prompt":"a sign reading 'OPEN'","num_images":2,"resolution":"0.5K"})");
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.lines.size(), 1u);
        const Json &line = outcome.lines.front();
        QCOMPARE(stringAt(line, "state"), u"done"_s);
        QVERIFY(!stringAt(line, "run").isEmpty());
        QVERIFY(!stringAt(line, "request_id").isEmpty());
        QVERIFY(line.at("input").contains("seed"));
        QCOMPARE(line.at("images").size(), 2u);
        for (const Json &image : line.at("images")) {
            QFile file(stringAt(image, "file"));
            QVERIFY(QDir::isAbsolutePath(file.fileName()));
            QVERIFY(file.fileName().startsWith(m_folder.filePath(u"out"_s)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()),
                     stringAt(image, "sha256"));
            QCOMPARE(QImage::fromData(bytes).size(),
                     QSize(int(*integerAt(image, "width")), int(*integerAt(image, "height"))));
        }
        QVERIFY(line.at("error").is_null());

        const Outcome listed = run({ u"list"_s, u"--library"_s, library() });
        QCOMPARE(listed.status, 0);
        QCOMPARE(listed.lines.size(), 1u);
        QCOMPARE(stringAt(listed.lines.front(), "run"), stringAt(line, "run"));
    }

    void aBadLineIsItsOwnError()
    {
        SandboxProgram sandbox(m_folder);
        const QByteArray inputs = "{\"prompt\":\"first of two\",\"resolution\":\"0.5K\"}\n"
                                  "{\"prompt\": broken\n"
                                  "\n"
                                  "{\"prompt\":\"x\"}\n"
                                  "[1,2]\n"
                                  "{\"prompt\":\"second of two\",\"resolution\":\"0.5K\",\"enable_google_search\":true,\"colour\":\"red\"}\n";
        const Outcome outcome = run({ u"generate"_s, u"--server"_s, sandbox.url(), u"--input"_s, u"-"_s,
                                      u"--library"_s, library() },
                                    inputs);
        QCOMPARE(outcome.status, 1);
        QCOMPARE(outcome.lines.size(), 5u);
        QMap<qint64, QString> fields;
        int done = 0;
        for (const Json &line : outcome.lines) {
            if (stringAt(line, "state") == u"done"_s) {
                ++done;
                continue;
            }
            QVERIFY(line.at("run").is_null());
            QVERIFY(!stringAt(line.at("error"), "message").isEmpty());
            fields.insert(integerAt(line, "line").value_or(-1), stringAt(line.at("error"), "field"));
        }
        QCOMPARE(done, 2);
        QCOMPARE(fields.keys(), (QList<qint64> { 2, 4, 5 }));
        QCOMPARE(fields.value(4), u"prompt"_s);
        const auto second = std::find_if(outcome.lines.cbegin(), outcome.lines.cend(), [](const Json &line) {
            return line.at("input").is_object() && line.at("input").contains("enable_web_search");
        });
        QVERIFY(second != outcome.lines.cend());
        QCOMPARE(second->at("warnings").size(), 2u);
        QVERIFY(second->at("input").contains("colour"));
    }

    void referencesInOrder()
    {
        SandboxProgram sandbox(m_folder);
        QStringList arguments { u"generate"_s, u"--server"_s, sandbox.url(), u"--input"_s, u"-"_s, u"--library"_s,
                                library() };
        QStringList hashes;
        for (const Qt::GlobalColor colour : { Qt::red, Qt::green, Qt::blue }) {
            QImage image(40, 40, QImage::Format_RGB32);
            image.fill(colour);
            const QString path = m_folder.filePath(u"reference%1.png"_s.arg(int(colour)));
            QVERIFY(image.save(path));
            arguments << u"--reference"_s << path;
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            hashes << QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex());
        }
        const Outcome outcome = run(arguments, R"({"prompt":"put them together","resolution":"0.5K"})");
        QCOMPARE(outcome.status, 0);
        QVERIFY(stringAt(outcome.lines.front(), "endpoint").endsWith(u"/edit"_s));
        QCOMPARE(outcome.lines.front().at("input").at("image_urls").size(), 3u);
        for (const QString &hash : hashes)
            QVERIFY(QFile::exists(library() + u"/references/"_s + hash + u".png"_s));
    }

    void timesOutAndResumes()
    {
        SandboxProgram sandbox(m_folder, u"4"_s);
        const QStringList where { u"--server"_s, sandbox.url(), u"--library"_s, library() };
        const Outcome first = run(QStringList { u"generate"_s, u"--input"_s, u"-"_s, u"--timeout"_s, u"1"_s } + where,
                                  R"({"prompt":"a slow one","resolution":"0.5K"})");
        QCOMPARE(first.status, 3);
        QCOMPARE(first.lines.size(), 1u);
        QCOMPARE(stringAt(first.lines.front(), "state"), u"accepted"_s);

        const Outcome second = run(QStringList { u"resume"_s } + where);
        QCOMPARE(second.status, 0);
        QCOMPARE(second.lines.size(), 1u);
        QCOMPARE(stringAt(second.lines.front(), "state"), u"done"_s);
        QCOMPARE(stringAt(second.lines.front(), "request_id"), stringAt(first.lines.front(), "request_id"));
    }

    void waitsForTheDiskAndGoesOn()
    {
        const QTemporaryDir disk;
        const auto mount = [&disk](unsigned long flags, const char *options) {
            return ::mount("none", qPrintable(disk.path()), "tmpfs", flags, options) == 0;
        };
        if (!mount(0, "size=300k,mode=0700"))
            QSKIP("a small file system cannot be mounted here");
        const auto unmount = qScopeGuard([&disk] { ::umount2(qPrintable(disk.path()), MNT_DETACH); });
        SandboxProgram sandbox(m_folder);
        const QStringList where { u"--server"_s, sandbox.url(), u"--library"_s, disk.filePath(u"library"_s) };
        const Outcome first = run(QStringList { u"generate"_s, u"--input"_s, u"-"_s, u"--timeout"_s, u"5"_s } + where,
                                  R"({"prompt":"a picture larger than the disk","resolution":"2K","seed":1})");
        QCOMPARE(first.status, 3);
        QCOMPARE(stringAt(first.lines.front(), "state"), u"completed"_s);
        QVERIFY(stringAt(first.lines.front().at("error"), "message").contains(u"disk of the library is full"_s));
        QVERIFY(first.errors.contains("disk of the library is full"));

        QVERIFY(mount(MS_REMOUNT, "size=64m,mode=0700"));
        const Outcome second = run(QStringList { u"resume"_s } + where);
        QCOMPARE(second.status, 0);
        QCOMPARE(stringAt(second.lines.front(), "state"), u"done"_s);
        QCOMPARE(stringAt(second.lines.front(), "request_id"), stringAt(first.lines.front(), "request_id"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("type");
        const QStringList generate { u"generate"_s, u"--input"_s, u"-"_s };
        const QByteArray good = R"({"prompt":"a dog"})";
        QTest::newRow("no input") << QStringList { u"generate"_s } << QByteArray() << 2 << QString();
        QTest::newRow("unknown option") << QStringList { u"generate"_s, u"--colour"_s } << QByteArray() << 2 << QString();
        QTest::newRow("plain http") << generate + QStringList { u"--server"_s, u"http://example.com"_s } << good << 1
                                    << QString();
        QTest::newRow("empty input") << generate << QByteArray() << 1 << u"json"_s;
        QTest::newRow("no object") << generate << QByteArray("[]") << 1 << u"invalid_input"_s;
        const auto sandbox = [](const char *word) {
            return QByteArray("{\"resolution\":\"0.5K\",\"prompt\":\"a dog\\nsandbox: ") + word + "\"}";
        };
        const QStringList impatient = generate + QStringList { u"--timeout"_s, u"3"_s };
        QTest::newRow("broken JSON") << generate << QByteArray("{\"prompt\": ") << 1 << u"json"_s;
        QTest::newRow("empty prompt") << generate << QByteArray(R"({"prompt":""})") << 1 << u"missing"_s;
        QTest::newRow("short prompt") << generate << QByteArray(R"({"prompt":"ab"})") << 1 << u"string_too_short"_s;
        QTest::newRow("long prompt") << generate << "{\"prompt\":\"" + QByteArray(60'000, 'x') + "\"}" << 1
                                     << u"string_too_long"_s;
        QTest::newRow("out of range") << generate << QByteArray(R"({"prompt":"a dog","num_images":5})") << 1
                                      << u"less_than_equal"_s;
        QTest::newRow("unknown choice") << generate << QByteArray(R"({"prompt":"a dog","resolution":"3K"})") << 1
                                        << u"literal_error"_s;
        QTest::newRow("no key") << generate + QStringList { u"--server"_s, u"fal"_s } << good << 1 << u"no_key"_s;
        QTest::newRow("wrong key") << generate << sandbox("submit=401") << 1 << u"bad_key"_s;
        QTest::newRow("not known there") << generate << sandbox("submit=404") << 1 << u"not_found"_s;
        QTest::newRow("web page") << impatient << sandbox("html=200") << 3 << u"still_open"_s;
        QTest::newRow("no images") << generate << sandbox("images=0") << 1 << u"no_media_generated"_s;
        QTest::newRow("not a picture") << generate << sandbox("type=text") << 1 << u"not_a_picture"_s;
        QTest::newRow("cut picture") << generate << sandbox("truncated") << 1 << u"truncated"_s;
        QTest::newRow("nobody there") << impatient + QStringList { u"--server"_s, nobody() } << good << 3 << u"refused"_s;
        QTest::newRow("edit without a picture")
            << generate + QStringList { u"--endpoint"_s, u"fal-ai/nano-banana-2/edit"_s } << good << 1 << u"missing"_s;
        QTest::newRow("unknown endpoint") << generate + QStringList { u"--endpoint"_s, u"no/such"_s } << good << 1
                                          << u"bad_endpoint"_s;
        QTest::newRow("no such file") << QStringList { u"generate"_s, u"--input"_s, u"/no/such/file"_s } << QByteArray() << 1
                                      << u"input_file"_s;
        QTest::newRow("refused") << generate << QByteArray("{\"prompt\":\"a dog\\nsandbox: submit=403\"}") << 1
                                 << u"locked"_s;
        QTest::newRow("policy") << generate
                                << QByteArray("{\"prompt\":\"a dog\\nsandbox: error=content_policy_violation\"}") << 1
                                << u"content_policy_violation"_s;
    }

    void saysWhatIsWrong()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, input);
        QFETCH(int, status);
        QFETCH(QString, type);
        const Outcome outcome = run(arguments + QStringList { u"--library"_s, library() }, input);
        QCOMPARE(outcome.status, status);
        if (type.isEmpty()) {
            QVERIFY(outcome.lines.empty());
            QVERIFY(!outcome.errors.isEmpty());
            return;
        }
        QCOMPARE(outcome.lines.size(), 1u);
        QCOMPARE(stringAt(outcome.lines.front().at("error"), "type"), type);
        QVERIFY(stringAt(outcome.lines.front().at("error"), "message").size() > 10);
    }

    void theKeyIsNowhere()
    {
        SandboxProgram sandbox(m_folder);
        const Outcome outcome = run({ u"generate"_s, u"--server"_s, sandbox.url(), u"--input"_s, u"-"_s, u"--library"_s,
                                      library() },
                                    R"({"prompt":"a dog","resolution":"0.5K"})");
        QCOMPARE(outcome.status, 0);
        QVERIFY(!(outcome.output + outcome.errors).contains(key));
        QDirIterator files(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY2(!bytes.contains(key) && !bytes.contains(key.toBase64()), qPrintable(file.fileName()));
            ++looked;
        }
        QVERIFY(looked > 3);
    }

    void aSecondProgramIsToldWhoHasTheLibrary()
    {
        SandboxProgram sandbox(m_folder, u"3"_s);
        QProcess first;
        first.setProcessEnvironment(environment(m_folder));
        first.start(QStringLiteral(PLANTAIN_PROGRAM),
                    { u"generate"_s, u"--server"_s, sandbox.url(), u"--input"_s, u"-"_s, u"--library"_s, library() });
        first.write(R"({"prompt":"a dog"})");
        first.closeWriteChannel();
        first.setReadChannel(QProcess::StandardError);
        QVERIFY(first.waitForReadyRead(30'000)); // it logs once the library is open
        const Outcome second = run({ u"list"_s, u"--library"_s, library() });
        QCOMPARE(second.status, 1);
        QVERIFY(second.errors.contains(QByteArray::number(first.processId())));
        QVERIFY(first.waitForFinished(60'000));
        QCOMPARE(first.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCommandLineRuns)
#include "tst_commandline_runs.moc"
