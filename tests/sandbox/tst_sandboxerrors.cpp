#include "errortypes.h"
#include "sandboxprobe.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QByteArray app = "/fal-ai/nano-banana-2";

} // namespace

/// What is wrong with an input, and every error the documents name (fal-protocol.md 4).
class tst_SandboxErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theTablesAreWhole();
    void validation_data();
    void validation();
    void severalAtOnce();
    void accepted_data();
    void accepted();
    void modelErrors_data();
    void modelErrors();
    void requestErrors_data();
    void requestErrors();
    void plainCodes();
    void webPages();
    void resultsOnDemand();
    void unknownWordsAreNamed();

private:
    EndpointCatalog m_catalog = bundledCatalog();
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<SandboxProbe> m_server;
};

void tst_SandboxErrors::initTestCase()
{
    auto sandbox = Sandbox::start({ .latencySeconds = 0 }, m_catalog);
    QVERIFY(sandbox.has_value());
    m_sandbox = std::move(*sandbox);
    m_server = std::make_unique<SandboxProbe>(quint16(m_sandbox->base().port()));
    QVERIFY(m_catalog.find({ u"fal-ai/nano-banana-2/edit"_s }));
}

void tst_SandboxErrors::theTablesAreWhole()
{
    QCOMPARE(modelErrorTypes().size(), size_t(31));
    QCOMPARE(requestErrorTypes().size(), size_t(13));
    for (const ModelErrorType &entry : modelErrorTypes()) {
        QVERIFY(!entry.message.isEmpty());
        const QByteArray context(entry.context.data(), entry.context.size());
        QVERIFY2(context.isEmpty() || parseJson(context).has_value(), entry.type.data());
    }
}

void tst_SandboxErrors::validation_data()
{
    QTest::addColumn<QByteArray>("endpoint");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("context"); // empty: not looked at
    const QByteArray text = "fal-ai/nano-banana-2";
    const QByteArray edit = "fal-ai/nano-banana-2/edit";
    const auto add = [](const char *name, const QByteArray &endpoint, const QByteArray &body, const char *type,
                        const char *location, const char *context = "") {
        QTest::newRow(name) << endpoint << body << QString::fromLatin1(type) << QByteArray(location) << QByteArray(context);
    };
    add("no body", text, "", "missing", R"(["body"])");
    add("no json", text, "{\"prompt\":", "json_invalid", R"(["body"])");
    add("no object", text, "[1]", "dict_type", R"(["body"])");
    add("bare text", text, "\"a dog\"", "dict_type", R"(["body"])");
    add("no prompt", text, "{}", "missing", R"(["body","prompt"])");
    add("prompt too short", text, R"({"prompt":"ab"})", "string_too_short", R"(["body","prompt"])", R"({"min_length":3})");
    add("prompt too long", text, R"({"prompt":")" + QByteArray(60000, 'a') + R"("})", "string_too_long",
        R"(["body","prompt"])", R"({"max_length":50000})");
    add("prompt a number", text, R"({"prompt":7})", "string_type", R"(["body","prompt"])");
    add("prompt null", text, R"({"prompt":null})", "string_type", R"(["body","prompt"])");
    add("too few images", text, R"({"prompt":"a dog","num_images":0})", "greater_than_equal", R"(["body","num_images"])",
        R"({"ge":1})");
    add("too many images", text, R"({"prompt":"a dog","num_images":5})", "less_than_equal", R"(["body","num_images"])",
        R"({"le":4})");
    add("images no number", text, R"({"prompt":"a dog","num_images":"some"})", "int_parsing", R"(["body","num_images"])");
    add("half an image", text, R"({"prompt":"a dog","num_images":1.5})", "int_from_float", R"(["body","num_images"])");
    add("unknown ratio", text, R"({"prompt":"a dog","aspect_ratio":"7:3"})", "literal_error", R"(["body","aspect_ratio"])");
    add("unknown resolution", text, R"({"prompt":"a dog","resolution":"8K"})", "literal_error", R"(["body","resolution"])",
        R"({"expected":"'0.5K', '1K', '2K' or '4K'"})");
    add("tolerance a number", text, R"({"prompt":"a dog","safety_tolerance":4})", "literal_error",
        R"(["body","safety_tolerance"])");
    add("sync no boolean", text, R"({"prompt":"a dog","sync_mode":"maybe"})", "bool_parsing", R"(["body","sync_mode"])");
    add("resolution of the first model", "fal-ai/nano-banana", R"({"prompt":"a dog","aspect_ratio":"auto"})", "literal_error",
        R"(["body","aspect_ratio"])");
    add("edit without medium", edit, R"({"prompt":"a dog"})", "missing", R"(["body","image_urls"])");
    add("edit of a text", edit, R"({"prompt":"a dog","image_urls":"x"})", "list_type", R"(["body","image_urls"])");
    QByteArray many;
    for (int i = 0; i < 15; ++i)
        many += (i == 0 ? "" : ",") + QByteArray("\"data:image/png;base64,AAAA\"");
    add("15 references", edit, R"({"prompt":"a dog","image_urls":[)" + many + "]}", "sequence_too_long",
        R"(["body","image_urls"])", R"({"max_length":14})");
    add("a strange host", edit, R"({"prompt":"a dog","image_urls":["https://example.com/a.png"]})", "file_download_error",
        R"(["body","image_urls",0])");
    add("a file", edit, R"({"prompt":"a dog","image_urls":["file:///etc/passwd"]})", "file_download_error",
        R"(["body","image_urls",0])");
    add("loopback elsewhere", edit, R"({"prompt":"a dog","image_urls":["http://127.0.0.1:9/files/b/x/y.png"]})",
        "file_download_error", R"(["body","image_urls",0])");
    add("no picture", edit, R"({"prompt":"a dog","image_urls":["data:image/png;base64,AAAA"]})", "image_load_error",
        R"(["body","image_urls",0])");
    add("no base64", edit, R"({"prompt":"a dog","image_urls":["data:image/png;base64,@@@@"]})", "file_download_error",
        R"(["body","image_urls",0])");
    add("a strange film", edit, R"({"prompt":"a dog","video_url":"https://example.com/a.mp4"})", "file_download_error",
        R"(["body","video_url"])");
}

