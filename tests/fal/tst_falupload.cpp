#include "falclient.h"
#include "fallimits.h"
#include "faultserver.h"
#include "json.h"
#include "testwait.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Files into the storage (fal-protocol.md 7.1), whole and in parts.
class TestFalUpload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void inOnePiece();
    void large();
    void asksForALifetime();
    void initiateErrors_data();
    void initiateErrors();
    void putScripts_data();
    void putScripts();
    void storageSaysNo_data();
    void storageSaysNo();
    void sourceTrouble();
    void cancelled();

    void inParts();
    void partsWithoutBody();
    void goesOnByPart();
    void onlyTheWordIsMissing();
    void aPartThatFailsKeepsTheOthers();
    void partsCancelled();

private:
    struct Upload
    {
        qint64 sent = 0, total = 0;
        int times = 0;
        std::vector<PartsUpload> stored;
        std::optional<Result<QUrl>> result;
    };
    QString fileOf(const QByteArray &bytes);
    CallHandle upload(const UploadPlan &plan, Upload &into);
    UploadPlan planOf(const QByteArray &bytes, qint64 partBytes = 0);
    void offerStorage();
    QByteArray received() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<FalClient> m_client;
};

void TestFalUpload::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<FalClient>(Server::at(m_server->url()), [] { return QByteArray("id:word"); });
    FalLimits limits;
    for (HttpLimits *one : { &limits.upload, &limits.initiate }) {
        one->silence = 800ms;
        one->deadline = 5s;
    }
    m_client->setLimits(limits);
}

void TestFalUpload::cleanup()
{
    m_client.reset();
    m_server.reset();
}

