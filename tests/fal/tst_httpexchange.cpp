#include "faultserver.h"
#include "httpexchange.h"
#include "networkaccess.h"
#include "testwait.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// An exchange with what came of it.
struct Probe
{
    explicit Probe(QNetworkAccessManager &network, const QUrl &url, HttpLimits limits = {}, QByteArray post = {},
        std::vector<std::pair<QByteArray, QByteArray>> headers = { { "Accept", "application/json" } })
    {
        HttpRequest request;
        request.verb = post.isEmpty() ? "GET" : "POST";
        request.url = url;
        request.headers = std::move(headers);
        if (!post.isEmpty()) {
            request.headers.emplace_back("Content-Type", "application/json");
            request.body = std::make_unique<OneShotBody>(post);
        }
        exchange.reset(new HttpExchange(network, std::move(request), limits));
        QObject::connect(exchange.get(), &HttpExchange::finished, exchange.get(), [this](const HttpOutcome &value) {
            ++endings;
            outcome = value;
        });
    }
    bool ended() const { return endings > 0; }
    ErrorKind kind() const { return outcome.error ? outcome.error->kind : ErrorKind::Disk; }
    QString type() const { return outcome.error ? outcome.error->type : QString(); }

    int endings = 0;
    HttpOutcome outcome;
    HttpExchangePtr exchange;
};

/// A port whose connections are never accepted nor refused: its backlog is full.
struct SilentPort
{
    SilentPort()
    {
        listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        ::bind(listener, reinterpret_cast<sockaddr *>(&address), length);
        ::listen(listener, 0);
        ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length);
        port = ntohs(address.sin_port);
        for (int &filler : fillers) {
            filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(filler, reinterpret_cast<sockaddr *>(&address), length);
        }
    }
    ~SilentPort()
    {
        for (const int filler : fillers)
            ::close(filler);
        ::close(listener);
    }
    int listener = -1, fillers[4] {};
    quint16 port = 0;
};

} // namespace

class TestHttpExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void bringsACompleteReplyOfAnyStatus_data();
    void bringsACompleteReplyOfAnyStatus();
    void cancelIsOneEnding();
    void droppingIsSilent();
    void mayBeDroppedInItsOwnHandler();
    void survivesItsManager();
    void refusedConnectionIsNotSent();
    void connectLimit();
    void silenceLimit();
    void deadlineEndsWhatDrips();
    void lateTimersLetAnAnswerIn();
    void byteLimit();
    void byteLimitKnownFromTheHead();
    void sinkMayRefuse();
    void headSinkMayRefuse();
    void refusesAddresses_data();
    void refusesAddresses();
    void redirectIsNotFollowed_data();
    void redirectIsNotFollowed();
    void challengeIsNotAnswered_data();
    void challengeIsNotAnswered();
    void keepsNoCookie();
    void sendsWhatItShould();
    void everyScriptEndsOnce_data();
    void everyScriptEndsOnce();
    void wholeRepliesInOddShapes_data();
    void wholeRepliesInOddShapes();

private:
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<FaultServer> m_server;
};

void TestHttpExchange::init()
{
    m_network = makeNetworkAccess();
    m_server = std::make_unique<FaultServer>();
}

void TestHttpExchange::cleanup()
{
    m_network.reset();
    m_server.reset();
}

void TestHttpExchange::bringsACompleteReplyOfAnyStatus_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 200, 201, 202, 204, 302, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 418, 422, 429, 499,
             500, 501, 502, 503, 504, 599 })
        QTest::addRow("%d", status) << status;
}

void TestHttpExchange::bringsACompleteReplyOfAnyStatus()
{
    QFETCH(int, status);
    const QByteArray body = status == 204 ? QByteArray() : QByteArray(R"({"detail":"said"})");
    m_server->on({}, "/", { .status = status, .body = body, .headers = { { "X-Fal-Request-Id", "abc" } } });
    for (const QByteArray &post : { QByteArray(), QByteArray("{}") }) {
        Probe probe(*m_network, m_server->url(u"/a"_s), {}, post);
        probe.exchange->start();
        WAIT_FOR(probe.ended());
        QVERIFY2(probe.outcome.isComplete(), qPrintable(probe.type()));
        QCOMPARE(probe.outcome.head.status, status);
        QCOMPARE(probe.outcome.body, body);
        QCOMPARE(probe.outcome.head.header("x-fal-request-id"), "abc");
        QCOMPARE(probe.outcome.head.mediaType(), "application/json");
        QCOMPARE(probe.outcome.handedOut, post.size());
        QCOMPARE(probe.endings, 1);
    }
    QCOMPARE(m_server->count("POST"), 1);
    QCOMPARE(m_server->count("GET"), 1);
}

