#include "sandboxprobe.h"

#include <QTest>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>

using namespace plantain;
using namespace Qt::StringLiterals;

using Headers = QList<QPair<QByteArray, QByteArray>>;

/// Who is let in (reliability.md R27, R28, R30), over the wire.
class tst_SandboxGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void door_data();
    void door();
    void listensOnOneAddress();
    void headsThatAreNone_data();
    void headsThatAreNone();
    void refusesABodyUnread();
    void continuesWhereItIsWelcome();
    void refusesAFloodOfHeaders();
    void bindsLoopbackOnly();
    void aPortIsHadOnce();
    void neverSaysCors();
    void everyReplyHasAnId();
    void survivesRubbish_data();
    void survivesRubbish();
    void keepsAConnectionForTheNextRequest();
    void keys_data();
    void keys();
    void ownTokenOnly();

private:
    SandboxProbe probe() const { return SandboxProbe(quint16(m_sandbox->base().port())); }

    EndpointCatalog m_catalog = bundledCatalog();
    std::unique_ptr<Sandbox> m_sandbox;
};

void tst_SandboxGuard::initTestCase()
{
    auto sandbox = Sandbox::start({ .latencySeconds = 0 }, m_catalog);
    QVERIFY2(sandbox.has_value(), sandbox ? "" : qPrintable(sandbox.error().message));
    m_sandbox = std::move(*sandbox);
}

