#include "networkbench.h"

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace network;

/// The rows of reliability.md 2.2 for the result of a run that was taken, and for cancelling it.
class TestNetworkFaultsResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fault_data();
    void fault();
    void lookAgain_data();
    void lookAgain();
    void cancelIsAskedForOverARestart();
};

void TestNetworkFaultsResult::fault_data()
{
    QTest::addColumn<NetworkFault>("fault");
    const auto row = [](const QByteArray &name, const NetworkFault &fault) { QTest::newRow(name.constData()) << fault; };
    // Rules that come later win: the result below requestPath needs the status to stay honest.
    const auto resultAnswers = [](const FaultReply &reply, FaultScript script = FaultScript::Serve, int times = -1) {
        return [=](FaultServer &server) {
            server.on("GET", requestPath, reply, script, times);
            server.on("GET", statusPath, { .body = statusBody("COMPLETED") });
        };
    };

    for (const auto &[name, script] : FaultServer::scripts()) {
        row(QByteArray("transport fault on result: ") + name,
            { .spoil = resultAnswers({ .body = "{}" + QByteArray(100, ' ') }, script, 1) });
    }
    const auto fails = [](const QByteArray &status, const FaultReply &result) {
        return [=](FaultServer &server) {
            server.on("GET", requestPath, result);
            server.on("GET", statusPath, { .body = status });
        };
    };
    row("COMPLETED with error, the result says no more",
        { .spoil = fails(statusBody("COMPLETED", R"(,"error":"the runner vanished","error_type":"runner_disconnected")"), { .status = 502, .body = "<html>bad gateway</html>", .contentType = "text/html" }),
          .end = RunState::Failed, .says = u"the runner vanished"_s, .files = 0 });
    row("result 422 with a list",
        { .spoil = resultAnswers({ .status = 422, .body = R"({"detail":[{"loc":["body","prompt"],"msg":"not such a picture","type":"content_policy_violation"}]})" }),
          .end = RunState::Failed, .says = u"not such a picture. Everything the server said is kept. It may have been charged."_s, .files = 0,
          .look = [](const RunRecord &run, const FaultServer &) { QVERIFY(run.reply.contains("not such a picture")); } });
    row("result 500 named by a header",
        { .spoil = resultAnswers({ .status = 500, .body = R"({"detail":"it took too long"})", .headers = { { "X-Fal-Error-Type", "request_timeout" } } }),
          .end = RunState::Failed, .says = u"it took too long"_s, .files = 0 });
    row("result 503 without a word is weather", { .spoil = resultAnswers({ .status = 503 }, FaultScript::Serve, 3), .waits = u"The server had a fault."_s });
    row("result 400 still in progress",
        { .spoil = resultAnswers({ .status = 400, .body = R"({"detail":"Request is still in progress"})" }, FaultScript::Serve, 3),
          .waits = u"The server does not give the result yet. Request is still in progress."_s });
    row("result 404 four times", { .spoil = resultAnswers({ .status = 404 }, FaultScript::Serve, 4), .waits = u"does not know the request yet"_s });

    const QByteArray deep = R"({"images":)" + QByteArray(200'000, '[') + QByteArray(200'000, ']') + '}';
    for (const auto &[name, body] : { std::pair<const char *, QByteArray> { "truncated", R"({"images":[{"url":"http)" }, { "200 000 levels deep", deep },
                                      { "not UTF-8", "{\"images\":[{\"url\":\"\xff\xfe\"}]}" }, { "not an object", "[]" } })
        row(QByteArray("result ") + name, { .spoil = resultAnswers({ .body = body }), .end = RunState::Failed,
                                            .says = u"The result cannot be read."_s, .files = 0,
                                            .look = [body = body](const RunRecord &run, const FaultServer &) { QCOMPARE(run.reply, body); } });
    row("result of 100 MB", { .spoil = resultAnswers({ .body = {}, .headers = { { "Content-Length", "9000000000" } } }, FaultScript::NoLength),
                              .end = RunState::Failed, .says = u"The result cannot be read."_s, .files = 0 });
    for (const auto &[name, seeds] : { std::pair<const char *, QByteArray> { "a large number and a key twice", R"("seed":18446744073709551615,"seed":1)" },
                                       { "a number beyond all", R"("seed":1e400)" } })
        row(QByteArray("result with ") + name,
            { .spoil =
                  [seeds = seeds](FaultServer &server) {
                      const QByteArray url = server.url(QString::fromLatin1(fileName(0))).toEncoded();
                      server.on("GET", requestPath, { .body = '{' + seeds + R"(,"images":[{"url":")" + url + R"("}]})" });
                      server.on("GET", statusPath, { .body = statusBody("COMPLETED") });
                  },
              .end = seeds.endsWith("400") ? RunState::Failed : RunState::Done, .says = seeds.endsWith("400") ? u"The result cannot be read."_s : QString(),
              .files = seeds.endsWith("400") ? 0 : 1 });
    row("result has no images", { .spoil = resultAnswers({ .body = R"({"images":[],"description":"I would rather not."})" }),
                                  .end = RunState::Failed, .says = u"made no picture"_s, .files = 0,
                                  .look = [](const RunRecord &run, const FaultServer &) { QCOMPARE(run.description, u"I would rather not."_s); } });
    row("result has more images than asked",
        { .spoil = [](FaultServer &server) {
             makeHonest(server, 3);
         }, .files = 3 });

    const auto cancels = [](const FaultReply &reply, FaultScript script = FaultScript::Serve, int times = -1, int polls = 8) {
        return [=](FaultServer &server) {
            server.on("PUT", cancelPath, reply, script, times);
            server.on("GET", statusPath, { .body = statusBody("IN_PROGRESS") }, FaultScript::Serve, polls);
            server.on("GET", streamPath, {}, FaultScript::Fin);
        };
    };
    const auto cancelRow = [&](const QByteArray &name, auto spoil, CancelOutcome outcome, const QString &waits, RunState end = RunState::Done) {
        row("cancel answered " + name, { .spoil = spoil, .end = end, .waits = waits, .files = end == RunState::Done ? 1 : 0, .cancelled = true, .cancel = outcome });
    };
    cancelRow("ALREADY_COMPLETED", cancels({ .status = 400, .body = R"({"status":"ALREADY_COMPLETED"})" }), CancelOutcome::TooLate, u"Too late to cancel: its result is kept."_s);
    cancelRow("NOT_FOUND", cancels({ .status = 404, .body = R"({"status":"NOT_FOUND"})" }), CancelOutcome::NotKnown, u"whether it was cancelled is not known"_s);
    cancelRow("CANCELLATION_REQUESTED", cancels({ .status = 202, .body = R"({"status":"CANCELLATION_REQUESTED"})" }), CancelOutcome::Requested, u"may be charged"_s);
    cancelRow("OK", cancels({ .body = R"({"status":"OK"})" }), CancelOutcome::Removed, u"The run was cancelled."_s, RunState::Cancelled);
    cancelRow("500 twice, then requested", cancels({ .status = 500 }, FaultScript::Serve, 2), CancelOutcome::Requested, u"asked to cancel again"_s);
    cancelRow("with a timeout, then requested", cancels({}, FaultScript::Stall, 1, 60), CancelOutcome::Requested, u"asked to cancel again"_s);
    cancelRow("with a close, then requested", cancels({}, FaultScript::Fin, 1), CancelOutcome::Requested, u"may be charged"_s); // Qt itself repeats a PUT without a body
}

void TestNetworkFaultsResult::fault()
{
    QFETCH(NetworkFault, fault);
    NetworkRow::play(fault);
}

void TestNetworkFaultsResult::lookAgain_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("status 404") << statusPath;
    QTest::newRow("result 404") << requestPath;
}

