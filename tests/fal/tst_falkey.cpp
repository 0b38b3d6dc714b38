#include "falclient.h"
#include "faultserver.h"
#include "testwait.h"

#include <QTemporaryFile>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

/// Where the key goes and where it does not.
class TestFalKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesToItsOrigins();
    void askedAnewEachTime();
    void unsendableKeys_data();
    void unsendableKeys();
    void neverComesBackOut();
    void staysWhenRedirected();
    void otherPortIsAnotherOrigin();

private:
    static bool holdsKey(const SeenRequest &request, const QByteArray &key);
    const EndpointId m_endpoint { u"fal-ai/nano-banana-2"_s };
    const QByteArray m_key = "c0ffee00-1111-4222-8333-abcdefabcdef:0123456789abcdef0123456789abcdef";
};

bool TestFalKey::holdsKey(const SeenRequest &request, const QByteArray &key)
{
    const auto contains = [&key](const QByteArray &text) {
        return text.contains(key) || text.contains(key.toBase64()) || text.contains(key.toPercentEncoding());
    };
    for (const auto &[name, value] : request.headers) {
        if (contains(value))
            return true;
    }
    return contains(request.path) || contains(request.body);
}

// Each part of a server on an origin of its own, as fal has them; the files and the upload on two more.
void TestFalKey::goesToItsOrigins()
{
    FaultServer queue, sync, storage, platform, upload, cdn;
    Server server = Server::at(queue.url());
    server.sync = sync.url();
    server.storage = storage.url(u"/storage"_s);
    server.platform = platform.url(u"/v1"_s);
    for (FaultServer *one : { &queue, &sync, &storage, &platform, &upload, &cdn })
        one->on({}, "/", { .body = R"({"status":"COMPLETED","request_id":"764cabcf-b745","items":[]})" });
    const Json addresses { { "upload_url", upload.url(u"/put"_s).toString().toStdString() },
        { "file_url", cdn.url(u"/f"_s).toString().toStdString() } };
    storage.on("POST", "/", { .body = toBytes(addresses) });

    FalClient client(server, [this] { return m_key; });
    Ticket ticket { .endpoint = m_endpoint, .requestId = u"764cabcf-b745"_s, .statusUrl = cdn.url(u"/s"_s),
        .responseUrl = cdn.url(u"/r"_s), .cancelUrl = cdn.url(u"/c"_s) };
    QTemporaryFile source;
    QVERIFY(source.open() && source.write("picture") > 0 && source.flush());
    int ends = 0;
    std::vector<CallHandle> calls;
    const auto keep = [&calls](CallHandle call) { calls.push_back(std::move(call)); };
    keep(client.submit(m_endpoint, "{}", [&](const SubmitOutcome &) { ++ends; }));
    keep(client.run(m_endpoint, "{}", [&](const SyncOutcome &) { ++ends; }));
    keep(client.status(ticket, [&](const Result<QueueStatus> &) { ++ends; }));
    keep(client.follow(ticket, [](const QueueStatus &) {}, [&](const std::optional<Error> &) { ++ends; }));
    keep(client.result(ticket, [&](const ResultOutcome &) { ++ends; }));
    keep(client.cancel(ticket, [&](const Result<CancelReply> &) { ++ends; }));
    keep(client.upload({ .file = source.fileName(), .name = u"a.png"_s, .contentType = u"image/png"_s },
        { .finished = [&](const Result<QUrl> &) { ++ends; } }));
    for (FaultServer *one : { &queue, &cdn }) {
        keep(client.download(one->url(u"/files/x.png"_s).toString(), [](QByteArrayView) { return std::nullopt; }, {},
            [&](const Result<DownloadedFile> &) { ++ends; }));
    }
    keep(client.history(m_endpoint, {}, [&](const Result<std::vector<HistoryEntry>> &) { ++ends; }));
    keep(client.checkKey(m_endpoint, [&](const std::optional<Error> &) { ++ends; }));
    WAIT_COMPARE(ends, 11);

    QCOMPARE(queue.seen().size(), size_t(7));
    QCOMPARE(sync.seen().size(), size_t(1));
    QCOMPARE(storage.seen().size(), size_t(1));
    QCOMPARE(platform.seen().size(), size_t(1));
    QCOMPARE(upload.seen().size(), size_t(1));
    QCOMPARE(cdn.seen().size(), size_t(1)); // the picture; none of the ticket's addresses
    for (const FaultServer *one : { &queue, &sync, &storage, &platform }) {
        for (const SeenRequest &seen : one->seen()) {
            const bool isFile = seen.path.startsWith("/files/");
            QCOMPARE(seen.header("authorization"), isFile ? QByteArray() : "Key " + m_key);
        }
    }
    for (const FaultServer *one : { &upload, &cdn }) {
        for (const SeenRequest &seen : one->seen()) {
            QVERIFY(!seen.has("authorization"));
            QVERIFY(!holdsKey(seen, m_key));
        }
    }
}

