#include "falclient.h"
#include "fallimits.h"
#include "faultserver.h"
#include "testwait.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestFalFollow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void toTheEnd_data();
    void toTheEnd();
    void endsWith_data();
    void endsWith();
    void scripts_data();
    void scripts();
    void pingsKeepItAlive();
    void silence();
    void firehose();
    void mayBeDroppedInAnEvent();
    void manyStreamsHoldUpNothing();
    void cancelled();

private:
    struct Followed
    {
        std::vector<QueueStatus> events;
        int ends = 0;
        std::optional<Error> error;
    };
    CallHandle follow(Followed &into);
    Ticket ticket() const
    {
        return { .endpoint = { u"fal-ai/nano-banana-2/edit"_s }, .requestId = u"764cabcf-b745"_s, .statusUrl = {},
            .responseUrl = {}, .cancelUrl = {} };
    }

    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<FalClient> m_client;
    const QByteArray m_stream = ": hello\n\ndata: {\"status\":\"IN_QUEUE\",\"queue_position\":1,\"logs\":null}\n\n: ping\n\n"
                                "data: {\"status\":\"IN_PROGRESS\",\"logs\":[{\"message\":\"\xC3\xBC id:word\"}]}\r\n\r\n"
                                "data: {\"status\":\"IN_PROGRESS\",\"logs\":[{\"message\":\"b\"}]}\n\n"
                                "data: {\"status\":\"COMPLETED\",\"logs\":[],\"metrics\":{\"inference_time\":1.5}}\n\n";
};

void TestFalFollow::init()
{
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<FalClient>(Server::at(m_server->url()), [] { return QByteArray("id:word"); });
    FalLimits limits;
    limits.stream.silence = 700ms;
    limits.stream.deadline = 2500ms;
    limits.stream.replyBytes = 5'000'000;
    m_client->setLimits(limits);
}

void TestFalFollow::cleanup()
{
    m_client.reset();
    m_server.reset();
}

CallHandle TestFalFollow::follow(Followed &into)
{
    return m_client->follow(
        ticket(), [&into](const QueueStatus &status) { into.events.push_back(status); },
        [&into](const std::optional<Error> &error) {
            ++into.ends;
            into.error = error;
        });
}

void TestFalFollow::toTheEnd_data()
{
    QTest::addColumn<FaultScript>("script");
    QTest::newRow("whole") << FaultScript::Serve;
    QTest::newRow("in pieces of seven bytes") << FaultScript::Chunked;
    QTest::newRow("gzip") << FaultScript::Gzip;
}

void TestFalFollow::toTheEnd()
{
    QFETCH(FaultScript, script);
    m_client->setLimits({});
    m_server->on("GET", "/", { .body = m_stream, .contentType = "text/event-stream; charset=utf-8" }, script);
    Followed followed;
    const CallHandle call = follow(followed);
    WAIT_COMPARE(followed.ends, 1);
    QVERIFY2(!followed.error, followed.error ? qPrintable(followed.error->type) : "");
    QCOMPARE(followed.events.size(), size_t(4));
    QCOMPARE(followed.events[0].queuePosition, std::optional(1));
    QCOMPARE(followed.events[1].logs.at(0).text, u"ü [key]"_s);
    QCOMPARE(followed.events[3].state, QueueStatus::State::Completed);
    QCOMPARE(followed.events[3].inferenceSeconds, std::optional(1.5));
    const SeenRequest &seen = m_server->seen().front();
    QCOMPARE(seen.path, "/fal-ai/nano-banana-2/requests/764cabcf-b745/status/stream?logs=1");
    QCOMPARE(seen.header("accept"), "text/event-stream");
    QCOMPARE(seen.header("authorization"), "Key id:word");
}

void TestFalFollow::endsWith_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("word");
    const QByteArray stream = "text/event-stream";
    QTest::newRow("closed early") << 200 << stream << QByteArray("data: {\"status\":\"IN_QUEUE\"}\n\n") << ErrorKind::BadReply
                                  << u"ended_early"_s;
    QTest::newRow("closed at once") << 200 << stream << QByteArray() << ErrorKind::BadReply << u"ended_early"_s;
    QTest::newRow("COMPLETED without its blank line") << 200 << stream << QByteArray("data: {\"status\":\"COMPLETED\"}\n")
                                                      << ErrorKind::BadReply << u"ended_early"_s;
    QTest::newRow("JSON") << 200 << QByteArray("application/json") << QByteArray(R"({"status":"IN_QUEUE"})") << ErrorKind::BadReply
                          << u"content_type"_s;
    QTest::newRow("page") << 200 << QByteArray("text/html") << QByteArray("<html>") << ErrorKind::BadReply << u"content_type"_s;
    QTest::newRow("no type") << 200 << QByteArray() << QByteArray("data: {}\n\n") << ErrorKind::BadReply << u"content_type"_s;
    QTest::newRow("nothing") << 204 << stream << QByteArray() << ErrorKind::BadReply << u"content_type"_s;
    QTest::newRow("broken JSON") << 200 << stream << QByteArray("data: {\"status\":\n\n") << ErrorKind::BadReply << u"json"_s;
    QTest::newRow("no word") << 200 << stream << QByteArray("data: {}\n\n") << ErrorKind::BadReply << u"shape"_s;
    QTest::newRow("long line") << 200 << stream << QByteArray(2'000'000, ':') << ErrorKind::BadReply << u"too_large"_s;
    QTest::newRow("unknown id") << 404 << QByteArray("application/json") << QByteArray(R"({"status":"NOT_FOUND"})")
                                << ErrorKind::NotFound << QString();
    QTest::newRow("wrong key") << 401 << QByteArray("application/json") << QByteArray(R"({"detail":"x"})") << ErrorKind::BadKey
                               << QString();
    QTest::newRow("fault") << 502 << QByteArray("text/html") << QByteArray("<html>") << ErrorKind::ServerFault << QString();
    QTest::newRow("redirect") << 307 << QByteArray() << QByteArray() << ErrorKind::BadReply << u"redirect"_s;
}