/// Asked five times over two minutes; then the run has failed, and goes on when a person looks again.
void TestNetworkFaultsResult::lookAgain()
{
    QFETCH(QByteArray, path);
    const auto forget = [&path](FaultServer &server) {
        makeHonest(server);
        server.on("GET", path, { .status = 404, .body = R"({"detail":"no such request"})" });
        if (path == requestPath)
            server.on("GET", statusPath, { .body = statusBody("COMPLETED") });
    };
    FaultServer server, commandServer;
    forget(server);
    forget(commandServer);
    const QTemporaryDir folder;
    const QStringList where { u"--library"_s, folder.filePath(u"command"_s), u"--server"_s, commandServer.url().toString() };
    NetworkCommand command(folder, QStringList { u"generate"_s, u"--input"_s, u"-"_s } + where, R"({"prompt":"a plantain on a wire"})");
    NetworkEngine engine(server.url(), folder.filePath(u"window"_s));
    QVERIFY(engine.open());
    const RunId id = engine.start();
    QVERIFY(engine.waitForNote(u"The server does not know the request yet."_s));
    QVERIFY(engine.waitForEnd(id));
    const RunRecord run = engine.stored(id);
    QCOMPARE(wordOf(run.state), u"failed"_s);
    const QString sentence = errorText(*run.error, run.state).sentence();
    QVERIFY2(sentence.contains(u"The server no longer knows the request."_s) && sentence.contains(u"Look again"_s), qPrintable(sentence));
    QCOMPARE(int(std::count_if(server.seen().begin(), server.seen().end(),
                               [&](const SeenRequest &request) { return request.verb == "GET" && request.path.split('?').front() == path; })),
             5);
    const qint64 asked = run.acceptedAt.secsTo(run.endedAt); // by the wall clock, which keeps its pace
    QVERIFY2(asked >= 7, qPrintable(QString::number(asked))); // two minutes of the fast one
    makeHonest(server);
    QVERIFY(NetworkEngine::wait(engine.controller().lookUp(id))->found);
    QVERIFY(engine.waitForState(id, RunState::Done));
    QCOMPARE(posts(server), 1);

    QVERIFY(command.waitForEnd());
    QCOMPARE(command.state(), u"failed"_s);
    QVERIFY2(command.message().contains(u"The server no longer knows the request."_s), qPrintable(command.message()));
    makeHonest(commandServer);
    NetworkCommand again(folder, QStringList { u"resume"_s, u"--look-up"_s, stringAt(command.line, "run") } + where);
    QVERIFY(again.waitForEnd());
    QCOMPARE(again.state(), u"done"_s);
    QCOMPARE(posts(commandServer), 1);
}

