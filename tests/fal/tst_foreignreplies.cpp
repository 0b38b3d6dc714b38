#include "errorreply.h"
#include "eventstreamparser.h"
#include "exchangereplies.h"
#include "foreignjson.h"
#include "requesturls.h"
#include "urlgate.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;
using Fate = plantain::SubmitOutcome::Fate;

/// Every foreign document as the reply to every call, with every kind of status, and as a value inside of a reply that is
/// one. JSONTestSuite's where it is (tests/material.md), ours always.
class TestForeignReplies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void asAReply_data() { rows(); }
    void asAReply();
    void asAValue_data() { rows(); }
    void asAValue();
    void inAStream_data() { rows(); }
    void inAStream();

private:
    static void rows();
    static HttpOutcome reply(int status, const QByteArray &body);
};

namespace {

const Server fal = Server::fal();

bool isTyped(const Error &error)
{
    return error.kind == ErrorKind::BadReply || !error.type.isEmpty() || error.httpStatus >= 400;
}

} // namespace

void TestForeignReplies::initTestCase()
{
    const size_t count = foreignJson().size();
    QVERIFY(count >= 30);
    if (hasJsonSuite())
        QVERIFY(count >= 30 + 318 + 22);
}

void TestForeignReplies::rows()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("bad");
    for (const ForeignJson &document : foreignJson())
        QTest::newRow(qPrintable(document.name)) << document.bytes << (document.verdict == ForeignJson::Verdict::Bad);
}

HttpOutcome TestForeignReplies::reply(int status, const QByteArray &body)
{
    HttpOutcome outcome;
    outcome.head.status = status;
    outcome.head.headers = { { "content-type", "application/json" } };
    outcome.body = body;
    outcome.handedOut = 100;
    outcome.received = body.size();
    outcome.keySent = true;
    return outcome;
}

void TestForeignReplies::asAReply()
{
    QFETCH(QByteArray, bytes);
    // The large ones are about their size, which no status changes.
    const QList<int> codes = bytes.size() > 1'000'000 ? QList { 200, 422 } : QList { 200, 202, 400, 401, 403, 404, 408, 422, 429, 500, 502 };
    for (const int code : codes) {
        const HttpOutcome outcome = reply(code, bytes);
        const bool success = code < 300;

        // None of them is an id, so none of them is "accepted", and only a plain no is "refused".
        const SubmitOutcome submit = submitOutcomeOf(outcome, fal);
        const Fate fate = success || code == 408 || code >= 500 ? Fate::Unknown : code == 429 ? Fate::NotTaken : Fate::Refused;
        QCOMPARE(submit.fate, fate);
        QVERIFY(submit.error && isTyped(*submit.error));
        QVERIFY(submit.requestId.isEmpty());
        QCOMPARE(submit.reply, bytes.left(64 * 1024));

        const Result<QueueStatus> status = statusOf(outcome);
        if (status) // a text of three million letters is a status word that nobody knows
            QVERIFY(success && status->state == QueueStatus::State::Other && status->word.size() <= 200);
        else
            QVERIFY(isTyped(status.error()));

        const ResultOutcome result = resultOutcomeOf(outcome);
        QCOMPARE(result.reply, bytes); // kept as it came, whatever it is
        QVERIFY(success || (result.error && isTyped(*result.error)));
        const SyncOutcome sync = syncOutcomeOf(outcome);
        QVERIFY(success || sync.fate == fate);

        if (const Result<CancelReply> cancel = cancelReplyOf(outcome); !cancel)
            QVERIFY(isTyped(cancel.error()));
        const Result<UploadAddress> upload = uploadAddressOf(outcome, fal);
        QVERIFY(!upload && isTyped(upload.error()));
        if (const Result<HistoryPage> history = historyPageOf(outcome))
            QVERIFY(success && history->entries.empty());
        else
            QVERIFY(isTyped(history.error()));
        if (!success) {
            const Error error = errorOf(outcome);
            QCOMPARE(error.httpStatus, code);
            QVERIFY(error.message.size() <= 64 * 1024);
        }
    }
    const Result<ResultContent> content = parseResult(bytes);
    QVERIFY(!content || content->images.size() <= 1);
}

void TestForeignReplies::asAValue()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, bad);
    const SubmitOutcome submit
        = submitOutcomeOf(reply(200, R"({"request_id":"764cabcf-b745","status_url":)" + bytes + R"(,"queue_position":)" + bytes + "}"), fal);
    QVERIFY(submit.fate == Fate::Accepted || submit.fate == Fate::Unknown);
    QVERIFY(submit.statusUrl.isEmpty());
    if (submit.fate == Fate::Accepted)
        QCOMPARE(submit.requestId, u"764cabcf-b745"_s);
    else
        QVERIFY(bad || submit.error->type == u"json"_s || submit.error->type == u"too_deep"_s || submit.error->type == u"too_big"_s);

    for (const char *key : { "queue_position", "logs", "metrics", "error", "error_type" }) {
        const Result<QueueStatus> status = statusOf(reply(200, R"({"status":"COMPLETED",")" + QByteArray(key) + "\":" + bytes + "}"));
        QVERIFY(status ? status->logs.size() <= 10'000 && status->queuePosition.value_or(0) >= 0 : isTyped(status.error()));
    }
    for (const QByteArray &before : { QByteArray(R"({"images":)"), QByteArray(R"({"images":[{"url":"https://a.example/x","width":)"),
             QByteArray(R"({"description":"d","image":)") }) {
        const QByteArray after = before.endsWith("\"width\":") ? "}]}" : "}";
        const Result<ResultContent> content = parseResult(before + bytes + after);
        QVERIFY(content ? content->images.size() <= 1000 : isTyped(content.error()));
    }
    for (const char *key : { "detail", "error", "message" }) {
        const Error error = errorOf(reply(422, "{\"" + QByteArray(key) + "\":" + bytes + "}"));
        QCOMPARE(error.httpStatus, 422);
        QVERIFY(error.message.size() <= 64 * 1024);
    }
    const Result<HistoryPage> history = historyPageOf(reply(200, R"({"items":[{"request_id":"764cabcf-b745","json_input":)" + bytes + "}]}"));
    QVERIFY(history ? history->entries.size() <= 1 : isTyped(history.error()));
}

void TestForeignReplies::inAStream()
{
    QFETCH(QByteArray, bytes);
    EventStreamParser parser;
    const auto events = parser.feed("data: " + bytes + "\n\ndata: {\"status\":\"COMPLETED\"}\n\n");
    for (const StreamEvent &event : events) {
        if (const Result<QueueStatus> status = parseQueueStatus(event.data); !status)
            QCOMPARE(status.error().kind, ErrorKind::BadReply);
    }
    // What follows is read, unless a line was too long for any event.
    QVERIFY(parser.isBroken() || (!events.empty() && events.back().data == R"({"status":"COMPLETED"})"));
    QCOMPARE(parser.isBroken(), bytes.size() > EventStreamParser::Limits().line - 6);
}

QTEST_APPLESS_MAIN(TestForeignReplies)
#include "tst_foreignreplies.moc"