void TestFalFollow::endsWith()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, word);
    m_server->on("GET", "/", { .status = status, .body = body, .contentType = type });
    Followed followed;
    const CallHandle call = follow(followed);
    WAIT_COMPARE(followed.ends, 1);
    QVERIFY(followed.error);
    QCOMPARE(wordOf(followed.error->kind), wordOf(kind));
    QCOMPARE(followed.error->type, word);
    QCOMPARE(followed.error->httpStatus, status);
}

void TestFalFollow::scripts_data()
{
    QTest::addColumn<FaultScript>("script");
    for (const auto &[name, script] : FaultServer::scripts())
        QTest::newRow(name) << script;
    QTest::newRow("nolen") << FaultScript::NoLength;
}

void TestFalFollow::scripts()
{
    QFETCH(FaultScript, script);
    m_server->on("GET", "/", { .body = m_stream, .contentType = "text/event-stream" }, script);
    Followed followed;
    const CallHandle call = follow(followed);
    WAIT_COMPARE(followed.ends, 1);
    QVERIFY(followed.error);
    QVERIFY(followed.events.size() < 4);
    QCOMPARE(followed.ends, 1);
}

void TestFalFollow::pingsKeepItAlive()
{
    // Comments a little apart, for longer than the limit of silence: the deadline ends it, not silence.
    m_server->setAnswer([](const SeenRequest &) {
        return FaultServer::Rule { .verb = {}, .path = {}, .script = FaultScript::Pinging,
            .reply = { .body = ": ping\n\n", .contentType = "text/event-stream" } };
    });
    Followed followed;
    const CallHandle call = follow(followed);
    WAIT_COMPARE(followed.ends, 1);
    QCOMPARE(followed.error->kind, ErrorKind::TimedOut);
    QCOMPARE(followed.error->type, u"deadline"_s);
}

void TestFalFollow::silence()
{
    m_server->on("GET", "/", { .body = m_stream, .contentType = "text/event-stream" }, FaultScript::StallInBody);
    Followed followed;
    const CallHandle call = follow(followed);
    WAIT_COMPARE(followed.ends, 1);
    QCOMPARE(followed.error->kind, ErrorKind::TimedOut);
    QCOMPARE(followed.error->type, u"silence"_s);
    QVERIFY(!followed.events.empty());
}

void TestFalFollow::firehose()
{
    QByteArray many;
    for (int i = 0; i < 200'000; ++i)
        many += "data: {\"status\":\"IN_QUEUE\"}\n\n";
    m_server->on("GET", "/", { .body = many, .contentType = "text/event-stream" });
    FalLimits limits;
    limits.stream.replyBytes = 300'000;
    m_client->setLimits(limits);
    Followed followed;
    const CallHandle call = follow(followed);
    WAIT_COMPARE(followed.ends, 1);
    QCOMPARE(followed.error->type, u"too_large"_s);
    QVERIFY(followed.events.size() < 20'000);
}

void TestFalFollow::mayBeDroppedInAnEvent()
{
    m_server->on("GET", "/", { .body = m_stream, .contentType = "text/event-stream" });
    int events = 0, ends = 0;
    CallHandle call;
    call = m_client->follow(
        ticket(),
        [&](const QueueStatus &) {
            if (++events == 2)
                call.reset();
        },
        [&](const std::optional<Error> &) { ++ends; });
    WAIT_COMPARE(events, 2);
    WAIT_COMPARE(m_server->open(), 0);
    QCOMPARE(events, 2);
    QCOMPARE(ends, 0);

    // And in its end.
    call = m_client->follow(ticket(), [](const QueueStatus &) {}, [&](const std::optional<Error> &) {
        call.reset();
        ++ends;
    });
    WAIT_COMPARE(ends, 1);
}

void TestFalFollow::manyStreamsHoldUpNothing()
{
    m_client->setLimits({});
    m_server->on("GET", "/", { .body = m_stream, .contentType = "text/event-stream" }, FaultScript::StallInBody);
    m_server->on("GET", "/fal-ai/nano-banana-2/requests/00000000", { .body = R"({"images":[]})" });
    std::vector<Followed> followed(12);
    std::vector<CallHandle> calls;
    for (Followed &one : followed)
        calls.push_back(follow(one));
    for (Followed &one : followed)
        WAIT_FOR(!one.events.empty());
    Ticket other = ticket();
    other.requestId = u"00000000"_s;
    std::optional<ResultOutcome> answer;
    const CallHandle result = m_client->result(other, [&](const ResultOutcome &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QVERIFY(!answer->error);
    for (Followed &one : followed)
        QCOMPARE(one.ends, 0);
}

void TestFalFollow::cancelled()
{
    m_server->on("GET", "/", {}, FaultScript::Stall);
    Followed followed;
    const CallHandle call = follow(followed);
    WAIT_COMPARE(m_server->count("GET"), 1);
    call->cancel();
    QCOMPARE(followed.ends, 1);
    QCOMPARE(followed.error->kind, ErrorKind::Cancelled);
    call->cancel();
    QCOMPARE(followed.ends, 1);
    m_client.reset();
    call->cancel();
    QCOMPARE(followed.ends, 1);
}

QTEST_GUILESS_MAIN(TestFalFollow)
#include "tst_falfollow.moc"
