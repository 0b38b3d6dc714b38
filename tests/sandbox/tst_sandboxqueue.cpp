#include "sandboxprobe.h"

#include <QRegularExpression>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QByteArray app = "/fal-ai/nano-banana-2";

} // namespace

/// A request's life as its client sees it (fal-protocol.md 3, 5).
class tst_SandboxQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statusInEachState();
    void resultInEachState();
    void cancelInEachState();
    void aStubbornRunIgnoresCancel();
    void unknownRequests_data();
    void unknownRequests();
    void positions();
    void spellingsOfLogs_data();
    void spellingsOfLogs();
    void streamGivesOnlyNewLogs();
    void streamEndsWithCompleted();
    void streamKeepsAlive();
    void requeueGoesBack();
    void streamsDoNotStarveOthers();
    void stopsWhileBusy();

private:
    SandboxFixture m_fixture;
};

void tst_SandboxQueue::statusInEachState()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray running = server.submit(promptOnly("sandbox: slow=60"));
    const QByteArray queued = server.submit(promptOnly("sandbox: http=500 slow=0"));
    QVERIFY(server.waitForState(running, "IN_PROGRESS"));
    for (const char *tail : { "/status", "/status/" }) {
        const RawReply inQueue = server.get(app + "/requests/" + queued + tail);
        QCOMPARE(inQueue.status, 202);
        QCOMPARE(stateIn(inQueue), QByteArray("IN_QUEUE"));
        QCOMPARE(integerAt(inQueue.json(), "queue_position"), 0);
        QVERIFY(inQueue.json().contains("logs"));
        const RawReply inProgress = server.get(app + "/requests/" + running + tail);
        QCOMPARE(inProgress.status, 202);
        QVERIFY(!inProgress.json().contains("queue_position"));
        QVERIFY(inProgress.json()["logs"].is_null());
        QVERIFY(inProgress.json()["metrics"].empty());
    }
    server.put(app + "/requests/" + running + "/cancel");
    server.follow(queued, false);
    const RawReply completed = server.get(app + "/requests/" + queued + "/status?logs=0");
    QCOMPARE(completed.status, 200);
    QCOMPARE(stateIn(completed), QByteArray("COMPLETED"));
    QVERIFY(numberAt(completed.json()["metrics"], "inference_time").has_value());
    for (const char *url : { "status_url", "response_url", "cancel_url" })
        QVERIFY(!stringAt(completed.json(), url).isEmpty());
    QVERIFY(!stringAt(completed.json(), "error").isEmpty());
}

void tst_SandboxQueue::resultInEachState()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray running = server.submit(promptOnly("sandbox: slow=60"));
    const QByteArray queued = server.submit(promptOnly("sandbox: images=0 slow=0"));
    QVERIFY(server.waitForState(running, "IN_PROGRESS"));
    for (const QByteArray &id : { running, queued }) {
        for (const char *tail : { "", "/response" }) {
            const RawReply early = server.get(app + "/requests/" + id + tail);
            QCOMPARE(early.status, 400);
            QCOMPARE(stringAt(early.json(), "detail"), u"Request is still in progress"_s);
            QCOMPARE(early.header("x-fal-request-id"), id);
        }
    }
    server.put(app + "/requests/" + running + "/cancel");
    server.follow(queued, false);
    for (const char *tail : { "", "/response" }) {
        const RawReply result = server.get(app + "/requests/" + queued + tail);
        QCOMPARE(result.status, 200);
        QVERIFY(arrayAt(result.json(), "images")->empty());
        QVERIFY(result.json()["description"].is_string());
        QCOMPARE(result.header("x-fal-request-id"), queued);
        QVERIFY(result.header("x-fal-billable-units").toDouble() > 0);
    }
}