void TestFalKey::askedAnewEachTime()
{
    FaultServer server;
    server.on({}, "/", { .status = 401, .body = R"({"detail":"no"})" });
    QByteArray key;
    FalClient client(Server::at(server.url()), [&key] { return key; });
    std::optional<SubmitOutcome> outcome;
    const auto submit = [&] {
        outcome.reset();
        return client.submit(m_endpoint, "{}", [&](const SubmitOutcome &value) { outcome = value; });
    };
    CallHandle call = submit();
    WAIT_FOR(outcome.has_value());
    QVERIFY(!server.seen().back().has("authorization"));
    QCOMPARE(outcome->error->kind, ErrorKind::NoKey);
    key = "a:b";
    call = submit();
    WAIT_FOR(outcome.has_value());
    QCOMPARE(server.seen().back().header("authorization"), "Key a:b");
    QCOMPARE(outcome->error->kind, ErrorKind::BadKey);
    key = " \tc:d\n";
    call = submit();
    WAIT_FOR(outcome.has_value());
    QCOMPARE(server.seen().back().header("authorization"), "Key c:d");

    FalClient keyless(Server::at(server.url()), {});
    std::optional<std::optional<Error>> answer;
    const CallHandle check = keyless.checkKey(m_endpoint, [&](const std::optional<Error> &error) { answer = error; });
    WAIT_FOR(answer.has_value());
    QVERIFY(!server.seen().back().has("authorization"));
}

void TestFalKey::unsendableKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("header injection") << QByteArray("a:b\r\nX-Injected: 1");
    QTest::newRow("line feed") << QByteArray("a:b\nX-Injected: 1");
    QTest::newRow("NUL") << QByteArray("a:b\0c", 5);
    QTest::newRow("blank") << QByteArray("a: b");
    QTest::newRow("not ASCII") << QByteArray("a:\xC3\xBC");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blanks") << QByteArray("  \n");
}

void TestFalKey::unsendableKeys()
{
    QFETCH(QByteArray, key);
    FaultServer server;
    server.on({}, "/", { .status = 401, .body = R"({"detail":"no"})" });
    FalClient client(Server::at(server.url()), [&key] { return key; });
    std::optional<SubmitOutcome> outcome;
    const CallHandle call = client.submit(m_endpoint, "{}", [&](const SubmitOutcome &value) { outcome = value; });
    WAIT_FOR(outcome.has_value());
    QVERIFY(!server.seen().front().has("authorization"));
    QVERIFY(!server.seen().front().has("x-injected"));
    QCOMPARE(outcome->error->kind, ErrorKind::NoKey);
}

// A server that echoes the key: it stands in no error, log line or kept reply.
void TestFalKey::neverComesBackOut()
{
    FaultServer server;
    const QByteArray secret = m_key.mid(m_key.indexOf(':') + 1);
    const auto clean = [&](const QString &text) { return !text.contains(QString::fromLatin1(secret)); };
    FalClient client(Server::at(server.url()), [this] { return m_key; });
    const Ticket ticket { .endpoint = m_endpoint, .requestId = u"764cabcf-b745"_s, .statusUrl = {}, .responseUrl = {}, .cancelUrl = {} };

    server.on({}, "/", { .status = 401, .body = R"({"detail":"key )" + m_key + R"( is wrong"})", .headers = { { "X-Fal-Error-Type", secret } } });
    std::optional<SubmitOutcome> submitted;
    CallHandle call = client.submit(m_endpoint, "{}", [&](const SubmitOutcome &value) { submitted = value; });
    WAIT_FOR(submitted.has_value());
    QVERIFY(clean(submitted->error->message) && clean(submitted->error->type));
    QVERIFY(submitted->error->message.contains(u"is wrong"_s));
    QVERIFY(!submitted->reply.contains(secret));
    std::optional<ResultOutcome> result;
    call = client.result(ticket, [&](const ResultOutcome &value) { result = value; });
    WAIT_FOR(result.has_value());
    QVERIFY(!result->reply.contains(secret) && clean(result->error->message));
    std::optional<std::optional<Error>> ended;
    call = client.follow(ticket, [](const QueueStatus &) {}, [&](const std::optional<Error> &error) { ended = error; });
    WAIT_FOR(ended.has_value());
    QVERIFY(clean(ended->value().message));

    server.on({}, "/", { .body = R"({"status":"COMPLETED","error":"your key )" + secret + R"(","logs":[{"message":"got )" + m_key + R"("}]})" });
    std::optional<Result<QueueStatus>> status;
    call = client.status(ticket, [&](const Result<QueueStatus> &value) { status = value; });
    WAIT_FOR(status.has_value());
    QVERIFY(clean(status->value().error->message));
    QVERIFY(clean(status->value().logs.at(0).text));
    QVERIFY(status->value().logs.at(0).text.contains(u"[key]"_s));

    // A success too is kept and shown; one without the key in it stays byte for byte.
    for (const bool echoes : { true, false }) {
        const QByteArray body = R"({"images":[],  "description":"drawn for )" + (echoes ? m_key : QByteArray("you")) + R"("})";
        server.on({}, "/", { .body = body });
        result.reset();
        call = client.result(ticket, [&](const ResultOutcome &value) { result = value; });
        WAIT_FOR(result.has_value());
        QVERIFY(!result->reply.contains(secret));
        QVERIFY(echoes ? result->reply.contains("[key]") : result->reply == body);
    }
}