void TestHttpExchange::cancelIsOneEnding()
{
    m_server->on({}, "/", {}, FaultScript::Stall);
    Probe probe(*m_network, m_server->url(u"/a"_s));
    probe.exchange->start();
    WAIT_COMPARE(m_server->count("GET"), 1);
    probe.exchange->cancel();
    QCOMPARE(probe.endings, 1);
    QCOMPARE(probe.kind(), ErrorKind::Cancelled);
    probe.exchange->cancel();
    probe.exchange->drop();
    WAIT_COMPARE(m_server->open(), 0);
    QCOMPARE(probe.endings, 1);

    Probe unstarted(*m_network, m_server->url(u"/b"_s));
    unstarted.exchange->cancel();
    unstarted.exchange->start();
    QCOMPARE(unstarted.endings, 1);
    QCOMPARE(unstarted.kind(), ErrorKind::Cancelled);
}

void TestHttpExchange::droppingIsSilent()
{
    m_server->on({}, "/", {}, FaultScript::Stall);
    Probe probe(*m_network, m_server->url(u"/a"_s), {}, "{}");
    QSignalSpy over(probe.exchange.get(), &HttpExchange::over);
    QSignalSpy destroyed(probe.exchange.get(), &QObject::destroyed);
    probe.exchange->start();
    WAIT_COMPARE(m_server->count("POST"), 1);
    probe.exchange.reset();
    WAIT_COMPARE(destroyed.count(), 1);
    WAIT_COMPARE(m_server->open(), 0);
    QCOMPARE(over.count(), 1);
    QCOMPARE(probe.endings, 0);
}

