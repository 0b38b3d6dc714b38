#include "falclient.h"
#include "fallimits.h"
#include "faultserver.h"
#include "testwait.h"

#include <QTest>
#include <QUrlQuery>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Status, result, cancel, history and key check over real connections.
class TestFalRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void status();
    void statusErrors_data();
    void statusErrors();
    void result();
    void scripts_data();
    void scripts();
    void wholeInOddShapes_data();
    void wholeInOddShapes();
    void cancel();
    void foreignTicketUrls();
    void unusableTicket();
    void history();
    void historyStopsSomewhere();
    void checkKey_data();
    void checkKey();
    void callsWaitTheirTurn();
    void cancelledCalls();

private:
    Ticket ticket() const;

    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<FalClient> m_client;
    const EndpointId m_endpoint { u"fal-ai/nano-banana-2/edit"_s };
    const QByteArray m_base = "/fal-ai/nano-banana-2/requests/764cabcf-b745";
};

void TestFalRequest::init()
{
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<FalClient>(Server::at(m_server->url()), [] { return QByteArray("id:word"); });
    FalLimits limits;
    for (HttpLimits *one : { &limits.status, &limits.result, &limits.cancel, &limits.history }) {
        one->deadline = 800ms;
        one->replyBytes = 500'000;
    }
    m_client->setLimits(limits);
}

void TestFalRequest::cleanup()
{
    m_client.reset();
    m_server.reset();
}

Ticket TestFalRequest::ticket() const
{
    return { .endpoint = m_endpoint, .requestId = u"764cabcf-b745"_s, .statusUrl = {}, .responseUrl = {}, .cancelUrl = {} };
}