void tst_SandboxGuard::door_data()
{
    const QByteArray port = QByteArray::number(m_sandbox->base().port());
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<int>("status");
    const auto add = [](const char *name, const char *method, const Headers &headers, int status) {
        QTest::newRow(name) << QByteArray(method) << headers << status;
    };
    // A status call of an unknown request answers 404 to those who are let in.
    add("plain", "GET", {}, 404);
    add("localhost", "GET", { { "Host", "localhost:" + port } }, 404);
    add("LOCALHOST", "GET", { { "Host", "LOCALHOST:" + port } }, 404);
    add("ipv6 loopback name", "GET", { { "Host", "[::1]:" + port } }, 404);
    add("a node client", "GET", { { "Sec-Fetch-Mode", "cors" }, { "Accept-Language", "*" } }, 404);
    add("typed into a browser", "GET", { { "Sec-Fetch-Site", "none" } }, 404);
    add("no host", "GET", { { "Host", "" } }, 421);
    add("no port", "GET", { { "Host", "127.0.0.1" } }, 421);
    add("another port", "GET", { { "Host", "127.0.0.1:1" } }, 421);
    add("rebinding name", "GET", { { "Host", "evil.example:" + port } }, 421);
    add("look-alike", "GET", { { "Host", "127.0.0.1.evil.example:" + port } }, 421);
    add("prefix", "GET", { { "Host", "127.0.0.1:" + port + "0" } }, 421);
    add("suffix", "GET", { { "Host", "x.localhost:" + port } }, 421);
    add("trailing dot", "GET", { { "Host", "localhost.:" + port } }, 421);
    add("user", "GET", { { "Host", "evil@127.0.0.1:" + port } }, 421);
    add("any address", "GET", { { "Host", "0.0.0.0:" + port } }, 421);
    add("any ipv6 address", "GET", { { "Host", "[::]:" + port } }, 421);
    add("mapped", "GET", { { "Host", "[::ffff:127.0.0.1]:" + port } }, 421);
    add("short", "GET", { { "Host", "127.1:" + port } }, 421);
    add("a number", "GET", { { "Host", "2130706433:" + port } }, 421);
    add("another loopback", "GET", { { "Host", "127.0.0.2:" + port } }, 421);
    add("list", "GET", { { "Host", "127.0.0.1:" + port + ", evil.example" } }, 421);
    add("forwarded", "GET", { { "Host", "evil.example" }, { "X-Forwarded-Host", "127.0.0.1:" + port } }, 421);
    add("two hosts", "GET", { { "Host", "127.0.0.1:" + port }, { "Host", "127.0.0.1:" + port } }, 421);
    add("origin", "GET", { { "Origin", "https://evil.example" } }, 403);
    add("null origin", "GET", { { "Origin", "null" } }, 403);
    add("local origin", "GET", { { "Origin", "http://127.0.0.1:" + port } }, 403);
    add("cross-site", "GET", { { "Sec-Fetch-Site", "cross-site" } }, 403);
    add("same-origin", "GET", { { "Sec-Fetch-Site", "same-origin" } }, 403);
    add("unknown site", "GET", { { "Sec-Fetch-Site", "x" } }, 403);
    add("extension", "GET", { { "Origin", "chrome-extension://abc" } }, 403);
    add("origin, put", "PUT", { { "Origin", "https://evil.example" } }, 403);
    add("origin, delete", "DELETE", { { "Origin", "https://evil.example" } }, 403);
    add("origin, head", "HEAD", { { "Origin", "https://evil.example" } }, 403);
    add("private network preflight", "OPTIONS",
        { { "Origin", "https://evil.example" }, { "Access-Control-Request-Private-Network", "true" } }, 403);
    add("same-site", "GET", { { "Sec-Fetch-Site", "same-site" } }, 403);
    add("preflight", "OPTIONS", { { "Origin", "https://evil.example" }, { "Access-Control-Request-Method", "POST" } }, 403);
    add("chunked", "POST", { { "Transfer-Encoding", "chunked" }, { "Content-Length", "" } }, 411);
    add("chunked and length", "POST", { { "Transfer-Encoding", "chunked" } }, 411);
    add("identity", "POST", { { "Transfer-Encoding", "identity" } }, 411);
    add("compressed", "POST", { { "Content-Encoding", "gzip" } }, 415);
    add("text body", "POST", { { "Content-Type", "text/plain" } }, 415);
    add("form body", "POST", { { "Content-Type", "application/x-www-form-urlencoded" } }, 415);
    add("multipart body", "POST", { { "Content-Type", "multipart/form-data; boundary=x" } }, 415);
    add("untyped body", "POST", { { "Content-Type", "" } }, 415);
    add("text that ends in json", "POST", { { "Content-Type", "text/plain; application/json" } }, 415);
    add("json and more", "POST", { { "Content-Type", "application/jsonp" } }, 415);
    add("json in a list", "POST", { { "Content-Type", "text/plain, application/json" } }, 415);
    add("deflated", "POST", { { "Content-Encoding", "deflate" } }, 415);
    add("json with charset", "POST", { { "Content-Type", "application/json; charset=utf-8" } }, 405);
    add("length no number", "POST", { { "Content-Length", "12x" } }, 400);
    add("length negative", "POST", { { "Content-Length", "-1" } }, 400);
    add("two lengths", "POST", { { "Content-Length", "0" }, { "Content-Length", "0" } }, 400);
    add("too long", "POST", { { "Content-Length", "99999999999" } }, 413);
}

void tst_SandboxGuard::door()
{
    QFETCH(QByteArray, method);
    QFETCH(Headers, headers);
    QFETCH(int, status);
    const RawReply reply = probe().send(method, "/fal-ai/nano-banana-2/requests/none/status", {}, headers);
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.header("content-type"), QByteArray("application/json"));
    QVERIFY(reply.whole || method == "HEAD");
    for (const auto &[name, value] : reply.headers)
        QVERIFY2(!name.startsWith("access-control-"), name.constData());
}

void tst_SandboxGuard::listensOnOneAddress()
{
    // As the system says it, so that no other address is forgotten.
    QByteArrayList listening;
    for (const char *table : { "/proc/self/net/tcp", "/proc/self/net/tcp6" }) {
        QFile file(QString::fromLatin1(table));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QByteArrayList words = line.simplified().split(' ');
            if (words.value(3) == "0A" && words.value(1).endsWith(':' + QByteArray::number(m_sandbox->base().port(), 16).toUpper().rightJustified(4, '0')))
                listening << words.value(1).split(':').first();
        }
    }
    QCOMPARE(listening, QByteArrayList { "0100007F" });
}

