#include "handover.h"
#include "handoverdoor.h"
#include "json.h"
#include "testwait.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

/// One library, one window: whoever comes later hands over what it was asked for and leaves.
class TestHandover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theSecondHandsOverItsFiles();
    void ofSeveralAtOnceOneStays();
    void afterOneThatWasKilledTheNextBegins();
    void withoutAWindowItSaysWhoHasTheLibrary();
    void strangersAreNotHeard_data();
    void strangersAreNotHeard();

private:
    std::unique_ptr<QProcess> start(const QStringList &arguments);
    bool isHeld() const { return !door().isEmpty() && answers(); }
    bool answers() const
    {
        QLocalSocket socket;
        socket.connectToServer(door());
        return socket.waitForConnected(1000);
    }
    QString door() const { return doorOf(library()); }
    QString library() const { return m_folder->filePath(u"library"_s); }
    QByteArray draft() const
    {
        QFile file(m_folder->filePath(u"XDG_DATA_HOME/plantain/draft.json"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::vector<QProcess *> m_running;
};

void TestHandover::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    for (const char *name : { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR" })
        qputenv(name, QFile::encodeName(m_folder->filePath(QLatin1StringView(name))));
    QVERIFY(QDir().mkpath(m_folder->filePath(u"XDG_RUNTIME_DIR"_s)));
    QVERIFY(QFile::setPermissions(m_folder->filePath(u"XDG_RUNTIME_DIR"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

void TestHandover::cleanup()
{
    m_folder.reset();
}

std::unique_ptr<QProcess> TestHandover::start(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->start(QStringLiteral(PLANTAIN_PROGRAM), QStringList { u"--library"_s, library() } + arguments);
    if (!process->waitForStarted())
        qFatal("the program does not start");
    return process;
}

void TestHandover::theSecondHandsOverItsFiles()
{
    const auto first = start({});
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 60'000);
    const QString picture = m_folder->filePath(u"a \"fox\" \U0001F98A.png"_s);
    QVERIFY(QImage(32, 32, QImage::Format_RGB32).save(picture));
    const auto second = start({ picture });
    QVERIFY(second->waitForFinished(60'000));
    QVERIFY2(second->exitCode() == 0, second->readAll().constData());
    // The form of the first one has it, and keeps it.
    QTRY_VERIFY_WITH_TIMEOUT(draft().contains(".png"), 30'000);
    QVERIFY(QString::fromUtf8(draft()).contains(u"\U0001F98A"_s));
    QCOMPARE(first->state(), QProcess::Running);
    first->terminate();
    QVERIFY(first->waitForFinished(30'000));
    QCOMPARE(first->exitCode(), 0);
    QVERIFY(!answers());
}

void TestHandover::ofSeveralAtOnceOneStays()
{
    constexpr int count = 5;
    std::vector<std::unique_ptr<QProcess>> all;
    for (int i = 0; i < count; ++i)
        all.push_back(start({}));
    const auto running = [&all] {
        return std::count_if(all.begin(), all.end(), [](const auto &process) { return process->state() == QProcess::Running; });
    };
    QTRY_COMPARE_WITH_TIMEOUT(running(), 1, 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 60'000);
    for (const auto &process : all) {
        if (process->state() == QProcess::Running)
            process->terminate();
        QVERIFY(process->state() == QProcess::NotRunning || process->waitForFinished(30'000));
        QVERIFY2(process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0, process->readAll().constData());
    }
}

void TestHandover::afterOneThatWasKilledTheNextBegins()
{
    const auto first = start({});
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 60'000);
    first->kill();
    QVERIFY(first->waitForFinished(30'000));
    QVERIFY(QFile::exists(door())); // its door stands there
    QVERIFY(!answers());
    const auto second = start({});
    QTRY_VERIFY_WITH_TIMEOUT(answers(), 60'000);
    QCOMPARE(second->state(), QProcess::Running);
    const auto third = start({});
    QVERIFY(third->waitForFinished(60'000));
    QCOMPARE(third->exitCode(), 0);
    second->terminate();
    QVERIFY(second->waitForFinished(30'000));
}

void TestHandover::withoutAWindowItSaysWhoHasTheLibrary()
{
    const auto window = start({});
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 60'000);
    const auto generate = start({ u"generate"_s, u"--input"_s, u"-"_s });
    generate->write(R"({"prompt": "a fox"})");
    generate->closeWriteChannel();
    QVERIFY(generate->waitForFinished(60'000));
    QCOMPARE(generate->exitCode(), 1);
    const QByteArray said = generate->readAll();
    QVERIFY2(said.contains("plantain (process " + QByteArray::number(window->processId()) + ')'), said.constData());
    window->terminate();
    QVERIFY(window->waitForFinished(30'000));
}

void TestHandover::strangersAreNotHeard_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("no list") << QByteArray("{\"files\": \"/etc/passwd\"}\n");
    QTest::newRow("without an end") << QByteArray(2 * 1024 * 1024, 'x');
    QTest::newRow("more than anybody drops") << "{\"files\": [" + QByteArray("\"/a\",").repeated(1001) + "\"/a\"]}\n";
}

void TestHandover::strangersAreNotHeard()
{
    QFETCH(QByteArray, request);
    QVERIFY(QDir().mkpath(library()));
    QFile identity(library() + u"/library.json"_s);
    QVERIFY(identity.open(QIODevice::WriteOnly) && identity.write(R"({"library": "a library", "version": 1})") > 0);
    identity.close();
    HandoverDoor holder;
    QSignalSpy asked(&holder, &HandoverDoor::asked);
    holder.open(library());
    QCOMPARE(QFile::permissions(door()) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    QLocalSocket stranger;
    stranger.connectToServer(door());
    QTRY_COMPARE(stranger.state(), QLocalSocket::ConnectedState);
    stranger.write(request);
    QTRY_COMPARE_WITH_TIMEOUT(stranger.state(), QLocalSocket::UnconnectedState, 30'000);
    QCOMPARE(asked.count(), 0);
    // And the next one is.
    Handover second(library(), { u"/a/file.png"_s, u"relative.png"_s });
    QSignalSpy finished(&second, &Handover::finished);
    second.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
    QVERIFY(finished.front().front().toBool());
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.front().front().toStringList(), QStringList { u"/a/file.png"_s });
}

QTEST_GUILESS_MAIN(TestHandover)
#include "tst_handover.moc"