QString TestFalUpload::fileOf(const QByteArray &bytes)
{
    QFile file(m_folder->filePath(u"source"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("the source cannot be written");
    return file.fileName();
}

UploadPlan TestFalUpload::planOf(const QByteArray &bytes, qint64 partBytes)
{
    return { .file = fileOf(bytes), .name = u"pic \"ü\".png"_s, .contentType = u"image/png"_s, .partBytes = partBytes };
}

CallHandle TestFalUpload::upload(const UploadPlan &plan, Upload &into)
{
    return m_client->upload(plan,
        { .progressed =
                [&into](qint64 sent, qint64 total) {
                    into.sent = sent;
                    into.total = total;
                },
            .stored = [&into](const PartsUpload &begun) { into.stored.push_back(begun); },
            .finished =
                [&into](const Result<QUrl> &result) {
                    ++into.times;
                    into.result = result;
                } });
}

/// One address for all; a part is answered with its number as etag.
void TestFalUpload::offerStorage()
{
    const Json reply { { "upload_url", m_server->url(u"/put/1"_s).toString().toStdString() + "?sig=a%2Fb" },
        { "file_url", m_server->url(u"/files/1.png"_s).toString().toStdString() } };
    m_server->on("POST", "/storage/upload/initiate", { .body = toBytes(reply) });
    m_server->on("PUT", "/put/1", { .body = {} });
    for (int part = 1; part < 10; ++part) {
        m_server->on("PUT", "/put/1/" + QByteArray::number(part),
            { .body = toBytes(Json { { "partNumber", part }, { "etag", "\"e" + std::to_string(part) + "\"" } }) });
    }
    m_server->on("POST", "/put/1/complete", {});
}

/// The parts that came, in their order.
QByteArray TestFalUpload::received() const
{
    QMap<QByteArray, QByteArray> parts;
    for (const SeenRequest &seen : m_server->seen()) {
        if (seen.verb == "PUT")
            parts.insert(seen.path, seen.body);
    }
    return parts.values().join();
}

void TestFalUpload::inOnePiece()
{
    offerStorage();
    Upload up;
    const CallHandle call = upload(planOf("picture bytes"), up);
    QCOMPARE(up.times, 0);
    WAIT_COMPARE(up.times, 1);
    QVERIFY2(up.result->has_value(), up.result->has_value() ? "" : qPrintable(up.result->error().type));
    QCOMPARE(up.result->value(), m_server->url(u"/files/1.png"_s));
    QCOMPARE(up.sent, 13);
    QCOMPARE(up.total, 13);
    QVERIFY(up.stored.empty());
    QCOMPARE(m_server->seen().size(), size_t(2));
    const SeenRequest &initiate = m_server->seen()[0], &put = m_server->seen()[1];
    QCOMPARE(initiate.path, "/storage/upload/initiate?storage_type=fal-cdn-v3");
    QCOMPARE(initiate.body, R"({"content_type":"image/png","file_name":"pic \"ü\".png"})");
    QCOMPARE(initiate.header("authorization"), "Key id:word");
    QVERIFY(!initiate.has("x-fal-object-lifecycle"));
    QCOMPARE(put.path, "/put/1?sig=a%2Fb");
    QCOMPARE(put.body, "picture bytes");
    QCOMPARE(put.header("content-type"), "image/png");
    QCOMPARE(put.header("content-length"), "13");
    QVERIFY(!put.has("authorization")); // though it is the server's own origin
}

void TestFalUpload::large()
{
    offerStorage();
    QByteArray bytes(5'000'000, '\0');
    for (int i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 13 % 253);
    Upload up;
    const CallHandle call = upload(planOf(bytes), up);
    WAIT_COMPARE(up.times, 1);
    QVERIFY(up.result->has_value());
    QVERIFY(m_server->seen().back().body == bytes);
    QCOMPARE(up.sent, bytes.size());
    QCOMPARE(m_server->count("PUT"), 1);
}

void TestFalUpload::asksForALifetime()
{
    offerStorage();
    for (const qint64 partBytes : { 0, 4 }) {
        UploadPlan plan = planOf("picture", partBytes);
        plan.lifetime = 604800s;
        Upload up;
        const CallHandle call = upload(plan, up);
        WAIT_COMPARE(up.times, 1);
        QVERIFY(up.result->has_value());
    }
    int asked = 0;
    for (const SeenRequest &seen : m_server->seen()) {
        if (seen.path.startsWith("/storage/"))
            asked += seen.header("x-fal-object-lifecycle") == R"({"expiration_duration_seconds":604800})";
        else
            QVERIFY(!seen.has("x-fal-object-lifecycle"));
    }
    QCOMPARE(asked, 2);
}

void TestFalUpload::initiateErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("wrong key") << 401 << QByteArray(R"({"detail":"x"})") << ErrorKind::BadKey;
    QTest::newRow("no balance") << 403 << QByteArray(R"({"detail":"x"})") << ErrorKind::Locked;
    QTest::newRow("fault") << 500 << QByteArray() << ErrorKind::ServerFault;
    QTest::newRow("page") << 200 << QByteArray("<html>") << ErrorKind::BadReply;
    QTest::newRow("no addresses") << 200 << QByteArray("{}") << ErrorKind::BadReply;
    QTest::newRow("plain http elsewhere") << 200 << QByteArray(R"({"upload_url":"http://example.com/x","file_url":"https://example.com/x"})")
                                          << ErrorKind::BadReply;
    QTest::newRow("file") << 200 << QByteArray(R"({"upload_url":"file:///tmp/x","file_url":"https://example.com/x"})")
                          << ErrorKind::BadReply;
    QTest::newRow("huge") << 200 << QByteArray(100'000, ' ') << ErrorKind::BadReply;
}

void TestFalUpload::initiateErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    m_server->on("POST", "/", { .status = status, .body = body });
    for (const qint64 partBytes : { 0, 4 }) {
        Upload up;
        const CallHandle call = upload(planOf("picture bytes", partBytes), up);
        WAIT_COMPARE(up.times, 1);
        QVERIFY(!up.result->has_value());
        QCOMPARE(wordOf(up.result->error().kind), wordOf(kind));
        QVERIFY(up.stored.empty());
    }
    QCOMPARE(m_server->count("PUT"), 0);
}

void TestFalUpload::putScripts_data()
{
    QTest::addColumn<FaultScript>("script");
    for (const auto &[name, script] : FaultServer::scripts())
        QTest::newRow(name) << script;
}

void TestFalUpload::putScripts()
{
    QFETCH(FaultScript, script);
    offerStorage();
    m_server->on("PUT", "/", { .body = R"({"ok":"xxxxxxxxxxxxxxx"})" }, script);
    for (const qint64 partBytes : { 0, 1'000'000 }) {
        Upload up;
        const CallHandle call = upload(planOf(QByteArray(300'000, 'p'), partBytes), up);
        WAIT_COMPARE(up.times, 1);
        QVERIFY(!up.result->has_value());
    }
    QCOMPARE(m_server->count("PUT"), 2);
    QCOMPARE(m_server->count("POST", "/put/1/complete"), 0);
}

void TestFalUpload::storageSaysNo_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("kind");
    QTest::newRow("signature") << 403 << u"refused"_s;
    QTest::newRow("key") << 401 << u"refused"_s;
    QTest::newRow("gone") << 404 << u"refused"_s;
    QTest::newRow("too large") << 413 << u"refused"_s;
    QTest::newRow("redirect") << 307 << u"refused"_s;
    QTest::newRow("busy") << 429 << u"rate_limited"_s;
    QTest::newRow("slow") << 408 << u"timed_out"_s;
    QTest::newRow("fault") << 503 << u"server_fault"_s;
}

/// What the storage says is not about the account, whose balance or key it knows nothing of.
void TestFalUpload::storageSaysNo()
{
    QFETCH(int, status);
    QFETCH(QString, kind);
    offerStorage();
    m_server->on("PUT", "/put", { .status = status, .body = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
                                    .contentType = "application/xml" });
    for (const qint64 partBytes : { 0, 4 }) {
        Upload up;
        const CallHandle call = upload(planOf("picture", partBytes), up);
        WAIT_COMPARE(up.times, 1);
        const Error error = up.result->error();
        QCOMPARE(wordOf(error.kind), kind);
        QCOMPARE(error.type == "storage_refused"_L1, kind == "refused"_L1);
        QCOMPARE(error.httpStatus, status);
        QVERIFY2(error.message.contains(u"Request has expired"_s), qPrintable(error.message));
    }
}

void TestFalUpload::sourceTrouble()
{
    offerStorage();
    for (const qint64 partBytes : { 0, 4 }) {
        Upload up;
        const CallHandle call = upload({ .file = m_folder->filePath(u"nothing"_s), .partBytes = partBytes }, up);
        QCOMPARE(up.times, 0);
        WAIT_COMPARE(up.times, 1);
        QCOMPARE(up.result->error().kind, ErrorKind::Disk);
        QCOMPARE(up.result->error().type, u"missing"_s);
    }
    QCOMPARE(m_server->connections(), 0);
}

void TestFalUpload::cancelled()
{
    offerStorage();
    m_server->on("PUT", "/", {}, FaultScript::Stall);
    Upload up;
    CallHandle call = upload(planOf("picture"), up);
    WAIT_COMPARE(m_server->count("PUT"), 1);
    call->cancel();
    QCOMPARE(up.times, 1);
    QCOMPARE(up.result->error().kind, ErrorKind::Cancelled);
    call->cancel();
    QCOMPARE(up.times, 1);

    Upload silent;
    call = upload(planOf("picture"), silent);
    WAIT_COMPARE(m_server->count("PUT"), 2);
    call.reset();
    m_client.reset();
    WAIT_COMPARE(m_server->open(), 0);
    QCOMPARE(silent.times, 0);
}

void TestFalUpload::inParts()
{
    offerStorage();
    UploadPlan plan = planOf("one.two.three.fo", 4);
    plan.partsAtOnce = 3;
    Upload up;
    const CallHandle call = upload(plan, up);
    QCOMPARE(up.times, 0);
    WAIT_COMPARE(up.times, 1);
    QVERIFY2(up.result->has_value(), up.result->has_value() ? "" : qPrintable(up.result->error().type));
    QCOMPARE(up.result->value(), m_server->url(u"/files/1.png"_s));
    QCOMPARE(received(), "one.two.three.fo");
    QCOMPARE(up.sent, 16);
    QCOMPARE(up.total, 16);
    QCOMPARE(up.stored.size(), size_t(5)); // begun, and each of four parts
    QVERIFY(up.stored.front().parts.empty());
    QCOMPARE(up.stored.back().parts.size(), size_t(4));
    QCOMPARE(up.stored.back().upload.toEncoded(), m_server->url(u"/put/1"_s).toEncoded() + "?sig=a%2Fb");

    QCOMPARE(m_server->seen().front().path, "/storage/upload/initiate-multipart?storage_type=fal-cdn-v3");
    for (const SeenRequest &seen : m_server->seen()) {
        QCOMPARE(seen.has("authorization"), seen.path.startsWith("/storage/"));
        if (seen.verb != "PUT")
            continue;
        QVERIFY2(seen.path.startsWith("/put/1/") && seen.path.endsWith("?sig=a%2Fb"), seen.path.constData());
        QVERIFY2(!seen.has("content-type"), seen.header("content-type").constData()); // the signature may cover it
        QCOMPARE(seen.header("content-length"), "4");
    }
    const SeenRequest &complete = m_server->seen().back();
    QCOMPARE(complete.path, "/put/1/complete?sig=a%2Fb");
    QCOMPARE(complete.body, R"({"parts":[{"partNumber":1,"etag":"\"e1\""},{"partNumber":2,"etag":"\"e2\""},)"
                            R"({"partNumber":3,"etag":"\"e3\""},{"partNumber":4,"etag":"\"e4\""}]})");
}