void tst_SandboxGuard::headsThatAreNone_data()
{
    const QByteArray host = "Host: 127.0.0.1:" + QByteArray::number(m_sandbox->base().port()) + "\r\n", key = "Authorization: Key a:b\r\n";
    const QByteArray target = "/fal-ai/nano-banana-2/requests/none/status";
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QList<int>>("statuses");
    QTest::newRow("HTTP/1.0 without a host") << "GET " + target + " HTTP/1.0\r\n" + key + "\r\n" << QList<int> { 421 };
    QTest::newRow("the host of another in the target")
        << "GET http://evil.example" + target + " HTTP/1.1\r\n" + host + key + "Connection: close\r\n\r\n" << QList<int> { 400, 404, 421 };
    QTest::newRow("a tunnel") << "CONNECT evil.example:443 HTTP/1.1\r\n" + host + key + "Connection: close\r\n\r\n"
                              << QList<int> { 400, 404, 405 };
    QTest::newRow("a blank before the colon") << "GET " + target + " HTTP/1.1\r\nHost : 127.0.0.1\r\n" + key + "Connection: close\r\n\r\n"
                                              << QList<int> { 400, 421 };
    QTest::newRow("a folded line") << "GET " + target + " HTTP/1.1\r\nHost:\r\n 127.0.0.1\r\n" + key + "Connection: close\r\n\r\n"
                                   << QList<int> { 400, 421 };
    QTest::newRow("an upgrade") << "GET " + target + " HTTP/1.1\r\n" + host + key
            + "Upgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Key: x\r\n\r\n"
                                << QList<int> { 400, 404 };
}

void tst_SandboxGuard::headsThatAreNone()
{
    QFETCH(QByteArray, head);
    QFETCH(QList<int>, statuses);
    const auto socket = probe().open();
    socket->write(head);
    const RawReply reply = SandboxProbe::readReply(*socket);
    QVERIFY2(statuses.contains(reply.status), qPrintable(QString::number(reply.status)));
}

void tst_SandboxGuard::refusesABodyUnread()
{
    const SandboxProbe server = probe();
    const auto socket = server.open();
    socket->write(server.headOf("POST", "/fal-ai/nano-banana-2", 50'000'000, { { "Host", "evil.example" } }));
    // Not a byte of the body is sent: the reply does not wait for it.
    QCOMPARE(SandboxProbe::readReply(*socket).status, 421);
}

void tst_SandboxGuard::continuesWhereItIsWelcome()
{
    const SandboxProbe server = probe();
    const QByteArray body = R"({"prompt":"sandbox: http=500"})";
    const auto welcome = server.open();
    welcome->write(server.headOf("POST", "/fal-ai/nano-banana-2", body.size(), { { "Expect", "100-continue" } }));
    QCOMPARE(SandboxProbe::readReply(*welcome).status, 100);
    welcome->write(body);
    QCOMPARE(SandboxProbe::readReply(*welcome).status, 200);
    const auto stranger = server.open();
    stranger->write(server.headOf("POST", "/fal-ai/nano-banana-2", 1000, { { "Expect", "100-continue" }, { "Host", "evil" } }));
    QCOMPARE(SandboxProbe::readReply(*stranger).status, 421);
}