void tst_SandboxErrors::validation()
{
    QFETCH(QByteArray, endpoint);
    QFETCH(QByteArray, body);
    QFETCH(QString, type);
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, context);
    // The submit is taken; the runner refuses (fal-protocol.md 2).
    const RawReply submitted = m_server->send("POST", '/' + endpoint, body);
    QCOMPARE(submitted.status, 200);
    const QByteArray id = stringAt(submitted.json(), "request_id").toLatin1();
    const QByteArray base = endpoint.split('/').first(2).join('/');
    m_server->follow(id, false, base);
    const RawReply result = m_server->get('/' + base + "/requests/" + id);
    QCOMPARE(result.status, 422);
    QCOMPARE(result.header("x-fal-billable-units"), QByteArray("0"));
    const Json detail = result.json()["detail"];
    QVERIFY2(detail.is_array() && detail.size() == 1, result.body.constData());
    QCOMPARE(stringAt(detail[0], "type"), type);
    QCOMPARE(toBytes(detail[0]["loc"]), location);
    QVERIFY(!stringAt(detail[0], "msg").isEmpty());
    if (!context.isEmpty())
        QCOMPARE(toBytes(detail[0]["ctx"]), context);
}

void tst_SandboxErrors::severalAtOnce()
{
    const Json detail = m_server->complete({ { "num_images", 9 }, { "resolution", "x" } }).json()["detail"];
    QCOMPARE(detail.size(), size_t(3));
    QCOMPARE(toBytes(detail[0]["loc"]), QByteArray(R"(["body","prompt"])"));
    QCOMPARE(toBytes(detail[1]["loc"]), QByteArray(R"(["body","num_images"])"));
    QCOMPARE(toBytes(detail[2]["loc"]), QByteArray(R"(["body","resolution"])"));
}

void tst_SandboxErrors::accepted_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("unknown key") << QByteArray(R"("cfg_scale":7)");
    QTest::newRow("alias") << QByteArray(R"("enable_google_search":true)");
    QTest::newRow("null of an optional value") << QByteArray(R"("seed":null,"thinking_level":null)");
    QTest::newRow("number as text") << QByteArray(R"("num_images":"2")");
    QTest::newRow("whole float") << QByteArray(R"("num_images":2.0)");
}

void tst_SandboxErrors::accepted()
{
    QFETCH(QByteArray, more);
    const QByteArray body = R"({"prompt":"sandbox: size=16x16",)" + more + '}';
    QCOMPARE(m_server->complete(parseJson(body).value()).status, 200);
}

