#include "exchangereplies.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;
using Fate = plantain::SubmitOutcome::Fate;

class TestExchangeReplies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void submitByStatus_data();
    void submitByStatus();
    void submitWithoutReply_data();
    void submitWithoutReply();
    void submitBody_data();
    void submitBody();
    void submitUrls();
    void submitKeepsTheReply();
    void noKeyIsNotAWrongKey();
    void sync_data();
    void sync();
    void result();
    void cancel_data();
    void cancel();
    void uploadAddress_data();
    void uploadAddress();
    void history();
    void historyShapes();

private:
    static HttpOutcome reply(int status, const QByteArray &body, std::vector<std::pair<QByteArray, QByteArray>> headers = {});
};

namespace {

const Server fal = Server::fal();
const QByteArray goodId = "764cabcf-b745-4b3e-ae38-1200304cf45b";

} // namespace

HttpOutcome TestExchangeReplies::reply(int status, const QByteArray &body, std::vector<std::pair<QByteArray, QByteArray>> headers)
{
    HttpOutcome outcome;
    outcome.head = { .status = status, .headers = std::move(headers) };
    outcome.body = body;
    outcome.handedOut = 100;
    outcome.received = body.size();
    outcome.keySent = true;
    return outcome;
}

void TestExchangeReplies::submitByStatus_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Fate>("fate");
    for (const int status : { 400, 401, 402, 403, 404, 405, 413, 415, 422 })
        QTest::addRow("%d", status) << status << Fate::Refused;
    QTest::newRow("429") << 429 << Fate::NotTaken;
    for (const int status : { 300, 301, 302, 303, 304, 307, 308, 406, 408, 409, 410, 418, 499, 500, 501, 502, 503, 504, 520, 599 })
        QTest::addRow("%d", status) << status << Fate::Unknown;
    for (const int status : { 200, 201, 202 })
        QTest::addRow("%d", status) << status << Fate::Accepted;
}

void TestExchangeReplies::submitByStatus()
{
    QFETCH(int, status);
    QFETCH(Fate, fate);
    const QByteArray body = R"({"request_id":")" + goodId + R"(","detail":"d"})";
    const SubmitOutcome outcome = submitOutcomeOf(reply(status, body), fal);
    QCOMPARE(outcome.fate, fate);
    QCOMPARE(outcome.error.has_value(), fate != Fate::Accepted);
    // A refusal that was cut off in the middle is no complete reply.
    HttpOutcome torn = reply(status, body);
    torn.error = Error { .kind = ErrorKind::NoAnswer, .type = u"truncated"_s };
    QCOMPARE(submitOutcomeOf(torn, fal).fate, Fate::Unknown);
    QVERIFY(submitOutcomeOf(torn, fal).error.has_value());
}

void TestExchangeReplies::submitWithoutReply_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<qint64>("handedOut");
    QTest::addColumn<Fate>("fate");
    QTest::addColumn<ErrorKind>("reported");
    using K = ErrorKind;
    QTest::newRow("refused") << K::NotSent << qint64(0) << Fate::NotSent << K::NotSent;
    QTest::newRow("cancelled before") << K::Cancelled << qint64(0) << Fate::NotSent << K::Cancelled;
    QTest::newRow("one byte") << K::NoAnswer << qint64(1) << Fate::Unknown << K::NoAnswer;
    QTest::newRow("timed out") << K::TimedOut << qint64(9) << Fate::Unknown << K::NoAnswer;
    QTest::newRow("cancelled after") << K::Cancelled << qint64(9) << Fate::Unknown << K::Cancelled;
    QTest::newRow("bad endpoint") << K::BadEndpoint << qint64(0) << Fate::Refused << K::BadEndpoint;
}