void tst_SandboxQueue::cancelInEachState()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray running = server.submit(promptOnly("sandbox: slow=60"));
    const QByteArray queued = server.submit(promptOnly("sandbox: slow=60"));
    QVERIFY(server.waitForState(running, "IN_PROGRESS"));

    const RawReply removed = server.put(app + "/requests/" + queued + "/cancel");
    QCOMPARE(removed.status, 200);
    QCOMPARE(stateIn(removed), QByteArray("OK"));
    const RawReply requested = server.put(app + "/requests/" + running + "/cancel");
    QCOMPARE(requested.status, 202);
    QCOMPARE(stateIn(requested), QByteArray("CANCELLATION_REQUESTED"));

    for (const QByteArray &id : { queued, running }) {
        const std::vector<Json> events = server.follow(id, false);
        QCOMPARE(stringAt(events.back(), "status"), u"COMPLETED"_s);
        QCOMPARE(stringAt(events.back(), "error_type"), u"client_cancelled"_s);
        const RawReply result = server.get(app + "/requests/" + id);
        QCOMPARE(result.status, 499);
        QCOMPARE(stringAt(result.json(), "error_type"), u"client_cancelled"_s);
        QCOMPARE(result.header("x-fal-error-type"), QByteArray("client_cancelled"));
        const RawReply late = server.put(app + "/requests/" + id + "/cancel");
        QCOMPARE(late.status, 400);
        QCOMPARE(stateIn(late), QByteArray("ALREADY_COMPLETED"));
    }
    const RawReply unknown = server.put(app + "/requests/00000000-0000-4000-8000-000000000000/cancel");
    QCOMPARE(unknown.status, 404);
    QCOMPARE(stateIn(unknown), QByteArray("NOT_FOUND"));
}

void tst_SandboxQueue::aStubbornRunIgnoresCancel()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray id = server.submit(promptOnly("sandbox: nocancel images=0 slow=2 logs=1"));
    QTRY_VERIFY_WITH_TIMEOUT(server.get(app + "/requests/" + id + "/status?logs=1").json()["logs"].size() > 1, 30000);
    QCOMPARE(server.put(app + "/requests/" + id + "/cancel").status, 202);
    server.follow(id, false);
    QCOMPARE(server.get(app + "/requests/" + id).status, 200);
}

void tst_SandboxQueue::unknownRequests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("tail");
    QTest::addColumn<int>("status");
    QTest::newRow("status") << QByteArray("GET") << QByteArray("/status") << 404;
    QTest::newRow("stream") << QByteArray("GET") << QByteArray("/status/stream") << 404;
    QTest::newRow("result") << QByteArray("GET") << QByteArray("") << 404;
    QTest::newRow("cancel") << QByteArray("PUT") << QByteArray("/cancel") << 404;
    QTest::newRow("other") << QByteArray("GET") << QByteArray("/other") << 404;
    QTest::newRow("get cancel") << QByteArray("GET") << QByteArray("/cancel") << 405;
    QTest::newRow("put status") << QByteArray("PUT") << QByteArray("/status") << 405;
    QTest::newRow("post result") << QByteArray("POST") << QByteArray("") << 405;
    QTest::newRow("delete") << QByteArray("DELETE") << QByteArray("") << 405;
}

void tst_SandboxQueue::unknownRequests()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, tail);
    QFETCH(int, status);
    const SandboxProbe server = m_fixture.start();
    const RawReply reply = server.send(method, app + "/requests/00000000-0000-4000-8000-000000000000" + tail);
    QCOMPARE(reply.status, status);
    if (tail.startsWith("/status") && status == 404)
        QCOMPARE(reply.body, QByteArray(R"({"status":"NOT_FOUND"})"));
}

void tst_SandboxQueue::positions()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray running = server.submit(promptOnly("sandbox: slow=60"));
    QVERIFY(server.waitForState(running, "IN_PROGRESS"));
    QList<QByteArray> waiting;
    for (int i = 0; i < 20; ++i) {
        const Json reply = server.post(app, promptOnly("sandbox: slow=60")).json();
        QCOMPARE(integerAt(reply, "queue_position"), i);
        waiting.append(stringAt(reply, "request_id").toLatin1());
    }
    QCOMPARE(server.put(app + "/requests/" + waiting.takeAt(5) + "/cancel").status, 200);
    for (qsizetype i = 0; i < waiting.size(); ++i)
        QCOMPARE(integerAt(server.get(app + "/requests/" + waiting.at(i) + "/status").json(), "queue_position"), i);
    QCOMPARE(server.put(app + "/requests/" + running + "/cancel").status, 202);
    QVERIFY(server.waitForState(waiting.at(0), "IN_PROGRESS"));
    QCOMPARE(integerAt(server.get(app + "/requests/" + waiting.at(1) + "/status").json(), "queue_position"), 0);
}