void TestHttpExchange::mayBeDroppedInItsOwnHandler()
{
    m_server->on({}, "/", { .body = QByteArray(100'000, 'x') });
    for (const bool inData : { false, true }) {
        Probe probe(*m_network, m_server->url(u"/a"_s));
        QSignalSpy destroyed(probe.exchange.get(), &QObject::destroyed);
        if (inData) {
            probe.exchange->setSinks({}, [&probe](const QByteArray &) {
                probe.exchange.reset();
                return std::nullopt;
            });
        } else {
            connect(probe.exchange.get(), &HttpExchange::finished, this, [&probe] { probe.exchange.reset(); });
        }
        probe.exchange->start();
        WAIT_COMPARE(destroyed.count(), 1);
        QCOMPARE(probe.endings, inData ? 0 : 1);
    }
}

void TestHttpExchange::survivesItsManager()
{
    m_server->on({}, "/", {}, FaultScript::Stall);
    Probe probe(*m_network, m_server->url(u"/a"_s), {}, "{}");
    probe.exchange->start();
    WAIT_COMPARE(m_server->count("POST"), 1);
    m_network.reset();
    QVERIFY(probe.exchange->isOver());
    probe.exchange->cancel();
    probe.exchange->start();
    QCOMPARE(probe.endings, 0);
}

void TestHttpExchange::refusedConnectionIsNotSent()
{
    const QUrl url = m_server->url(u"/a"_s);
    m_server.reset();
    for (const QByteArray &post : { QByteArray(), QByteArray("{}") }) {
        Probe probe(*m_network, url, {}, post);
        probe.exchange->start();
        WAIT_FOR(probe.ended());
        QCOMPARE(probe.kind(), ErrorKind::NotSent);
        QCOMPARE(probe.type(), u"refused"_s);
        QCOMPARE(probe.outcome.handedOut, 0);
    }
}

void TestHttpExchange::connectLimit()
{
    const SilentPort silent;
    QUrl url = m_server->url(u"/a"_s);
    url.setPort(silent.port);
    for (const QByteArray &post : { QByteArray(), QByteArray("{}") }) {
        Probe probe(*m_network, url, { .connect = 300ms }, post);
        probe.exchange->start();
        WAIT_FOR(probe.ended());
        QCOMPARE(probe.kind(), ErrorKind::NotSent);
        QCOMPARE(probe.type(), u"connect_timeout"_s);
        QCOMPARE(probe.outcome.handedOut, 0);
    }
}

void TestHttpExchange::silenceLimit()
{
    m_server->on({}, "/stall", {}, FaultScript::Stall);
    m_server->on({}, "/half", { .body = "0123456789" }, FaultScript::StallInBody);
    for (const QString &path : { u"/stall"_s, u"/half"_s }) {
        Probe probe(*m_network, m_server->url(path), { .silence = 300ms });
        probe.exchange->start();
        WAIT_FOR(probe.ended());
        QCOMPARE(probe.kind(), ErrorKind::TimedOut);
        QCOMPARE(probe.type(), u"silence"_s);
        QCOMPARE(probe.outcome.body, path == u"/half"_s ? "01234" : "");
    }
}

void TestHttpExchange::deadlineEndsWhatDrips()
{
    // A body that keeps coming: silence never falls, the deadline ends it.
    m_server->on({}, "/", {}, FaultScript::Firehose);
    Probe probe(*m_network, m_server->url(u"/a"_s), { .silence = 20s, .deadline = 600ms, .replyBytes = Q_INT64_C(1) << 40 });
    probe.exchange->setSinks({}, [](const QByteArray &) { return std::nullopt; });
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QCOMPARE(probe.kind(), ErrorKind::TimedOut);
    QCOMPARE(probe.type(), u"deadline"_s);
    QVERIFY(probe.outcome.received > 0);
}

void TestHttpExchange::lateTimersLetAnAnswerIn()
{
    // This thread stands still with the request under way, as it does when the process is stopped or the machine
    // sleeps. All limits are over when it goes on; the answer is there too, and is looked at first.
    m_server->setAnswer([](const SeenRequest &) {
        QElapsedTimer asleep;
        asleep.start();
        while (!asleep.hasExpired(1500)) { }
        return FaultServer::Rule { .verb = {}, .path = {}, .reply = { .body = "[]" } };
    });
    Probe probe(*m_network, m_server->url(u"/a"_s), { .connect = 200ms, .silence = 200ms, .deadline = 200ms });
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QVERIFY2(probe.outcome.isComplete(), qPrintable(probe.type()));
}

void TestHttpExchange::byteLimit()
{
    m_server->on({}, "/", {}, FaultScript::Firehose);
    Probe probe(*m_network, m_server->url(u"/a"_s), { .replyBytes = 1'000'000 });
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QCOMPARE(probe.kind(), ErrorKind::BadReply);
    QCOMPARE(probe.type(), u"too_large"_s);
    QVERIFY(probe.outcome.body.size() <= 1'000'000);
    WAIT_COMPARE(m_server->open(), 0);
}

void TestHttpExchange::byteLimitKnownFromTheHead()
{
    m_server->on({}, "/", { .body = QByteArray(5000, 'x') });
    Probe exact(*m_network, m_server->url(u"/a"_s), { .replyBytes = 5000 });
    exact.exchange->start();
    WAIT_FOR(exact.ended());
    QVERIFY(exact.outcome.isComplete());
    Probe probe(*m_network, m_server->url(u"/a"_s), { .replyBytes = 4999 });
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QCOMPARE(probe.type(), u"too_large"_s);
    QCOMPARE(probe.outcome.received, 0);
}

void TestHttpExchange::sinkMayRefuse()
{
    m_server->on({}, "/", { .body = QByteArray(3'000'000, 'x') });
    Probe probe(*m_network, m_server->url(u"/a"_s));
    qint64 taken = 0;
    probe.exchange->setSinks({}, [&taken](const QByteArray &bytes) -> std::optional<Error> {
        taken += bytes.size();
        if (taken > 500'000)
            return Error { .kind = ErrorKind::Disk, .type = u"full"_s };
        return std::nullopt;
    });
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QCOMPARE(probe.kind(), ErrorKind::Disk);
    QCOMPARE(probe.type(), u"full"_s);
    QVERIFY(taken < 3'000'000);
    QVERIFY(probe.outcome.body.isEmpty());
}

void TestHttpExchange::headSinkMayRefuse()
{
    m_server->on({}, "/", { .body = "x", .contentType = "text/html" });
    Probe probe(*m_network, m_server->url(u"/a"_s));
    probe.exchange->setSinks(
        [](const HttpHead &head) -> std::optional<Error> {
            return Error { .kind = ErrorKind::BadReply, .type = QString::fromLatin1(head.mediaType()) };
        },
        [](const QByteArray &) { return std::nullopt; });
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QCOMPARE(probe.type(), u"text/html"_s);
    QCOMPARE(probe.outcome.received, 0);
}

void TestHttpExchange::refusesAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("plain http elsewhere") << u"http://example.com/a"_s;
    QTest::newRow("plain http to a look-alike") << u"http://127.0.0.1.example.com/a"_s;
    QTest::newRow("user info") << u"https://name:word@example.com/"_s;
    QTest::newRow("file") << u"file:///etc/hostname"_s;
    QTest::newRow("data") << u"data:text/plain,hello"_s;
    QTest::newRow("resource") << u"qrc:/a"_s;
    QTest::newRow("ftp") << u"ftp://example.com/a"_s;
    QTest::newRow("relative") << u"/a/b"_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("no host") << u"https:///a"_s;
}

void TestHttpExchange::refusesAddresses()
{
    QFETCH(QString, url);
    Probe probe(*m_network, QUrl(url), {}, "{}");
    probe.exchange->start();
    QCOMPARE(probe.endings, 0);
    WAIT_FOR(probe.ended());
    QCOMPARE(probe.kind(), ErrorKind::NotSent);
    QCOMPARE(probe.type(), u"address"_s);
    QVERIFY(!probe.outcome.error->message.contains(u"word"_s));
    QVERIFY(m_network->findChildren<QNetworkReply *>().isEmpty());
}

void TestHttpExchange::redirectIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("post");
    for (const int status : { 301, 302, 303, 307, 308 }) {
        QTest::addRow("GET %d", status) << status << false;
        QTest::addRow("POST %d", status) << status << true;
    }
}

void TestHttpExchange::redirectIsNotFollowed()
{
    QFETCH(int, status);
    QFETCH(bool, post);
    FaultServer second;
    m_server->on({}, "/", { .status = status, .headers = { { "Location", second.url(u"/stolen"_s).toEncoded() } } });
    Probe probe(*m_network, m_server->url(u"/a"_s), {}, post ? "{}" : "");
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QVERIFY(probe.outcome.isComplete());
    QCOMPARE(probe.outcome.head.status, status);
    QCOMPARE(int(m_server->seen().size()), 1);
    QCOMPARE(second.connections(), 0);
}

void TestHttpExchange::challengeIsNotAnswered_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("challenge");
    QTest::newRow("Basic") << 401 << QByteArray("Basic realm=\"x\"");
    QTest::newRow("Digest") << 401 << QByteArray("Digest realm=\"x\", nonce=\"y\", qop=\"auth\"");
    QTest::newRow("NTLM") << 401 << QByteArray("NTLM");
    QTest::newRow("Negotiate") << 401 << QByteArray("Negotiate");
    QTest::newRow("Bearer") << 401 << QByteArray("Bearer realm=\"x\"");
}

void TestHttpExchange::challengeIsNotAnswered()
{
    QFETCH(int, status);
    QFETCH(QByteArray, challenge);
    m_server->on({}, "/",
        { .status = status, .body = R"({"detail":"no"})", .headers = { { "WWW-Authenticate", challenge } } });
    Probe probe(*m_network, m_server->url(u"/a"_s), {}, "{}");
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QCOMPARE(m_server->count("POST"), 1);
    QCOMPARE(probe.outcome.head.status, status);
    QVERIFY2(probe.outcome.isComplete(), qPrintable(probe.type()));
    QCOMPARE(probe.outcome.body, R"({"detail":"no"})");
}

void TestHttpExchange::keepsNoCookie()
{
    m_server->on({}, "/", { .headers = { { "Set-Cookie", "canary=1; Path=/" }, { "Cache-Control", "max-age=3600" } } });
    for (int i = 0; i < 2; ++i) {
        Probe probe(*m_network, m_server->url(u"/a"_s));
        probe.exchange->start();
        WAIT_FOR(probe.ended());
    }
    QCOMPARE(m_server->count("GET"), 2);
    QVERIFY(!m_server->seen().at(1).has("cookie"));
}

void TestHttpExchange::sendsWhatItShould()
{
    m_server->on({}, "/", {});
    Probe probe(*m_network, m_server->url(u"/a"_s), {}, R"({"prompt":"x"})");
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    const SeenRequest &seen = m_server->seen().front();
    QCOMPARE(seen.body, R"({"prompt":"x"})");
    QCOMPARE(seen.header("content-length"), "14");
    QCOMPARE(seen.header("content-type"), "application/json");
    QCOMPARE(seen.header("accept"), "application/json");
    QVERIFY(seen.header("user-agent").startsWith("plantain/"));
    for (const char *name : { "authorization", "cookie", "upgrade", "http2-settings", "referer", "transfer-encoding" })
        QVERIFY2(!seen.has(name), name);

    HttpRequest bare { .verb = "PUT", .url = m_server->url(u"/cancel"_s), .headers = {}, .authorization = {}, .body = {} };
    HttpExchange put(*m_network, std::move(bare), {});
    QSignalSpy finished(&put, &HttpExchange::finished);
    put.start();
    QVERIFY(finished.wait(testPatience));
    QCOMPARE(m_server->seen().back().verb, "PUT");
    QCOMPARE(m_server->seen().back().header("content-length"), "0");
}

void TestHttpExchange::everyScriptEndsOnce_data()
{
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<bool>("post");
    for (const auto &[name, script] : FaultServer::scripts()) {
        QTest::addRow("GET %s", name) << script << false;
        QTest::addRow("POST %s", name) << script << true;
    }
}

void TestHttpExchange::everyScriptEndsOnce()
{
    QFETCH(FaultScript, script);
    QFETCH(bool, post);
    m_server->on({}, "/", { .body = R"({"request_id":"0123456789abcdef","more":"xxxxxxxxxxxxxxxxxxxx"})" }, script);
    const QByteArray body = post ? QByteArray(100'000, 'p') : QByteArray();
    const HttpLimits limits { .silence = 700ms, .deadline = 1500ms, .replyBytes = 1'000'000 };
    Probe probe(*m_network, m_server->url(u"/a"_s), limits, body);
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QCOMPARE(probe.endings, 1);
    QVERIFY2(!probe.outcome.isComplete() || script == FaultScript::HeadFlood || script == FaultScript::HeadTooLong
            || script == FaultScript::EarlyFin,
        "a spoilt reply was taken for a whole one");
    if (probe.outcome.error)
        QVERIFY2(probe.kind() != ErrorKind::NotSent, qPrintable(probe.type()));
    if (post)
        QCOMPARE(m_server->count("POST"), 1);
    probe.exchange.reset();
    m_network.reset(); // and nothing stays behind
    WAIT_COMPARE(m_server->open(), 0);
}

void TestHttpExchange::wholeRepliesInOddShapes_data()
{
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<int>("size");
    for (const int size : { 0, 1, 1000, 60'000, 5'000'000 }) {
        QTest::addRow("length, %d", size) << FaultScript::Serve << size;
        QTest::addRow("chunked, %d", size) << FaultScript::Chunked << qMin(size, 100'000);
        if (size > 0 && size < 65'536)
            QTest::addRow("gzip, %d", size) << FaultScript::Gzip << size;
    }
}

void TestHttpExchange::wholeRepliesInOddShapes()
{
    QFETCH(FaultScript, script);
    QFETCH(int, size);
    QByteArray body(size, '\0');
    for (int i = 0; i < size; ++i)
        body[i] = char('a' + i * 7 % 26);
    m_server->on({}, "/", { .body = body }, script);
    Probe probe(*m_network, m_server->url(u"/a"_s), { .replyBytes = 10'000'000 });
    probe.exchange->start();
    WAIT_FOR(probe.ended());
    QVERIFY2(probe.outcome.isComplete(), qPrintable(probe.type()));
    QVERIFY(probe.outcome.body == body);
}

QTEST_GUILESS_MAIN(TestHttpExchange)
#include "tst_httpexchange.moc"