void TestExchangeReplies::submitWithoutReply()
{
    QFETCH(ErrorKind, kind);
    QFETCH(qint64, handedOut);
    QFETCH(Fate, fate);
    QFETCH(ErrorKind, reported);
    HttpOutcome outcome;
    outcome.error = Error { .kind = kind };
    outcome.handedOut = handedOut;
    const SubmitOutcome submit = submitOutcomeOf(outcome, fal);
    QCOMPARE(submit.fate, fate);
    QCOMPARE(wordOf(submit.error->kind), wordOf(reported));
}

void TestExchangeReplies::submitBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("accepted");
    const QByteArray live = R"({"status":"IN_QUEUE","request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b",
        "response_url":"https://queue.fal.run/fal-ai/nano-banana/requests/764cabcf-b745-4b3e-ae38-1200304cf45b",
        "status_url":"https://queue.fal.run/fal-ai/nano-banana/requests/764cabcf-b745-4b3e-ae38-1200304cf45b/status",
        "cancel_url":"https://queue.fal.run/fal-ai/nano-banana/requests/764cabcf-b745-4b3e-ae38-1200304cf45b/cancel",
        "logs":null,"metrics":{},"queue_position":0})";
    QTest::newRow("as fal sends it") << live << true;
    QTest::newRow("only the id") << QByteArray(R"({"request_id":"01234567"})") << true;
    for (const char *body : { "", "{}", "[]", "null", "<html><title>Welcome</title></html>", R"({"request_id":null})",
             R"({"request_id":12345678})", R"({"request_id":["764cabcf-b745"]})", R"({"request_id":"../../etc"})",
             R"({"request_id":"764cabcf b745"})", R"({"request_id":"1234567"})", R"({"request_id":"764cabcf-b745\n"})",
             R"([{"request_id":"764cabcf-b745"}])", R"({"request_id":"764cabcf-b745")" })
        QTest::newRow(body) << QByteArray(body) << false;
    QTest::newRow("huge id") << R"({"request_id":")" + QByteArray(2'000'000, 'a') + "\"}" << false;
    QTest::newRow("deep") << QByteArray(200'000, '[') << false;
    for (const int cut : { 1, 20, 60, 200 })
        QTest::addRow("cut at %d", cut) << live.left(cut) << false;
}

void TestExchangeReplies::submitBody()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, accepted);
    const SubmitOutcome outcome = submitOutcomeOf(reply(200, body), fal);
    QCOMPARE(outcome.fate, accepted ? Fate::Accepted : Fate::Unknown);
    QCOMPARE(outcome.requestId.isEmpty(), !accepted);
    if (accepted)
        return;
    QCOMPARE(outcome.error->kind, ErrorKind::BadReply);
    QCOMPARE(outcome.error->httpStatus, 200);
    // The header may still name the run; it stays unknown, for the header alone is no acceptance.
    const SubmitOutcome named = submitOutcomeOf(reply(200, body, { { "x-fal-request-id", goodId } }), fal);
    QCOMPARE(named.fate, Fate::Unknown);
    QCOMPARE(named.requestId, QString::fromLatin1(goodId));
    QVERIFY(submitOutcomeOf(reply(200, body, { { "x-fal-request-id", "../x/../../y" } }), fal).requestId.isEmpty());
    QCOMPARE(submitOutcomeOf(reply(502, body, { { "X-Fal-Request-Id", goodId } }), fal).requestId, QString::fromLatin1(goodId));
}