void TestFalKey::staysWhenRedirected()
{
    FaultServer server, second;
    server.on({}, "/", { .status = 307, .headers = { { "Location", second.url(u"/x"_s).toEncoded() } } });
    FalClient client(Server::at(server.url()), [this] { return m_key; });
    const Ticket ticket { .endpoint = m_endpoint, .requestId = u"764cabcf-b745"_s, .statusUrl = {}, .responseUrl = {}, .cancelUrl = {} };
    QTemporaryFile source;
    QVERIFY(source.open() && source.write("x") > 0 && source.flush());
    int ends = 0;
    std::vector<CallHandle> calls;
    const auto keep = [&calls](CallHandle call) { calls.push_back(std::move(call)); };
    keep(client.submit(m_endpoint, "{}", [&](const SubmitOutcome &) { ++ends; }));
    keep(client.run(m_endpoint, "{}", [&](const SyncOutcome &) { ++ends; }));
    keep(client.status(ticket, [&](const Result<QueueStatus> &) { ++ends; }));
    keep(client.follow(ticket, [](const QueueStatus &) {}, [&](const std::optional<Error> &) { ++ends; }));
    keep(client.result(ticket, [&](const ResultOutcome &) { ++ends; }));
    keep(client.cancel(ticket, [&](const Result<CancelReply> &) { ++ends; }));
    keep(client.upload({ .file = source.fileName(), .name = u"a"_s, .contentType = u"image/png"_s },
        { .finished = [&](const Result<QUrl> &) { ++ends; } }));
    keep(client.history(m_endpoint, {}, [&](const Result<std::vector<HistoryEntry>> &) { ++ends; }));
    WAIT_COMPARE(ends, 8);
    QCOMPARE(second.connections(), 0);
    QCOMPARE(server.count("POST"), 3);
}

void TestFalKey::otherPortIsAnotherOrigin()
{
    // The upload goes where the server says, on its own host but another port: no key there.
    FaultServer server, neighbour;
    const Json addresses { { "upload_url", neighbour.url(u"/put"_s).toString().toStdString() },
        { "file_url", neighbour.url(u"/f"_s).toString().toStdString() } };
    server.on("POST", "/", { .body = toBytes(addresses) });
    neighbour.on({}, "/", {});
    FalClient client(Server::at(server.url()), [this] { return m_key; });
    QTemporaryFile source;
    QVERIFY(source.open() && source.write("x") > 0 && source.flush());
    std::optional<Result<QUrl>> result;
    const CallHandle call = client.upload({ .file = source.fileName(), .name = u"a"_s, .contentType = u"image/png"_s },
        { .finished = [&](const Result<QUrl> &value) { result = value; } });
    WAIT_FOR(result.has_value());
    QVERIFY(result->has_value());
    QCOMPARE(neighbour.seen().size(), size_t(1));
    QVERIFY(!holdsKey(neighbour.seen().front(), m_key));
    QVERIFY(!neighbour.seen().front().has("authorization"));
}

QTEST_GUILESS_MAIN(TestFalKey)
#include "tst_falkey.moc"