void tst_SandboxErrors::modelErrors_data()
{
    QTest::addColumn<QString>("type");
    for (const ModelErrorType &entry : modelErrorTypes())
        QTest::newRow(entry.type.data()) << QString(entry.type);
}

void tst_SandboxErrors::modelErrors()
{
    QFETCH(QString, type);
    const ModelErrorType &entry = *findModelError(type);
    const QByteArray id = m_server->submit({ { "prompt", "a dog\nsandbox: error=" + type.toStdString() } });
    const std::vector<Json> events = m_server->follow(id, false);
    QCOMPARE(stringAt(events.back(), "error_type"), type);
    QVERIFY(!stringAt(events.back(), "error").isEmpty());
    const RawReply result = m_server->get(app + "/requests/" + id);
    QCOMPARE(result.status, entry.status);
    QCOMPARE(result.header("x-fal-retryable"), QByteArray(entry.retryable ? "true" : "false"));
    QCOMPARE(result.header("x-fal-request-id"), id);
    const Json detail = result.json()["detail"];
    QVERIFY(detail.is_array());
    QCOMPARE(stringAt(detail[0], "type"), type);
    QCOMPARE(stringAt(detail[0], "msg"), QString(entry.message));
    QCOMPARE(stringAt(Json { { "x", detail[0]["loc"][0] } }, "x"), u"body"_s);
    QCOMPARE(detail[0].contains("ctx"), !entry.context.isEmpty());
}

void tst_SandboxErrors::requestErrors_data()
{
    QTest::addColumn<QString>("type");
    for (const RequestErrorType &entry : requestErrorTypes())
        QTest::newRow(entry.type.data()) << QString(entry.type);
}

void tst_SandboxErrors::requestErrors()
{
    QFETCH(QString, type);
    const QByteArray id = m_server->submit({ { "prompt", "a dog\nsandbox: error=" + type.toStdString() } });
    QCOMPARE(stringAt(m_server->follow(id, false).back(), "error_type"), type);
    const RawReply result = m_server->get(app + "/requests/" + id);
    QCOMPARE(result.status, findRequestError(type)->status);
    QCOMPARE(result.header("x-fal-error-type"), type.toLatin1());
    QCOMPARE(stringAt(result.json(), "error_type"), type);
    QVERIFY(result.json()["detail"].is_string());
}

void tst_SandboxErrors::plainCodes()
{
    for (const int code : { 400, 404, 409, 429, 500, 503 }) {
        const RawReply result = m_server->complete({ { "prompt", "sandbox: http=" + std::to_string(code) } });
        QCOMPARE(result.status, code);
        QVERIFY(result.json()["detail"].is_string());
        QVERIFY(!result.json().contains("error_type"));
    }
}

void tst_SandboxErrors::webPages()
{
    for (const int code : { 200, 502 }) {
        const RawReply result = m_server->complete({ { "prompt", "sandbox: html=" + std::to_string(code) } });
        QCOMPARE(result.status, code);
        QCOMPARE(result.header("content-type"), QByteArray("text/html"));
        QVERIFY(result.body.contains("<html>"));
    }
}

void tst_SandboxErrors::resultsOnDemand()
{
    const auto ask = [this](const char *word) {
        return m_server->complete({ { "prompt", "sandbox: size=8x8 result=" + std::string(word) } });
    };
    const RawReply noImages = ask("noimages");
    QCOMPARE(noImages.status, 200);
    QVERIFY(noImages.json().is_object() && !noImages.json().contains("images"));
    const RawReply broken = ask("broken");
    QCOMPARE(broken.status, 200);
    QVERIFY(broken.whole && broken.json().is_null());
    const RawReply cut = ask("cut");
    QCOMPARE(cut.status, 200);
    QVERIFY(!cut.whole);
    QCOMPARE(ask("gone").status, 404);
}

void tst_SandboxErrors::unknownWordsAreNamed()
{
    const QByteArray id = m_server->submit({ { "prompt", "sandbox: imges=2 images=0" } });
    m_server->follow(id, false);
    QVERIFY(m_server->get(app + "/requests/" + id + "/status?logs=1").body.contains("imges=2"));
}

QTEST_MAIN(tst_SandboxErrors)
#include "tst_sandboxerrors.moc"