void TestExchangeReplies::submitUrls()
{
    const SubmitOutcome own = submitOutcomeOf(reply(200,
        R"({"request_id":"01234567","queue_position":4,"status_url":"https://queue.fal.run/a/status","response_url":"https://queue.fal.run/a","cancel_url":"https://queue.fal.run/a/cancel"})"), fal);
    QCOMPARE(own.statusUrl.toString(), u"https://queue.fal.run/a/status"_s);
    QCOMPARE(own.responseUrl.toString(), u"https://queue.fal.run/a"_s);
    QCOMPARE(own.cancelUrl.toString(), u"https://queue.fal.run/a/cancel"_s);
    QCOMPARE(own.queuePosition, std::optional(4));
    const SubmitOutcome foreign = submitOutcomeOf(reply(200,
        R"({"request_id":"01234567","status_url":"https://evil.example/a","response_url":"https://me:x@queue.fal.run/a","cancel_url":"http://queue.fal.run/a"})"), fal);
    QCOMPARE(foreign.fate, Fate::Accepted);
    QVERIFY(foreign.statusUrl.isEmpty() && foreign.responseUrl.isEmpty() && foreign.cancelUrl.isEmpty());
    const SubmitOutcome odd = submitOutcomeOf(reply(200,
        R"({"request_id":"01234567","status_url":7,"response_url":null,"cancel_url":["https://queue.fal.run/a"],"queue_position":-1})"), fal);
    QVERIFY(odd.statusUrl.isEmpty() && odd.responseUrl.isEmpty() && odd.cancelUrl.isEmpty() && !odd.queuePosition);
}

void TestExchangeReplies::submitKeepsTheReply()
{
    QCOMPARE(submitOutcomeOf(reply(502, "<html>bad</html>"), fal).reply, "<html>bad</html>");
    QCOMPARE(submitOutcomeOf(reply(500, QByteArray(100'000, 'x')), fal).reply.size(), 64 * 1024);
    const SubmitOutcome page = submitOutcomeOf(reply(200, "<html><title>Sign in</title></html>", { { "Content-Type", "text/html" } }), fal);
    QCOMPARE(page.error->type, u"html"_s);
    QCOMPARE(page.error->message, u"Sign in"_s);
    const SubmitOutcome redirect = submitOutcomeOf(reply(307, "", { { "Location", "https://evil.example/" } }), fal);
    QCOMPARE(redirect.error->type, u"redirect"_s);
    const SubmitOutcome wait = submitOutcomeOf(reply(429, "", { { "Retry-After", "12" } }), fal);
    QCOMPARE(wait.error->retryAfterSeconds, 12);
    QCOMPARE(wait.error->kind, ErrorKind::RateLimited);
}

void TestExchangeReplies::noKeyIsNotAWrongKey()
{
    HttpOutcome outcome = reply(401, R"({"detail":"no"})");
    QCOMPARE(submitOutcomeOf(outcome, fal).error->kind, ErrorKind::BadKey);
    outcome.keySent = false;
    QCOMPARE(submitOutcomeOf(outcome, fal).error->kind, ErrorKind::NoKey);
}

void TestExchangeReplies::sync_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Fate>("fate");
    QTest::addColumn<bool>("error");
    QTest::newRow("good") << 200 << QByteArray(R"({"images":[]})") << Fate::Accepted << false;
    QTest::newRow("torn") << 200 << QByteArray(R"({"images":[)") << Fate::Accepted << true;
    QTest::newRow("policy") << 422 << QByteArray(R"({"detail":[{"msg":"m","type":"t"}]})") << Fate::Refused << true;
    QTest::newRow("many") << 429 << QByteArray() << Fate::NotTaken << true;
    QTest::newRow("fault") << 500 << QByteArray() << Fate::Unknown << true;
}

void TestExchangeReplies::sync()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Fate, fate);
    QFETCH(bool, error);
    const SyncOutcome outcome = syncOutcomeOf(reply(status, body, { { "x-fal-request-id", goodId } }));
    QCOMPARE(outcome.fate, fate);
    QCOMPARE(outcome.requestId, QString::fromLatin1(goodId));
    QCOMPARE(outcome.result.reply, body);
    QCOMPARE(outcome.result.error.has_value(), error);
}

void TestExchangeReplies::result()
{
    const QByteArray body = "{ \"images\":\t[],\"description\":\"\\u00fc\" }\n";
    const ResultOutcome good = resultOutcomeOf(reply(200, body, { { "X-Fal-Billable-Units", "1.025" } }));
    QVERIFY(!good.error);
    QCOMPARE(good.reply, body); // byte for byte
    QCOMPARE(good.billableUnits, std::optional(1.025));
    for (const char *units : { "", "many", "-1", "1,5" })
        QVERIFY(!resultOutcomeOf(reply(200, body, { { "X-Fal-Billable-Units", units } })).billableUnits);

    const ResultOutcome model = resultOutcomeOf(reply(422, R"({"detail":[{"loc":["body","prompt"],"msg":"m","type":"t"}]})"));
    QVERIFY(model.finalWord && model.error && !model.reply.isEmpty());
    QCOMPARE(model.error->kind, ErrorKind::Model);
    const ResultOutcome fault = resultOutcomeOf(reply(503, "x", { { "X-Fal-Error-Type", "runner_disconnected" } }));
    QVERIFY(fault.finalWord);
    const ResultOutcome weather = resultOutcomeOf(reply(502, "<html>"));
    QVERIFY(!weather.finalWord && weather.error);
    const ResultOutcome page = resultOutcomeOf(reply(200, "<html><title>Hi</title>"));
    QCOMPARE(page.error->type, u"html"_s);
    QVERIFY(!page.finalWord);
    QCOMPARE(resultOutcomeOf(reply(200, "")).error->kind, ErrorKind::BadReply);
    QCOMPARE(resultOutcomeOf(reply(400, R"({"detail":"Request is still in progress"})")).error->message,
        u"Request is still in progress"_s);
    HttpOutcome torn = reply(422, R"({"detail":[]})");
    torn.error = Error { .kind = ErrorKind::NoAnswer };
    QVERIFY(!resultOutcomeOf(torn).finalWord);
}

void TestExchangeReplies::cancel_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<CancelOutcome>("expected"); // NotAsked: an error
    using O = CancelOutcome;
    const auto row = [](int status, const char *body, O expected) {
        QTest::addRow("%d %s", status, body) << status << QByteArray(body) << expected;
    };
    row(202, R"({"status":"CANCELLATION_REQUESTED"})", O::Requested);
    row(202, "", O::Requested);
    row(200, R"({"status":"CANCELLATION_REQUESTED"})", O::Requested);
    row(200, R"({"status":"OK"})", O::Removed);
    row(202, R"({"status":"OK"})", O::Removed);
    row(200, R"({"success":true})", O::Removed);
    row(200, R"({"success":false})", O::TooLate);
    row(400, R"({"status":"ALREADY_COMPLETED"})", O::TooLate);
    row(404, R"({"status":"NOT_FOUND"})", O::NotKnown);
    row(404, "nothing", O::NotKnown);
    row(400, R"({"detail":"bad"})", O::NotAsked);
    row(200, "<html>", O::NotAsked);
    row(200, "{}", O::NotAsked);
    row(500, R"({"status":"OK"})", O::NotAsked);
    row(401, "", O::NotAsked);
}

void TestExchangeReplies::cancel()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(CancelOutcome, expected);
    const Result<CancelReply> result = cancelReplyOf(reply(status, body));
    QCOMPARE(result.has_value(), expected != CancelOutcome::NotAsked);
    if (result)
        QCOMPARE(result->outcome, expected);
}

void TestExchangeReplies::uploadAddress_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("good");
    QTest::newRow("good") << QByteArray(R"({"upload_url":"https://up.example.com/x?sig=a%2Fb","file_url":"https://v3.fal.media/x.png"})")
                          << true;
    for (const char *body : { "{}", "[]", "", R"({"upload_url":"https://a.example/x"})", R"({"file_url":"https://a.example/x"})",
             R"({"upload_url":"http://a.example/x","file_url":"https://a.example/x"})",
             R"({"upload_url":"https://a.example/x","file_url":"file:///x"})",
             R"({"upload_url":"https://127.0.0.1/x","file_url":"https://a.example/x"})",
             R"({"upload_url":"https://me@a.example/x","file_url":"https://a.example/x"})",
             R"({"upload_url":null,"file_url":null})" })
        QTest::newRow(body) << QByteArray(body) << false;
}

void TestExchangeReplies::uploadAddress()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, good);
    const Result<UploadAddress> address = uploadAddressOf(reply(200, body), fal);
    QCOMPARE(address.has_value(), good);
    if (good)
        QCOMPARE(address->upload.toEncoded(), "https://up.example.com/x?sig=a%2Fb");
    QVERIFY(!uploadAddressOf(reply(500, body), fal));
}

void TestExchangeReplies::history()
{
    const Result<HistoryPage> page = historyPageOf(reply(200, R"({"items":[
        {"request_id":"764cabcf-b745","endpoint_id":"a/b","started_at":"2026-11-22T08:00:01Z","sent_at":"2026-11-22T08:00:00Z",
         "ended_at":"2026-11-22T08:00:05.500Z","status_code":200,"json_input":{"prompt":"x","seed":7},"json_output":{"images":[]}},
        {"request_id":"764cabcf-0002","sent_at":"2026-11-22T08:00:00","status_code":"200","json_input":"{\"prompt\":\"y\"}"},
        {"request_id":"../bad"},{"id":7},null,3],
        "next_cursor":"c2","has_more":true})"));
    QVERIFY(page);
    QCOMPARE(page->entries.size(), size_t(2));
    const HistoryEntry &first = page->entries[0];
    QCOMPARE(first.requestId, u"764cabcf-b745"_s);
    QCOMPARE(toBytes(first.input), R"({"prompt":"x","seed":7})");
    QCOMPARE(first.startedAt, QDateTime({ 2026, 11, 22 }, { 8, 0, 1 }, Qt::UTC));
    QCOMPARE(first.endedAt, QDateTime({ 2026, 11, 22 }, { 8, 0, 5, 500 }, Qt::UTC));
    QCOMPARE(first.statusCode, 200);
    QCOMPARE(page->entries[1].startedAt, QDateTime({ 2026, 11, 22 }, { 8, 0, 0 }, Qt::UTC));
    QCOMPARE(page->entries[1].statusCode, 0);
    QCOMPARE(stringAt(page->entries[1].input, "prompt"), u"y"_s);
    QCOMPARE(page->nextCursor, u"c2"_s);
}

void TestExchangeReplies::historyShapes()
{
    const auto inputOf = [](const QByteArray &rest) {
        const Result<HistoryPage> page = historyPageOf(reply(200, R"({"requests":[{"request_id":"764cabcf-b745")" + rest + "}]}"));
        return page && !page->entries.empty() ? toBytes(page->entries.front().input) : QByteArray("none");
    };
    QCOMPARE(inputOf(R"(,"input":{"a":1})"), R"({"a":1})");
    QCOMPARE(inputOf(R"(,"payload":{"a":1})"), R"({"a":1})");
    QCOMPARE(inputOf(R"(,"payload":{"input":{"a":1},"output":{"b":2}})"), R"({"a":1})");
    QCOMPARE(inputOf(R"(,"payloads":{"json_input":{"a":1},"json_output":{}})"), R"({"a":1})");
    QCOMPARE(inputOf(""), "{}");
    QCOMPARE(inputOf(R"(,"input":[1])"), "{}");
    QVERIFY(historyPageOf(reply(200, R"({"items":[],"next_cursor":"x","has_more":false})"))->nextCursor.isEmpty());
    QVERIFY(historyPageOf(reply(200, R"({"items":[],"next_cursor":null})"))->nextCursor.isEmpty());
    QVERIFY(!historyPageOf(reply(200, "{}")));
    QVERIFY(!historyPageOf(reply(200, "[]")));
    const Result<HistoryPage> refused
        = historyPageOf(reply(401, R"({"error":{"type":"authorization_error","message":"Key needed"}})"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().message, u"Key needed"_s);
}

QTEST_APPLESS_MAIN(TestExchangeReplies)
#include "tst_exchangereplies.moc"