void tst_SandboxQueue::spellingsOfLogs_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<bool>("wanted");
    QTest::newRow("none") << QByteArray("") << false;
    QTest::newRow("1") << QByteArray("?logs=1") << true;
    QTest::newRow("true") << QByteArray("?logs=true") << true;
    QTest::newRow("True") << QByteArray("?logs=True") << true;
    QTest::newRow("0") << QByteArray("?logs=0") << false;
    QTest::newRow("false") << QByteArray("?logs=false") << false;
    QTest::newRow("slash") << QByteArray("/?logs=1") << true;
}

void tst_SandboxQueue::spellingsOfLogs()
{
    QFETCH(QByteArray, query);
    QFETCH(bool, wanted);
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0 });
    const QByteArray id = server.submit(promptOnly("sandbox: images=0"));
    server.follow(id, false);
    const Json logs = server.get(app + "/requests/" + id + "/status" + query).json()["logs"];
    QCOMPARE(logs.is_array(), wanted);
    QCOMPARE(logs.is_null(), !wanted);
    if (wanted) {
        QVERIFY(!logs.empty());
        static const QRegularExpression time(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}$"_s);
        QVERIFY(time.match(stringAt(logs[0], "timestamp")).hasMatch());
        QVERIFY(!stringAt(logs[0], "message").isEmpty());
        QVERIFY(logs[0]["labels"].is_object());
    }
}

void tst_SandboxQueue::streamGivesOnlyNewLogs()
{
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0.2 });
    const QByteArray id = server.submit(promptOnly("sandbox: images=2 logs=200 size=64x64"));
    QStringList streamed;
    for (const Json &event : server.follow(id, true)) {
        for (const Json &line : event["logs"])
            streamed.append(stringAt(line, "message"));
    }
    QStringList polled;
    const Json status = server.get(app + "/requests/" + id + "/status?logs=1").json();
    for (const Json &line : status["logs"])
        polled.append(stringAt(line, "message"));
    QCOMPARE(streamed, polled);
    QVERIFY(polled.size() > 203);
    QVERIFY(polled.contains(u"Log line 200 of 200"_s));
    for (const Json &event : server.follow(id, false))
        QVERIFY(event["logs"].is_null());
}

void tst_SandboxQueue::streamEndsWithCompleted()
{
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0 });
    const QByteArray id = server.submit(promptOnly("sandbox: error=no_media_generated"));
    // Clients ask with both types; the route decides.
    const RawReply reply = server.send("GET", app + "/requests/" + id + "/status/stream", {},
                                       { { "Accept", "application/json, text/event-stream" } });
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("content-type"), QByteArray("text/event-stream"));
    QVERIFY(reply.whole);
    QVERIFY(reply.body.endsWith("\n\n"));
    const std::vector<Json> events = server.follow(id, false);
    QCOMPARE(stringAt(events.back(), "status"), u"COMPLETED"_s);
    QCOMPARE(stringAt(events.back(), "error_type"), u"no_media_generated"_s);
    for (size_t i = 0; i + 1 < events.size(); ++i)
        QVERIFY(stringAt(events[i], "status") != u"COMPLETED"_s);
}

void tst_SandboxQueue::streamKeepsAlive()
{
    const SandboxProbe server = m_fixture.start({ .pingSeconds = 0.1 });
    const QByteArray id = server.submit(promptOnly("sandbox: slow=600"));
    const auto socket = server.open();
    socket->write(server.headOf("GET", app + "/requests/" + id + "/status/stream?logs=1", 0, {}));
    QByteArray seen;
    while (seen.count(": ping\n\n") < 3) {
        QVERIFY(socket->waitForReadyRead(30000));
        seen += socket->readAll();
    }
    QByteArrayList told;
    for (const QByteArray &line : seen.split('\n')) {
        if (line.startsWith("data: "))
            told.append(line);
    }
    QVERIFY(!told.isEmpty());
    QCOMPARE(QSet<QByteArray>(told.begin(), told.end()).size(), told.size()); // nothing is told twice
}

