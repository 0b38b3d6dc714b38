#include "errorreply.h"

#include <QDateTime>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;
Q_DECLARE_METATYPE(Headers)

class TestErrorReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reply_data();
    void reply();
    void retryable();
    void finalWord_data();
    void finalWord();
    void field_data();
    void field();
    void retryAfter_data();
    void retryAfter();
    void firstLine_data();
    void firstLine();
    void bodyOfAnyKind();
};

void TestErrorReply::reply_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("field");
    const Headers none;
    const auto row = [](const char *name, int status, const QByteArray &body, const Headers &headers, ErrorKind kind,
                         const QString &type, const QString &message, const QString &at = {}) {
        QTest::newRow(name) << status << body << headers << kind << type << message << at;
    };
    using K = ErrorKind;
    row("content policy", 422,
        R"({"detail":[{"loc":["body","prompt"],"msg":"Flagged.","type":"content_policy_violation","url":"u","input":"x"}]})",
        none, K::Model, u"content_policy_violation"_s, u"Flagged."_s, u"prompt"_s);
    row("index in a list", 422,
        R"({"detail":[{"loc":["body","image_urls",0],"msg":"Too big","type":"file_too_large","ctx":{"max_size":5}}]})", none,
        K::Model, u"file_too_large"_s, u"Too big"_s, u"image_urls/0"_s);
    row("no field", 422, R"({"detail":[{"loc":["body"],"msg":"Nothing made","type":"no_media_generated"}]})", none, K::Model,
        u"no_media_generated"_s, u"Nothing made"_s);
    row("two of them", 422,
        R"({"detail":[{"loc":["body","prompt"],"msg":"a","type":"missing"},{"loc":["body","seed"],"msg":"b","type":"int_parsing"}]})",
        none, K::Model, u"missing"_s, u"a\nseed: b"_s, u"prompt"_s);
    row("model error with 500", 500, R"({"detail":[{"loc":["body"],"msg":"m","type":"internal_server_error"}]})", none, K::Model,
        u"internal_server_error"_s, u"m"_s);
    row("strange list", 422, R"({"detail":["text",null,{"msg":7,"loc":"prompt"}]})", none, K::Model, {}, {}, u"prompt"_s);
    row("empty list", 422, R"({"detail":[]})", none, K::Model, {}, {});
    row("infrastructure", 504, R"({"detail":"Timed out","error_type":"request_timeout"})",
        { { "X-Fal-Error-Type", "request_timeout" } }, K::Infrastructure, u"request_timeout"_s, u"Timed out"_s);
    row("infrastructure, header only", 503, "", { { "x-fal-error-type", "runner_disconnected" } }, K::Infrastructure,
        u"runner_disconnected"_s, {});
    row("infrastructure, body only", 502, R"({"detail":"x","error_type":"runner_incomplete_response"})", none, K::Infrastructure,
        u"runner_incomplete_response"_s, u"x"_s);
    row("cancelled", 499, R"({"detail":"Client cancelled","error_type":"client_cancelled"})", none, K::Infrastructure,
        u"client_cancelled"_s, u"Client cancelled"_s);
    row("unknown type word", 500, R"({"detail":"x","error_type":"new_word"})", none, K::ServerFault, u"new_word"_s, u"x"_s);
    row("wrong key", 401, R"({"detail":"invalid key credentials"})", none, K::BadKey, {}, u"invalid key credentials"_s);
    row("no balance", 403, R"({"detail":"User is locked. Reason: Exhausted balance."})", none, K::Locked, {},
        u"User is locked. Reason: Exhausted balance."_s);
    row("payment required", 402, R"({"detail":"Pay"})", none, K::Locked, {}, u"Pay"_s);
    row("unknown app", 404, R"({"detail":"Application \"x\" not found"})", none, K::NotFound, {}, u"Application \"x\" not found"_s);
    row("unknown request", 404, R"({"status":"NOT_FOUND"})", none, K::NotFound, {}, {});
    row("gone", 410, "", none, K::Expired, {}, {});
    row("too many", 429, R"({"detail":"Slow down","error_type":"concurrent_requests_limit"})", none, K::RateLimited,
        u"concurrent_requests_limit"_s, u"Slow down"_s);
    row("too many, listed", 429, R"({"detail":[{"msg":"x","type":"t","loc":[]}]})", none, K::RateLimited, u"t"_s, u"x"_s);
    row("still in progress", 400, R"({"detail":"Request is still in progress"})", none, K::Refused, {},
        u"Request is still in progress"_s);
    row("method", 405, R"({"detail":"Method Not Allowed"})", none, K::Refused, {}, u"Method Not Allowed"_s);
    row("platform", 404, R"({"error":{"type":"not_found","message":"No such model","docs_url":"d"}})", none, K::NotFound,
        u"not_found"_s, u"No such model"_s);
    row("error as text", 500, R"({"error":"it broke"})", none, K::ServerFault, {}, u"it broke"_s);
    row("message", 500, R"({"message":"it broke"})", none, K::ServerFault, {}, u"it broke"_s);
    row("detail object", 400, R"({"detail":{"message":"hm"}})", none, K::Refused, {}, u"hm"_s);
    row("JSON text", 500, R"("Internal Server Error")", none, K::ServerFault, {}, u"Internal Server Error"_s);
    row("JSON null", 404, "null", none, K::NotFound, {}, {});
    row("plain text", 500, "Internal Server Error\nmore", none, K::ServerFault, {}, u"Internal Server Error"_s);
    row("page", 502,
        "<!DOCTYPE html>\n<html><head><style>a { b }</style><title>502 Bad Gateway</title></head>\n<body><h1>x</h1></body></html>",
        none, K::ServerFault, {}, u"502 Bad Gateway"_s);
    row("timeout", 408, "", none, K::TimedOut, {}, {});
    row("redirect", 302, "", { { "Location", "https://x/" } }, K::BadReply, u"redirect"_s, {});
    row("teapot", 418, "", none, K::Refused, {}, {});
}