void tst_SandboxGuard::refusesAFloodOfHeaders()
{
    const SandboxProbe server = probe();
    const auto socket = server.open();
    QByteArray flood;
    for (int i = 0; i < 20000; ++i)
        flood += "X-Flood-" + QByteArray::number(i) + ": 0123456789\r\n";
    socket->write("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(server.port()) + "\r\n" + flood + "\r\n");
    QCOMPARE(SandboxProbe::readReply(*socket).status, 400);
}

void tst_SandboxGuard::bindsLoopbackOnly()
{
    // Any other address of this machine, and the machine as a whole, is refused.
    ifaddrs *addresses = nullptr;
    QCOMPARE(::getifaddrs(&addresses), 0);
    int tried = 0;
    for (const ifaddrs *entry = addresses; entry; entry = entry->ifa_next) {
        if (!entry->ifa_addr || entry->ifa_addr->sa_family != AF_INET)
            continue;
        char text[INET_ADDRSTRLEN] = {};
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in *>(entry->ifa_addr)->sin_addr, text, sizeof text);
        if (QByteArray(text).startsWith("127."))
            continue;
        ++tried;
        QTcpSocket socket;
        socket.connectToHost(QString::fromLatin1(text), quint16(m_sandbox->base().port()));
        QVERIFY2(!socket.waitForConnected(5000), text);
    }
    ::freeifaddrs(addresses);
    if (tried == 0)
        QSKIP("this machine has the loopback address alone");
}

void tst_SandboxGuard::aPortIsHadOnce()
{
    const auto second = Sandbox::start({ .port = quint16(m_sandbox->base().port()) }, m_catalog);
    QVERIFY(!second.has_value());
    QVERIFY(second.error().message.contains(QString::number(m_sandbox->base().port())));
}

void tst_SandboxGuard::neverSaysCors()
{
    for (const Headers &headers : { Headers {}, Headers { { "Origin", "https://evil.example" } } }) {
        const RawReply reply = probe().send("GET", "/files/b/x/y", {}, headers);
        for (const auto &[name, value] : reply.headers)
            QVERIFY2(!name.startsWith("access-control-"), name.constData());
    }
}

void tst_SandboxGuard::everyReplyHasAnId()
{
    const QList<QPair<QByteArray, QByteArray>> calls { { "GET", "/" },
                                                       { "GET", "/nothing" },
                                                       { "GET", "/files/b/x/y" },
                                                       { "GET", "/v1/models/pricing" },
                                                       { "POST", "/fal-ai/unknown" },
                                                       { "DELETE", "/fal-ai/nano-banana-2" },
                                                       { "GET", "/fal-ai/nano-banana-2/requests/x" } };
    for (const auto &[method, target] : calls) {
        const RawReply reply = probe().send(method, target);
        QVERIFY(reply.status >= 400);
        QVERIFY2(!reply.header("x-fal-request-id").isEmpty(), target.constData());
    }
    QVERIFY(!probe().send("GET", "/", {}, { { "Host", "evil" } }).header("x-fal-request-id").isEmpty());
}

void tst_SandboxGuard::survivesRubbish_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray host = "Host: 127.0.0.1:" + QByteArray::number(m_sandbox->base().port()) + "\r\n";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("noise") << QByteArray("\x00\x01\xff\xfe\r\n\r\n", 8);
    QTest::newRow("tls hello") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
    QTest::newRow("no version") << QByteArray("GET /\r\n\r\n");
    QTest::newRow("endless line") << QByteArray(200000, 'a');
    QTest::newRow("long path") << QByteArray("GET /" + QByteArray(100000, 'a') + " HTTP/1.1\r\n" + host + "\r\n");
    QTest::newRow("bad escape") << QByteArray("GET /%zz/%/%2 HTTP/1.1\r\n" + host + "\r\n");
    QTest::newRow("climbing") << QByteArray("GET /files/../../etc/passwd HTTP/1.1\r\n" + host + "\r\n");
    QTest::newRow("bad range and a body") << QByteArray("POST /x/y HTTP/1.1\r\n" + host
                                                         + "Range: bytes=z\r\nContent-Length: 20\r\n\r\nGET / HTTP/1.1\r\n\r\n..");
    QTest::newRow("head cut") << QByteArray("POST /x/y HTTP/1.1\r\n" + host + "Content-Le");
}

void tst_SandboxGuard::survivesRubbish()
{
    QFETCH(QByteArray, bytes);
    const SandboxProbe server = probe();
    {
        const auto socket = server.open();
        socket->write(bytes);
        socket->waitForBytesWritten(5000);
        socket->disconnectFromHost();
    }
    QCOMPARE(server.get("/fal-ai/nano-banana-2/requests/none/status").status, 404);
}