void tst_SandboxQueue::requeueGoesBack()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    // Queued behind another, so that the stream sees it from the start.
    const QByteArray first = server.submit(promptOnly("sandbox: slow=60"));
    const QByteArray id = server.submit(promptOnly("sandbox: requeue images=0 slow=1"));
    QVERIFY(server.waitForState(first, "IN_PROGRESS"));
    const auto socket = server.open();
    socket->write(server.headOf("GET", app + "/requests/" + id + "/status/stream", 0, {}));
    QVERIFY(socket->waitForReadyRead(30000));
    server.put(app + "/requests/" + first + "/cancel");
    const RawReply reply = SandboxProbe::readReply(*socket);
    QStringList states;
    for (const QByteArray &line : reply.body.split('\n')) {
        if (!line.startsWith("data: "))
            continue;
        const QString state = stringAt(parseJson(line.sliced(6)).value(), "status");
        if (states.isEmpty() || states.last() != state)
            states.append(state);
    }
    QCOMPARE(states, QStringList({ u"IN_QUEUE"_s, u"IN_PROGRESS"_s, u"IN_QUEUE"_s, u"IN_PROGRESS"_s, u"COMPLETED"_s }));
}

void tst_SandboxQueue::streamsDoNotStarveOthers()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray id = server.submit(promptOnly("sandbox: slow=600"));
    std::vector<std::unique_ptr<QTcpSocket>> streams;
    for (int i = 0; i < 40; ++i) {
        streams.push_back(server.open());
        streams.back()->write(server.headOf("GET", app + "/requests/" + id + "/status/stream", 0, {}));
        QVERIFY(streams.back()->waitForReadyRead(30000)); // its first event
    }
    QCOMPARE(server.get(app + "/requests/" + id + "/status").status, 202);
    // Past the limit of streams, others are refused and status calls still answered.
    int refused = 0;
    for (int i = 0; i < 10; ++i) {
        streams.push_back(server.open());
        streams.back()->write(server.headOf("GET", app + "/requests/" + id + "/status/stream", 0, {}));
        QVERIFY(streams.back()->waitForReadyRead(30000));
        refused += streams.back()->peek(12) == "HTTP/1.1 429" ? 1 : 0;
    }
    QCOMPARE(refused, 6);
    QCOMPARE(server.get(app + "/requests/" + id + "/status").status, 202);
    // Clients that hang up make room.
    streams.clear();
    const auto isTaken = [&] {
        const auto socket = server.open();
        socket->write(server.headOf("GET", app + "/requests/" + id + "/status/stream", 0, {}));
        return socket->waitForReadyRead(30000) && socket->peek(12) == "HTTP/1.1 200";
    };
    bool isRoom = false; // the macro asks again after a success, when that stream may still hold the only place
    QTRY_VERIFY_WITH_TIMEOUT(isRoom = isRoom || isTaken(), 30000);
}

void tst_SandboxQueue::stopsWhileBusy()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray id = server.submit(promptOnly("sandbox: slow=600"));
    server.submit(promptOnly("sandbox: slow=600"));
    const auto stream = server.open();
    stream->write(server.headOf("GET", app + "/requests/" + id + "/status/stream", 0, {}));
    QVERIFY(stream->waitForReadyRead(30000));
    const auto idle = server.open();
    const auto halfSent = server.open();
    halfSent->write(server.headOf("POST", app, 1000, {}) + "{");
    QVERIFY(halfSent->waitForBytesWritten(30000));
    m_fixture.stop(); // must return; the test's time limit is the judge
    QVERIFY(stream->waitForDisconnected(30000) || stream->state() == QAbstractSocket::UnconnectedState);
}

QTEST_MAIN(tst_SandboxQueue)
#include "tst_sandboxqueue.moc"