void TestErrorReply::reply()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Headers, headers);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, type);
    QFETCH(QString, message);
    QFETCH(QString, field);
    const Error error = errorOfReply({ .status = status, .headers = headers }, body);
    QCOMPARE(wordOf(error.kind), wordOf(kind));
    QCOMPARE(error.type, type);
    QCOMPARE(error.message, message);
    QCOMPARE(error.field, field);
    QCOMPARE(error.httpStatus, status);
    QVERIFY(!error.retryable);
}

void TestErrorReply::retryable()
{
    const auto of = [](const QByteArray &value) {
        return errorOfReply({ .status = 500, .headers = { { "X-Fal-Retryable", value } } }, {}).retryable;
    };
    QCOMPARE(of("true"), std::optional(true));
    QCOMPARE(of("False"), std::optional(false));
    QCOMPARE(of("perhaps"), std::nullopt);
    QCOMPARE(errorOfReply({ .status = 429, .headers = { { "Retry-After", "7" } } }, {}).retryAfterSeconds, 7);
}

void TestErrorReply::finalWord_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("header");
    QTest::addColumn<bool>("isFinal");
    QTest::newRow("list") << 422 << QByteArray(R"({"detail":[{"msg":"x"}]})") << false << true;
    QTest::newRow("list with 500") << 500 << QByteArray(R"({"detail":[]})") << false << true;
    QTest::newRow("header") << 504 << QByteArray() << true << true;
    QTest::newRow("text") << 422 << QByteArray(R"({"detail":"x"})") << false << false;
    QTest::newRow("type in the body alone") << 503 << QByteArray(R"({"detail":"x","error_type":"y"})") << false << false;
    QTest::newRow("page") << 502 << QByteArray("<html>") << false << false;
    QTest::newRow("a result with such a field") << 200 << QByteArray(R"({"detail":[1]})") << true << false;
}

void TestErrorReply::finalWord()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, header);
    QFETCH(bool, isFinal);
    HttpHead head { .status = status, .headers = {} };
    if (header)
        head.headers.emplace_back("X-Fal-Error-Type", "runner_server_error");
    QCOMPARE(isFinalWord(head, body), isFinal);
}