void TestNetworkFaultsResult::cancelIsAskedForOverARestart()
{
    FaultServer server;
    makeHonest(server);
    server.on("GET", statusPath, { .body = statusBody("IN_PROGRESS") });
    server.on("GET", streamPath, {}, FaultScript::Stall);
    server.on("PUT", cancelPath, {}, FaultScript::Fin);
    const QTemporaryDir folder;
    RunId id;
    {
        NetworkEngine engine(server.url(), folder.path());
        QVERIFY(engine.open());
        id = engine.start();
        QVERIFY(engine.waitForState(id, RunState::Accepted));
        engine.controller().cancel(id);
        QVERIFY(QTest::qWaitFor([&] { return engine.stored(id).cancel == CancelOutcome::Asked; }, patience));
        QVERIFY(engine.waitForNote(u"asked to cancel again"_s));
        QVERIFY(QTest::qWaitFor([&] { return server.count("PUT", cancelPath) >= 3; }, patience));
    }
    const int before = server.count("PUT", cancelPath);
    server.on("PUT", cancelPath, { .status = 202, .body = R"({"status":"CANCELLATION_REQUESTED"})" });
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    NetworkEngine::wait(engine.controller().resumeAll());
    QVERIFY(QTest::qWaitFor([&] { return engine.stored(id).cancel == CancelOutcome::Requested; }, patience));
    QCOMPARE(server.count("PUT", cancelPath), before + 1);
    QVERIFY(engine.play().notes.join(u'\n').contains(u"It may still end, and may be charged."_s));
    server.on("GET", statusPath, { .body = statusBody("COMPLETED") });
    server.on("GET", streamPath, streamOf(statusBody("COMPLETED")));
    server.closeIdle();
    // What comes all the same is kept.
    QVERIFY(engine.waitForState(id, RunState::Done));
    QCOMPARE(wordOf(engine.stored(id).cancel), u"requested"_s);
}

NETWORK_MAIN(TestNetworkFaultsResult)
#include "tst_networkfaults_result.moc"