void tst_SandboxGuard::keepsAConnectionForTheNextRequest()
{
    const SandboxProbe server = probe();
    const auto socket = server.open();
    const Headers keep { { "Connection", "keep-alive" } };
    for (int turn = 0; turn < 3; ++turn) {
        // The body of a refused call is read away, not taken for the next request.
        const QByteArray body(300, 'x');
        socket->write(server.headOf("POST", "/fal-ai/unknown", body.size(), keep) + body);
        QCOMPARE(SandboxProbe::readReply(*socket).status, 404);
        socket->write(server.headOf("PUT", "/fal-ai/nano-banana-2/requests/none/cancel", 0, { { "Connection", "keep-alive" }, { "Content-Length", "" } }));
        QCOMPARE(SandboxProbe::readReply(*socket).status, 404);
    }
}

void tst_SandboxGuard::keys_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("detail");
    QTest::newRow("good") << QByteArray("Key id:secret") << 200 << QByteArray();
    QTest::newRow("one word") << QByteArray("Key whatever") << 200 << QByteArray();
    QTest::newRow("none") << QByteArray() << 401
                          << QByteArray("Cannot access application \"fal-ai/nano-banana-2\". Authentication is required.");
    QTest::newRow("empty") << QByteArray("Key  ") << 401 << QByteArray("invalid key credentials");
    QTest::newRow("bearer") << QByteArray("Bearer id:secret") << 401 << QByteArray("invalid key credentials");
    QTest::newRow("bare") << QByteArray("id:secret") << 401 << QByteArray("invalid key credentials");
    QTest::newRow("blank inside") << QByteArray("Key id secret") << 401 << QByteArray("invalid key credentials");
    QTest::newRow("not known") << QByteArray("Key invalid:x") << 401 << QByteArray("invalid key credentials");
    QTest::newRow("locked") << QByteArray("Key locked:x") << 403
                            << QByteArray("User is locked. Reason: Exhausted balance. Top up your balance at "
                                          "fal.ai/dashboard/billing");
}

void tst_SandboxGuard::keys()
{
    QFETCH(QByteArray, authorization);
    QFETCH(int, status);
    QFETCH(QByteArray, detail);
    const RawReply reply = probe().send("POST", "/fal-ai/nano-banana-2", R"({"prompt":"sandbox: http=500"})",
                                        { { "Authorization", authorization } });
    QCOMPARE(reply.status, status);
    if (!detail.isEmpty())
        QCOMPARE(stringAt(reply.json(), "detail").toUtf8(), detail);
}

void tst_SandboxGuard::ownTokenOnly()
{
    const auto sandbox = Sandbox::start({ .latencySeconds = 0, .token = "id:right" }, m_catalog);
    QVERIFY(sandbox.has_value());
    const quint16 port = quint16((*sandbox)->base().port());
    const Json input { { "prompt", "sandbox: http=500" } };
    for (const char *wrong : { "id:wrong", "id:righ", "id:right2", "x" }) {
        const SandboxProbe stranger(port, wrong);
        QCOMPARE(stranger.post("/fal-ai/nano-banana-2", input).status, 401);
        QCOMPARE(stranger.post("/run/fal-ai/nano-banana-2", input).status, 401);
        QCOMPARE(stranger.post("/storage/upload/initiate", { { "content_type", "a/b" }, { "file_name", "c" } }).status, 401);
        QCOMPARE(stranger.get("/v1/models/pricing?endpoint_id=x").status, 401);
        QCOMPARE(stranger.get("/fal-ai/nano-banana-2/requests/x/status").status, 401);
    }
    QCOMPARE(SandboxProbe(port, "id:right").post("/fal-ai/nano-banana-2", input).status, 200);
}

QTEST_GUILESS_MAIN(tst_SandboxGuard)
#include "tst_sandboxguard.moc"
