#include "networkbench.h"

#include <QSignalSpy>

#include <signal.h>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace network;

/// The rows of reliability.md 2.2 for status and stream of a run that was taken; and a machine that sleeps, or whose clock
/// is set, meanwhile (2.5).
class TestNetworkFaultsWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fault_data();
    void fault();
    void statusGoesBack();
    void streamsSayEachLineOnce_data();
    void streamsSayEachLineOnce();
    void aKeyThatIsRefused();
    void theMachineSleeps_data();
    void theMachineSleeps();
    void theProcessIsStopped();
    void theClockIsSet_data();
    void theClockIsSet();
};

void TestNetworkFaultsWatch::fault_data()
{
    QTest::addColumn<NetworkFault>("fault");
    const auto row = [](const QByteArray &name, const NetworkFault &fault) { QTest::newRow(name.constData()) << fault; };
    const auto answers = [](const QByteArray &path, const FaultReply &reply, FaultScript script = FaultScript::Serve, int times = -1) {
        return [=](FaultServer &server) { server.on("GET", path, reply, script, times); };
    };

    for (const auto &[name, script] : FaultServer::scripts()) {
        const FaultReply body { .body = statusBody("COMPLETED", R"(,"logs":[])") };
        row(QByteArray("transport fault on status: ") + name, { .spoil = answers(statusPath, body, script, 1) });
    }
    row("transport fault while waiting is said",
        { .spoil = answers(statusPath, {}, FaultScript::Fin, 3), .waits = u"Reconnecting: the connection broke."_s, .quietly = true });
    for (const int status : { 429, 500, 502, 503 })
        row("status answers " + QByteArray::number(status), { .spoil = answers(statusPath, { .status = status }, FaultScript::Serve, 2) });

    for (const auto &[name, body] : { std::pair<const char *, QByteArray> { "unknown status word", statusBody("PONDERING") },
                                      { "missing status", "{}" }, { "status of the wrong type", R"({"status":7})" },
                                      { "extra fields", statusBody("IN_PROGRESS", R"(,"new":{"a":[1]})") },
                                      { "queue_position -1", statusBody("IN_QUEUE", R"(,"queue_position":-1)") },
                                      { "queue_position 1e300", statusBody("IN_QUEUE", R"(,"queue_position":1e300)") },
                                      { "queue_position a string", statusBody("IN_QUEUE", R"(,"queue_position":"3")") },
                                      { "status an array", "[]" }, { "status deep", QByteArray(200'000, '[') } })
        row(name, { .spoil = answers(statusPath, { .body = body }, FaultScript::Serve, 1),
                    .waits = QByteArray(name) == "unknown status word" ? u"PONDERING"_s : QString(), .quietly = true });

    const auto streams = [](const FaultReply &reply, FaultScript script, int polls) {
        return [=](FaultServer &server) {
            server.on("GET", statusPath, { .body = statusBody("IN_PROGRESS") }, FaultScript::Serve, polls);
            server.on("GET", streamPath, reply, script);
        };
    };
    row("stream: firehose", { .spoil = streams({ .contentType = "text/event-stream" }, FaultScript::Firehose, 2) });
    row("stream: wrong content type", { .spoil = streams({ .body = "{}" }, FaultScript::Serve, 3) });
    row("stream: 200 with HTML", { .spoil = streams({ .body = "<html>", .contentType = "text/html" }, FaultScript::Serve, 3) });
    row("stream: 204", { .spoil = streams({ .status = 204 }, FaultScript::Serve, 3) });
    row("stream: closed at once 50 times", { .spoil = streams({}, FaultScript::Fin, 50) });
    row("stream silent", { .spoil = streams(streamOf(statusBody("IN_PROGRESS")), FaultScript::StallInBody, 2) });
}

void TestNetworkFaultsWatch::fault()
{
    QFETCH(NetworkFault, fault);
    NetworkRow::play(fault);
}

void TestNetworkFaultsWatch::statusGoesBack()
{
    FaultServer server;
    makeHonest(server);
    server.on("GET", statusPath, { .body = statusBody("IN_QUEUE", R"(,"queue_position":2)") }, FaultScript::Serve, 1);
    server.on("GET", statusPath, { .body = statusBody("IN_PROGRESS") }, FaultScript::Serve, 1);
    server.on("GET", streamPath, {}, FaultScript::Fin);
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    QList<RunProgress::Phase> phases;
    QDateTime runningSince;
    connect(&engine.controller(), &RunController::progressed, this, [&](const RunId &, const RunProgress &progress) {
        if (progress.phase == RunProgress::Phase::Running)
            runningSince = progress.runningSince;
        if (progress.phase == RunProgress::Phase::Queued && runningSince.isValid())
            QCOMPARE(progress.runningSince, runningSince); // the time keeps counting
        phases << progress.phase;
    });
    const RunId id = engine.start();
    QVERIFY(engine.waitForEnd(id));
    const auto running = phases.indexOf(RunProgress::Phase::Running);
    QVERIFY(running >= 0 && phases.lastIndexOf(RunProgress::Phase::Queued) > running);
    QCOMPARE(wordOf(engine.stored(id).state), u"done"_s);
}

void TestNetworkFaultsWatch::streamsSayEachLineOnce_data()
{
    QTest::addColumn<QByteArray>("stream");
    const QByteArray line = R"({"status":"IN_PROGRESS","logs":[{"message":"painting \u00fc","timestamp":"2026-01-02T03:04:05.678Z","level":"INFO"}]})";
    const QByteArray end = statusBody("COMPLETED");
    QTest::newRow("BOM") << "\xef\xbb\xbf" "data: " + line + "\n\ndata: " + end + "\n\n";
    QTest::newRow("CR") << "data: " + line + "\r\rdata: " + end + "\r\r";
    QTest::newRow("CRLF") << "data: " + line + "\r\n\r\ndata: " + end + "\r\n\r\n";
    QTest::newRow("comments") << ": ping\n\ndata: " + line + "\n: ping\n\n: ping\ndata: " + end + "\n\n";
    QTest::newRow("data without colon, retry and id rubbish") << "data\nretry: x\nid: \1\n\ndata: " + line + "\n\ndata: " + end + "\n\n";
    QTest::newRow("no final blank line") << "data: " + line + "\n\ndata: " + end;
    QTest::newRow("NUL") << QByteArray("id: a\0b\n", 8) + "data: " + line + "\n\ndata: " + end + "\n\n";
}

/// Broken off before its end and opened again as well: the same lines come once.
void TestNetworkFaultsWatch::streamsSayEachLineOnce()
{
    QFETCH(QByteArray, stream);
    FaultServer server;
    makeHonest(server);
    server.on("GET", statusPath, { .body = statusBody("IN_PROGRESS") }, FaultScript::Serve, 2);
    server.on("GET", streamPath, { .body = stream, .contentType = "text/event-stream" }, FaultScript::Chunked);
    server.on("GET", streamPath, { .body = stream, .contentType = "text/event-stream" }, FaultScript::ChunkCut, 1);
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    const RunId id = engine.start();
    QVERIFY(engine.waitForEnd(id));
    QCOMPARE(wordOf(engine.stored(id).state), u"done"_s);
    QCOMPARE(engine.serverLog(), QStringList { u"painting \u00fc"_s });
}

/// 401 and 403 while waiting: nothing fails; with another key it goes on at once.
void TestNetworkFaultsWatch::aKeyThatIsRefused()
{
    FaultServer server;
    makeHonest(server);
    server.on("GET", statusPath, { .status = 401, .body = R"({"detail":"the key was revoked"})" });
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    QSignalSpy refused(&engine.controller(), &RunController::keyRefused);
    const RunId id = engine.start();
    QVERIFY(engine.waitForNote(u"The server does not accept the API key. the key was revoked."_s));
    QVERIFY(engine.play().wantedKey);
    QVERIFY(QTest::qWaitFor([&] { return server.count("GET", statusPath) >= 3; }, patience));
    QCOMPARE(refused.size(), 1); // said once, not at each try
    QCOMPARE(wordOf(engine.stored(id).state), u"accepted"_s);
    server.on("GET", statusPath, { .status = 403, .body = R"({"detail":"no balance"})" });
    QVERIFY(engine.waitForNote(u"no balance"_s));
    QCOMPARE(wordOf(engine.stored(id).state), u"accepted"_s);
    server.on("GET", statusPath, { .body = statusBody("COMPLETED") });
    engine.keys().useForSession(Server::at(server.url()).name, "another:key");
    QVERIFY(engine.waitForState(id, RunState::Done));
    QCOMPARE(posts(server), 1);
}

void TestNetworkFaultsWatch::theMachineSleeps_data()
{
    QTest::addColumn<int>("seconds");
    QTest::newRow("suspend 1 min") << 60;
    QTest::newRow("suspend 8 h") << 8 * 3600;
}

/// In the middle of a long pause, in a stream: after the wake it asks within seconds.
void TestNetworkFaultsWatch::theMachineSleeps()
{
    QFETCH(int, seconds);
    FaultServer server;
    makeHonest(server);
    server.on("GET", statusPath, { .status = 503, .headers = { { "Retry-After", "800" } } });
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    const RunId id = engine.start();
    QVERIFY(engine.waitForNote(u"The server had a fault."_s));
    QVERIFY(engine.play().longestWait > 700);
    makeHonest(server);
    QElapsedTimer awake;
    awake.start();
    sleepMachine(seconds);
    QVERIFY(engine.waitForState(id, RunState::Done));
    QVERIFY2(awake.elapsed() < 120'000, qPrintable(QString::number(awake.elapsed()))); // not the 800 s; looked after 5
    QCOMPARE(posts(server), 1);
}

void TestNetworkFaultsWatch::theProcessIsStopped()
{
    FaultServer server;
    makeHonest(server);
    server.on("GET", statusPath, { .body = statusBody("IN_PROGRESS") });
    server.on("GET", streamPath, streamOf(statusBody("IN_PROGRESS")), FaultScript::StallInBody);
    const QTemporaryDir folder;
    NetworkCommand command(folder, { u"generate"_s, u"--input"_s, u"-"_s, u"--library"_s, folder.path(), u"--server"_s, server.url().toString() },
                           R"({"prompt":"a plantain on a wire"})");
    QVERIFY(QTest::qWaitFor([&] { return server.count("GET", streamPath) > 0; }, patience));
    QCOMPARE(::kill(pid_t(command.pid()), SIGSTOP), 0);
    QElapsedTimer stopped;
    stopped.start();
    QVERIFY(QTest::qWaitFor([&] { return stopped.elapsed() > 70'000; }, patience)); // longer than any silence it bears
    makeHonest(server);
    QCOMPARE(::kill(pid_t(command.pid()), SIGCONT), 0);
    QVERIFY(command.waitForEnd());
    QCOMPARE(command.state(), u"done"_s);
    QCOMPARE(posts(server), 1);
}

void TestNetworkFaultsWatch::theClockIsSet_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("a day back") << qint64(-86'400);
    QTest::newRow("ten years on") << qint64(10LL * 365 * 86'400);
}

void TestNetworkFaultsWatch::theClockIsSet()
{
    QFETCH(qint64, seconds);
    FaultServer server;
    makeHonest(server);
    server.on("GET", statusPath, { .status = 503 }, FaultScript::Serve, 3);
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    const RunId first = engine.start();
    QVERIFY(engine.waitForNote(u"The server had a fault."_s));
    jumpWallClock(seconds);
    QVERIFY(engine.waitForState(first, RunState::Done));
    const RunId second = engine.start();
    QVERIFY(engine.waitForState(second, RunState::Done));
    jumpWallClock(-seconds);
    const auto runs = NetworkEngine::wait(engine.library().runs(0, 10));
    QVERIFY(runs && runs->size() == 2);
    QCOMPARE(runs->front().id.text, first.text); // in the order in which they were made, whatever the clock said
}

NETWORK_MAIN(TestNetworkFaultsWatch)
#include "tst_networkfaults_watch.moc"