void TestErrorReply::field_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("field");
    QTest::newRow("body") << QByteArray(R"(["body"])") << QString();
    QTest::newRow("simple") << QByteArray(R"(["body","prompt"])") << u"prompt"_s;
    QTest::newRow("index") << QByteArray(R"(["body","image_urls",3])") << u"image_urls/3"_s;
    QTest::newRow("body inside") << QByteArray(R"(["body","a","body"])") << u"a/body"_s;
    QTest::newRow("query") << QByteArray(R"(["query","logs"])") << u"query/logs"_s;
    QTest::newRow("text") << QByteArray(R"("prompt")") << u"prompt"_s;
    QTest::newRow("odd parts") << QByteArray(R"(["body",null,{"a":1},1.5,"x"])") << u"x"_s;
    QTest::newRow("number") << QByteArray("5") << QString();
}

void TestErrorReply::field()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, field);
    QCOMPARE(fieldOf(*parseJson(location)), field);
}

void TestErrorReply::retryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("seconds");
    QTest::newRow("none") << QByteArray() << 0;
    QTest::newRow("seconds") << QByteArray("30") << 30;
    QTest::newRow("blanks") << QByteArray(" 30 ") << 30;
    QTest::newRow("part of a second") << QByteArray("1.2") << 2;
    QTest::newRow("zero") << QByteArray("0") << 1;
    QTest::newRow("a day") << QByteArray("86400") << 900;
    QTest::newRow("absurd") << QByteArray(500, '9') << 900;
    QTest::newRow("negative") << QByteArray("-5") << 0;
    QTest::newRow("word") << QByteArray("soon") << 0;
    QTest::newRow("dots") << QByteArray("1.2.3") << 0;
    QTest::newRow("date") << QByteArray("Sun, 22 Nov 2026 08:00:45 GMT") << 45;
    QTest::newRow("date past") << QByteArray("Sun, 22 Nov 2026 07:00:00 GMT") << 1;
    QTest::newRow("date far") << QByteArray("Mon, 22 Nov 2027 08:00:00 GMT") << 900;
    QTest::newRow("no date") << QByteArray("Sun, 99 Nov 2026 08:00:45 GMT") << 0;
}

void TestErrorReply::retryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(int, seconds);
    QCOMPARE(retryAfterSeconds(value, QDateTime({ 2026, 11, 22 }, { 8, 0 }, Qt::UTC)), seconds);
}

void TestErrorReply::firstLine_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("line");
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("text") << QByteArray("\n\n  upstream   timed out \nmore") << u"upstream timed out"_s;
    QTest::newRow("script") << QByteArray("<script>alert(1)\n</script><!-- c\n --><p>Sorry &lt;you&gt; &amp;amp;</p>")
                            << u"Sorry <you> &amp;"_s;
    QTest::newRow("title first") << QByteArray("<html><title>Busy</title><h1>x") << u"Busy"_s;
    QTest::newRow("not UTF-8") << QByteArray("\xFF\xFE" "x") << u"\uFFFD\uFFFDx"_s;
    QTest::newRow("long") << QByteArray(10'000, 'x') << QString(200, u'x');
}

void TestErrorReply::firstLine()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, line);
    QCOMPARE(plainFirstLine(body), line);
}

// Truncated anywhere, an error reply is still an error of the same status.
void TestErrorReply::bodyOfAnyKind()
{
    const QByteArray body = R"({"detail":[{"loc":["body","image_urls",0],"msg":"m","type":"t","ctx":{"a":[1,2]}}]})";
    for (qsizetype i = 0; i <= body.size(); ++i) {
        const Error error = errorOfReply({ .status = 422, .headers = {} }, body.left(i));
        QCOMPARE(error.httpStatus, 422);
        QCOMPARE(wordOf(error.kind), wordOf(i == body.size() ? ErrorKind::Model : ErrorKind::Refused));
    }
    const QByteArray deep = QByteArray(200'000, '[');
    QCOMPARE(errorOfReply({ .status = 500, .headers = {} }, deep).kind, ErrorKind::ServerFault);
}

QTEST_APPLESS_MAIN(TestErrorReply)
#include "tst_errorreply.moc"