void TestFalRequest::status()
{
    m_server->on("GET", m_base + "/status", { .status = 202, .body = R"({"status":"IN_QUEUE","queue_position":2,"logs":null})" });
    std::optional<Result<QueueStatus>> answer;
    CallHandle call = m_client->status(ticket(), [&](const Result<QueueStatus> &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QVERIFY(answer->has_value());
    QCOMPARE(answer->value().state, QueueStatus::State::InQueue);
    QCOMPARE(answer->value().queuePosition, std::optional(2));
    QCOMPARE(m_server->seen().front().path, m_base + "/status?logs=1");
    QCOMPARE(m_server->seen().front().header("authorization"), "Key id:word");

    m_server->on("GET", m_base + "/status", { .status = 200, .body = R"({"status":"COMPLETED","error":"x","error_type":"y"})" });
    answer.reset();
    call = m_client->status(ticket(), [&](const Result<QueueStatus> &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QCOMPARE(answer->value().error->type, u"y"_s);
    QCOMPARE(m_server->connections(), 1); // kept open
}

void TestFalRequest::statusErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("unknown id") << 404 << QByteArray(R"({"status":"NOT_FOUND"})") << ErrorKind::NotFound;
    QTest::newRow("revoked") << 401 << QByteArray(R"({"detail":"x"})") << ErrorKind::BadKey;
    QTest::newRow("locked") << 403 << QByteArray(R"({"detail":"x"})") << ErrorKind::Locked;
    QTest::newRow("many") << 429 << QByteArray() << ErrorKind::RateLimited;
    QTest::newRow("fault") << 503 << QByteArray("<html>") << ErrorKind::ServerFault;
    QTest::newRow("page") << 200 << QByteArray("<html>") << ErrorKind::BadReply;
    QTest::newRow("no word") << 200 << QByteArray("{}") << ErrorKind::BadReply;
    QTest::newRow("nothing") << 204 << QByteArray() << ErrorKind::BadReply;
    QTest::newRow("redirect") << 302 << QByteArray() << ErrorKind::BadReply;
}

void TestFalRequest::statusErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    m_server->on("GET", "/", { .status = status, .body = body });
    std::optional<Result<QueueStatus>> answer;
    const CallHandle call = m_client->status(ticket(), [&](const Result<QueueStatus> &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QVERIFY(!answer->has_value());
    QCOMPARE(wordOf(answer->error().kind), wordOf(kind));
    QCOMPARE(answer->error().httpStatus, status);
}

void TestFalRequest::result()
{
    const QByteArray body = "{\"images\":[ ],\n\"description\":\"\\u00fc byte for byte\"}";
    m_server->on("GET", m_base, { .body = body, .headers = { { "X-Fal-Billable-Units", "4" } } });
    std::optional<ResultOutcome> answer;
    CallHandle call = m_client->result(ticket(), [&](const ResultOutcome &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QVERIFY(!answer->error);
    QCOMPARE(answer->reply, body);
    QCOMPARE(answer->billableUnits, std::optional(4.0));
    QCOMPARE(m_server->seen().front().path, m_base);

    m_server->on("GET", m_base,
        { .status = 422,
            .body = R"({"detail":[{"loc":["body","prompt"],"msg":"Flagged.","type":"content_policy_violation"}]})",
            .headers = { { "X-Fal-Retryable", "false" } } });
    answer.reset();
    call = m_client->result(ticket(), [&](const ResultOutcome &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QVERIFY(answer->finalWord);
    QCOMPARE(answer->error->type, u"content_policy_violation"_s);
    QCOMPARE(answer->error->retryable, std::optional(false));
    QVERIFY(!answer->reply.isEmpty());
}

void TestFalRequest::scripts_data()
{
    QTest::addColumn<FaultScript>("script");
    for (const auto &[name, script] : FaultServer::scripts())
        QTest::newRow(name) << script;
    QTest::newRow("nolen") << FaultScript::NoLength;
    QTest::newRow("truncated") << FaultScript::TruncatedBody;
}

void TestFalRequest::scripts()
{
    QFETCH(FaultScript, script);
    m_server->on({}, "/", { .body = R"({"status":"COMPLETED","images":[{"url":"https://example.com/1.png"}],"items":[]})" }, script);
    std::optional<Result<QueueStatus>> status;
    std::optional<ResultOutcome> result;
    std::optional<Result<CancelReply>> cancelled;
    std::optional<Result<std::vector<HistoryEntry>>> history;
    std::vector<CallHandle> calls;
    calls.push_back(m_client->status(ticket(), [&](const Result<QueueStatus> &value) { status = value; }));
    calls.push_back(m_client->result(ticket(), [&](const ResultOutcome &value) { result = value; }));
    calls.push_back(m_client->cancel(ticket(), [&](const Result<CancelReply> &value) { cancelled = value; }));
    calls.push_back(m_client->history(m_endpoint, {}, [&](const Result<std::vector<HistoryEntry>> &value) { history = value; }));
    WAIT_FOR(status && result && cancelled && history);
    QVERIFY(!status->has_value());
    QVERIFY(result->error && !result->finalWord);
    QVERIFY(!cancelled->has_value());
    QVERIFY(!history->has_value());
}

void TestFalRequest::wholeInOddShapes_data()
{
    QTest::addColumn<FaultScript>("script");
    QTest::newRow("chunked") << FaultScript::Chunked;
    QTest::newRow("gzip") << FaultScript::Gzip;
}

void TestFalRequest::wholeInOddShapes()
{
    QFETCH(FaultScript, script);
    const QByteArray body = R"({"images":[{"url":"https://example.com/1.png"}],"description":"d"})";
    m_server->on("GET", "/", { .body = body }, script);
    std::optional<ResultOutcome> answer;
    const CallHandle call = m_client->result(ticket(), [&](const ResultOutcome &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QVERIFY(!answer->error);
    QCOMPARE(answer->reply, body);
}

void TestFalRequest::cancel()
{
    m_server->on("PUT", m_base + "/cancel", { .status = 202, .body = R"({"status":"CANCELLATION_REQUESTED"})" });
    std::optional<Result<CancelReply>> answer;
    const CallHandle call = m_client->cancel(ticket(), [&](const Result<CancelReply> &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QVERIFY(answer->has_value());
    QCOMPARE(answer->value().outcome, CancelOutcome::Requested);
    QCOMPARE(answer->value().word, u"CANCELLATION_REQUESTED"_s);
    QCOMPARE(m_server->seen().front().header("content-length"), "0");
    QVERIFY(m_server->seen().front().body.isEmpty());
}

void TestFalRequest::foreignTicketUrls()
{
    FaultServer second;
    m_server->on({}, "/", { .body = R"({"status":"COMPLETED"})" });
    Ticket foreign = ticket();
    foreign.statusUrl = foreign.responseUrl = foreign.cancelUrl = second.url(u"/x"_s);
    int answers = 0;
    std::vector<CallHandle> calls;
    calls.push_back(m_client->status(foreign, [&](const Result<QueueStatus> &) { ++answers; }));
    calls.push_back(m_client->result(foreign, [&](const ResultOutcome &) { ++answers; }));
    calls.push_back(m_client->cancel(foreign, [&](const Result<CancelReply> &) { ++answers; }));
    calls.push_back(m_client->follow(foreign, [](const QueueStatus &) {}, [&](const std::optional<Error> &) { ++answers; }));
    WAIT_COMPARE(answers, 4);
    QCOMPARE(second.connections(), 0);
    QCOMPARE(int(m_server->seen().size()), 4);

    m_server->clear();
    m_server->on({}, "/", { .body = R"({"status":"COMPLETED"})" });
    Ticket own = ticket();
    own.statusUrl = m_server->url(u"/elsewhere/status"_s);
    calls.clear();
    calls.push_back(m_client->status(own, [&](const Result<QueueStatus> &) { ++answers; }));
    WAIT_COMPARE(answers, 5);
    QCOMPARE(m_server->seen().front().path, "/elsewhere/status?logs=1");
}

void TestFalRequest::unusableTicket()
{
    Ticket bad = ticket();
    bad.requestId = u"../../../admin"_s;
    int answers = 0;
    std::vector<CallHandle> calls;
    calls.push_back(m_client->status(bad, [&](const Result<QueueStatus> &value) { answers += !value; }));
    calls.push_back(m_client->result(bad, [&](const ResultOutcome &value) { answers += value.error.has_value(); }));
    calls.push_back(m_client->cancel(bad, [&](const Result<CancelReply> &value) { answers += !value; }));
    calls.push_back(m_client->follow(bad, [](const QueueStatus &) {}, [&](const std::optional<Error> &error) { answers += error.has_value(); }));
    QCOMPARE(answers, 0);
    WAIT_COMPARE(answers, 4);
    QCOMPARE(m_server->connections(), 0);
}

void TestFalRequest::history()
{
    m_server->setAnswer([](const SeenRequest &request) {
        const bool second = request.path.contains("cursor=c%2F2");
        return FaultServer::Rule { .verb = {}, .path = {},
            .reply = { .body = second ? R"({"items":[{"request_id":"764cabcf-0002"}],"next_cursor":null,"has_more":false})"
                                      : R"({"items":[{"request_id":"764cabcf-0001","json_input":{"seed":7}}],"next_cursor":"c/2","has_more":true})" } };
    });
    std::optional<Result<std::vector<HistoryEntry>>> answer;
    const CallHandle call = m_client->history(m_endpoint, QDateTime({ 2026, 11, 22 }, { 8, 0 }, Qt::UTC),
        [&](const Result<std::vector<HistoryEntry>> &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QVERIFY(answer->has_value());
    QCOMPARE(answer->value().size(), size_t(2));
    QCOMPARE(answer->value()[1].requestId, u"764cabcf-0002"_s);
    const QUrl asked = QUrl::fromEncoded(m_server->seen().front().path);
    QCOMPARE(asked.path(), u"/v1/models/requests/by-endpoint"_s);
    const QUrlQuery query(asked);
    QCOMPARE(query.queryItemValue(u"endpoint_id"_s, QUrl::FullyDecoded), m_endpoint.text);
    QCOMPARE(query.queryItemValue(u"start"_s, QUrl::FullyDecoded), u"2026-11-22T08:00:00.000Z"_s);
    QCOMPARE(query.queryItemValue(u"expand"_s), u"payloads"_s);
    QCOMPARE(m_server->seen().front().header("authorization"), "Key id:word");
}

void TestFalRequest::historyStopsSomewhere()
{
    m_server->on("GET", "/", { .body = R"({"items":[{"request_id":"764cabcf-0001"}],"next_cursor":"again","has_more":true})" });
    std::optional<Result<std::vector<HistoryEntry>>> answer;
    const CallHandle call = m_client->history(m_endpoint, {}, [&](const Result<std::vector<HistoryEntry>> &value) { answer = value; });
    WAIT_FOR(answer.has_value());
    QCOMPARE(answer->value().size(), m_server->seen().size());
    QCOMPARE(m_server->seen().size(), size_t(20));
}

void TestFalRequest::checkKey_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("good");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("unknown request") << 404 << true << ErrorKind::NotFound;
    QTest::newRow("known, of all things") << 202 << true << ErrorKind::NotFound;
    QTest::newRow("wrong") << 401 << false << ErrorKind::BadKey;
    QTest::newRow("locked") << 403 << false << ErrorKind::Locked;
    QTest::newRow("fault") << 500 << false << ErrorKind::ServerFault;
}

void TestFalRequest::checkKey()
{
    QFETCH(int, status);
    QFETCH(bool, good);
    QFETCH(ErrorKind, kind);
    m_server->on("GET", "/", { .status = status, .body = R"({"status":"NOT_FOUND"})" });
    std::optional<std::optional<Error>> answer;
    const CallHandle call = m_client->checkKey(m_endpoint, [&](const std::optional<Error> &error) { answer = error; });
    WAIT_FOR(answer.has_value());
    QCOMPARE(answer->has_value(), !good);
    if (!good)
        QCOMPARE(answer->value().kind, kind);
    QVERIFY(m_server->seen().front().path.startsWith("/fal-ai/nano-banana-2/requests/"));
}

void TestFalRequest::callsWaitTheirTurn()
{
    // Six connections an origin; who waits for one is not timed out, and the time of waiting is not counted.
    FalLimits limits;
    limits.status.connect = limits.status.silence = limits.status.deadline = 900ms;
    m_client->setLimits(limits);
    m_server->on("GET", "/", {}, FaultScript::Stall);
    std::vector<CallHandle> calls;
    int silences = 0, others = 0;
    for (int i = 0; i < 18; ++i) {
        calls.push_back(m_client->status(ticket(), [&](const Result<QueueStatus> &value) {
            ++(!value && value.error().kind == ErrorKind::TimedOut ? silences : others);
        }));
    }
    WAIT_COMPARE(silences + others, 18);
    QCOMPARE(others, 0);
    QCOMPARE(m_server->count("GET"), 18);
}

void TestFalRequest::cancelledCalls()
{
    m_server->on({}, "/", {}, FaultScript::Stall);
    m_client->setLimits({});
    std::vector<CallHandle> calls;
    int answers = 0;
    for (int i = 0; i < 10; ++i) { // more than there are connections
        calls.push_back(m_client->status(ticket(), [&](const Result<QueueStatus> &value) {
            answers += !value && value.error().kind == ErrorKind::Cancelled;
        }));
    }
    calls.push_back(m_client->history(m_endpoint, {}, [&](const Result<std::vector<HistoryEntry>> &value) {
        answers += !value && value.error().kind == ErrorKind::Cancelled;
    }));
    for (const CallHandle &call : calls)
        call->cancel();
    QCOMPARE(answers, 11);
    for (const CallHandle &call : calls)
        call->cancel();
    QCOMPARE(answers, 11);
    calls.clear();
    WAIT_COMPARE(m_server->open(), 0);
}

QTEST_GUILESS_MAIN(TestFalRequest)
#include "tst_falrequest.moc"