void TestFalUpload::partsWithoutBody()
{
    offerStorage();
    m_server->on("PUT", "/put/1/", { .body = {}, .headers = { { "ETag", "\"head\"" } } });
    Upload up;
    CallHandle call = upload(planOf("12345", 4), up);
    WAIT_COMPARE(up.times, 1);
    QVERIFY(up.result->has_value());
    QCOMPARE(up.stored.back().parts.back().etag, u"\"head\""_s);
    QCOMPARE(received(), "12345");

    m_server->on("PUT", "/put/1/", { .body = {} }); // and none at all
    Upload none;
    call = upload(planOf("12345", 4), none);
    WAIT_COMPARE(none.times, 1);
    QCOMPARE(none.result->error().kind, ErrorKind::BadReply);
}

void TestFalUpload::goesOnByPart()
{
    offerStorage();
    UploadPlan plan = planOf("one.two.three.fo", 1000); // the size of a part was another then
    plan.begun = PartsUpload { .file = m_server->url(u"/files/before.png"_s), .upload = QUrl(m_server->url(u"/put/1"_s).toString() + u"?sig=old"_s),
        .partBytes = 4, .parts = { { 3, u"e3"_s }, { 1, u"e1"_s } } };
    Upload up;
    const CallHandle call = upload(plan, up);
    WAIT_COMPARE(up.times, 1);
    QVERIFY(up.result->has_value());
    QCOMPARE(up.result->value(), m_server->url(u"/files/before.png"_s));
    QCOMPARE(m_server->count("POST", "/storage/"), 0);
    QCOMPARE(m_server->count("PUT"), 2);
    QCOMPARE(received(), "two.e.fo");
    QCOMPARE(up.sent, 16); // what was there counts
    QCOMPARE(m_server->seen().back().path, "/put/1/complete?sig=old");
    QCOMPARE(m_server->seen().back().body.count("partNumber"), 4);
}

void TestFalUpload::onlyTheWordIsMissing()
{
    offerStorage();
    UploadPlan plan = planOf("12345", 4);
    plan.begun = PartsUpload { .file = m_server->url(u"/files/1.png"_s), .upload = m_server->url(u"/put/1"_s), .partBytes = 4,
        .parts = { { 1, u"e1"_s }, { 2, u"e2"_s } } };
    Upload up;
    const CallHandle call = upload(plan, up);
    WAIT_COMPARE(up.times, 1);
    QVERIFY(up.result->has_value());
    QCOMPARE(m_server->count("PUT"), 0);
    QCOMPARE(m_server->count("POST", "/put/1/complete"), 1);
}

void TestFalUpload::aPartThatFailsKeepsTheOthers()
{
    offerStorage();
    m_server->on("PUT", "/put/1/2", { .status = 503 }, FaultScript::Serve, 1);
    UploadPlan plan = planOf("one.two.three.fo", 4);
    plan.partsAtOnce = 3;
    Upload up;
    CallHandle call = upload(plan, up);
    WAIT_COMPARE(up.times, 1);
    QCOMPARE(up.result->error().kind, ErrorKind::ServerFault);
    QVERIFY(up.stored.back().parts.size() >= 2); // those that were on their way
    QCOMPARE(m_server->count("POST", "/put/1/complete"), 0);

    plan.begun = up.stored.back();
    Upload again;
    call = upload(plan, again);
    WAIT_COMPARE(again.times, 1);
    QVERIFY(again.result->has_value());
    QCOMPARE(received(), "one.two.three.fo");
    QCOMPARE(m_server->count("PUT"), 5); // four parts, one of them twice
    QCOMPARE(m_server->count("POST", "/storage/"), 1);
}

void TestFalUpload::partsCancelled()
{
    offerStorage();
    m_server->on("PUT", "/put/1/", {}, FaultScript::Stall);
    UploadPlan plan = planOf("one.two.three.fo", 4);
    plan.partsAtOnce = 3;
    Upload up;
    CallHandle call = upload(plan, up);
    WAIT_COMPARE(m_server->count("PUT"), 3);
    call->cancel();
    QCOMPARE(up.times, 1);
    QCOMPARE(up.result->error().kind, ErrorKind::Cancelled);
    WAIT_FOR(m_server->open() <= 1); // the initiation keeps its connection

    Upload silent;
    call = upload(plan, silent);
    WAIT_COMPARE(m_server->count("PUT"), 6);
    call.reset();
    WAIT_FOR(m_server->open() <= 1);
    QCOMPARE(silent.times, 0);
    QCOMPARE(m_server->count("PUT"), 6);

    // Its own handler lets go of it.
    m_server->clear();
    offerStorage();
    int stored = 0, ends = 0;
    CallHandle own;
    own = m_client->upload(plan, { .stored = [&](const PartsUpload &) {
                                      if (++stored == 2)
                                          own.reset();
                                  },
                                     .finished = [&](const Result<QUrl> &) { ++ends; } });
    WAIT_COMPARE(stored, 2);
    m_client.reset();
    WAIT_COMPARE(m_server->open(), 0);
    QCOMPARE(stored, 2);
    QCOMPARE(ends, 0);
}

QTEST_GUILESS_MAIN(TestFalUpload)
#include "tst_falupload.moc"
