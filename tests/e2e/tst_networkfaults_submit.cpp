#include "networkbench.h"
#include "servercertificate.h"

#include <QScopeGuard>
#include <QSslConfiguration>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace network;

/// Every row of reliability.md 2.1: what can happen to a submit, before, while and after it leaves.
class TestNetworkFaultsSubmit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fault_data();
    void fault();
    void nothingLeaves_data();
    void nothingLeaves();
    void noNetworkAtAll();
    void doubtfulCertificates_data();
    void doubtfulCertificates();
    void brokenOverTls_data();
    void brokenOverTls();
    void redirectedElsewhere_data();
    void redirectedElsewhere();
    void foreignStatusAddresses_data();
    void foreignStatusAddresses();
    void proxies();
    void lookUpAndSendAgainByCommand();

private:
    QSslConfiguration certificate(const QString &name, const QString &subject);
    QTemporaryDir m_certificates;
    const QSslConfiguration m_untouched = QSslConfiguration::defaultConfiguration();
};

void TestNetworkFaultsSubmit::fault_data()
{
    QTest::addColumn<NetworkFault>("fault");
    const auto row = [](const QByteArray &name, const NetworkFault &fault) { QTest::newRow(name.constData()) << fault; };
    const auto answers = [](const FaultReply &reply, FaultScript script = FaultScript::Serve, int times = -1) {
        return [=](FaultServer &server) { server.on("POST", base, reply, script, times); };
    };
    const QString mayHave = u"may have been accepted and charged"_s;

    for (const auto &[name, script] : { std::pair { "reset before the head", FaultScript::Reset }, { "close before the head", FaultScript::Fin },
                                        { "close inside the head", FaultScript::HalfHead },
                                        { "idle keep-alive closed at the moment of sending", FaultScript::EarlyFin } })
        row(name, { .spoil = answers({}, script), .end = RunState::Unknown, .says = mayHave });
    row("timeout with no reply",
        { .spoil = answers({}, FaultScript::Stall), .end = RunState::Unknown, .waits = u"No answer yet"_s, .says = u"no answer in time"_s });
    row("slow-loris reply",
        { .spoil = answers({}, FaultScript::Drip), .end = RunState::Unknown, .waits = u"No answer yet"_s, .says = mayHave });

    const QList<QPair<const char *, QByteArray>> pauses { { "without Retry-After", "" }, { "Retry-After in seconds", "7" },
                                                          { "Retry-After as a date", "" } };
    for (int i = 0; i < pauses.size(); ++i) {
        row(QByteArray("429 ") + pauses[i].first,
            { .spoil =
                  [pause = pauses[i].second, isDate = i == 2](FaultServer &server) {
                      const QByteArray date
                          = QLocale::c().toString(QDateTime::currentDateTimeUtc().addSecs(9), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
                      FaultReply reply { .status = 429, .body = R"({"detail":"slow down"})" };
                      if (isDate || !pause.isEmpty())
                          reply.headers = { { "Retry-After", isDate ? date : pause } };
                      server.on("POST", base, reply, FaultScript::Serve, 1);
                  },
              .waits = u"The server asks to wait: too many requests. slow down. Nothing was sent."_s,
              .posts = 2 });
    }
    row("429 Retry-After absurd",
        { .spoil = answers({ .status = 429, .headers = { { "Retry-After", "99999999999999999999" } } }, FaultScript::Serve, 1),
          .end = RunState::Intent, .waits = u"The server asks to wait"_s, .stays = true });

    for (const int status : { 408, 500, 502, 503, 504 })
        row(QByteArray::number(status), { .spoil = answers({ .status = status, .body = R"({"detail":"a gateway's word"})" }),
                                          .end = RunState::Unknown,
                                          .says = u"a gateway's word"_s,
                                          .look = [](const RunRecord &run, const FaultServer &) {
                                              QCOMPARE(run.reply, QByteArray(R"({"detail":"a gateway's word"})"));
                                          } });
    for (const int status : { 200, 502 })
        row("HTML error page with " + QByteArray::number(status),
            { .spoil = answers({ .status = status, .body = "<html><title>Bad gateway today</title></html>", .contentType = "text/html" }),
              .end = RunState::Unknown, .says = u"Bad gateway today"_s });
    for (const int status : { 400, 401, 402, 403, 404, 405, 413, 415, 422 })
        row("refused with " + QByteArray::number(status),
            { .spoil = answers({ .status = status, .body = R"({"detail":"not this way"})" }), .end = RunState::Refused,
              .says = u"not this way. Nothing was charged; the input is kept."_s });

    const QByteArray long10 = R"({"request_id":")" + QByteArray(10'000'000, 'a') + R"("})";
    for (const auto &[name, body] :
         { std::pair<const char *, QByteArray> { "empty", "" }, { "truncated", R"({"request_id":"764cab)" }, { "an array", "[]" },
           { "request_id null", R"({"request_id":null})" }, { "request_id a number", R"({"request_id":7})" },
           { "request_id of 10 MB", long10 }, { "request_id a path", R"({"request_id":"../../x"})" } })
        row(QByteArray("200 whose JSON is: ") + name,
            { .spoil = answers({ .body = body }), .end = RunState::Unknown, .says = mayHave,
              .look = [body = body](const RunRecord &run, const FaultServer &) {
                  if (body.size() < 65536)
                      QCOMPARE(run.reply, body);
                  QVERIFY(run.reply.size() <= 65536);
              } });
    row("unusable body, the id in a header",
        { .spoil = answers({ .body = "[]", .headers = { { "x-fal-request-id", requestId } } }), .end = RunState::Unknown,
          .look = [](const RunRecord &run, const FaultServer &) { QCOMPARE(run.requestId.toLatin1(), requestId); } });
}

void TestNetworkFaultsSubmit::fault()
{
    QFETCH(NetworkFault, fault);
    NetworkRow::play(fault);
}

void TestNetworkFaultsSubmit::nothingLeaves_data()
{
    QTest::addColumn<QString>("waits");
    QTest::newRow("connection refused") << u"No connection to the server. Connection refused. Nothing was sent; the run is kept."_s;
    QTest::newRow("DNS failure") << u"no machine of the name nowhere.invalid"_s;
    QTest::newRow("connect hangs") << u"No connection to the server. Nothing was sent; the run is kept."_s;
    QTest::newRow("TLS handshake cut") << u"Nothing was sent; the run is kept."_s;
    QTest::newRow("TLS 1.1 only") << u"No secure connection"_s;
}

/// It waits, says why and for how long, can be cancelled at no cost, and costs no try of the person's.
void TestNetworkFaultsSubmit::nothingLeaves()
{
    QFETCH(QString, waits);
    const QByteArray row = QTest::currentDataTag();
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QUrl url(u"http://127.0.0.1:%1"_s.arg(listener.serverPort()));
    std::unique_ptr<FaultServer> old;
    std::vector<int> filling;
    const auto closeAll = qScopeGuard([&filling] {
        for (const int socket : filling)
            ::close(socket);
    });
    if (row == "connection refused") {
        listener.close();
    } else if (row == "DNS failure") {
        url = QUrl(u"https://nowhere.invalid"_s);
    } else if (row == "TLS handshake cut") {
        url.setScheme(u"https"_s);
        connect(&listener, &QTcpServer::newConnection, &listener, [&listener] {
            while (QTcpSocket *socket = listener.nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->disconnectFromHost(); });
        });
    } else if (row == "TLS 1.1 only") {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("there is no openssl to make certificates with");
        QSslConfiguration configuration = certificate(u"old"_s, u"IP:127.0.0.1"_s);
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        configuration.setProtocol(QSsl::TlsV1_1);
        QT_WARNING_POP
        old = std::make_unique<FaultServer>(configuration);
        url = old->url();
    } else { // a listener whose backlog is full answers no SYN
        listener.close();
        const int deaf = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        filling.push_back(deaf);
        sockaddr_in address { .sin_family = AF_INET, .sin_port = 0, .sin_addr = { htonl(INADDR_LOOPBACK) }, .sin_zero = {} };
        socklen_t size = sizeof address;
        QCOMPARE(::bind(deaf, reinterpret_cast<sockaddr *>(&address), size), 0);
        QCOMPARE(::listen(deaf, 0), 0);
        QCOMPARE(::getsockname(deaf, reinterpret_cast<sockaddr *>(&address), &size), 0);
        for (int i = 0; i < 4; ++i) {
            filling.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            ::connect(filling.back(), reinterpret_cast<sockaddr *>(&address), size);
        }
        url = QUrl(u"http://127.0.0.1:%1"_s.arg(ntohs(address.sin_port)));
    }

    const QTemporaryDir folder;
    NetworkCommand command(folder, { u"generate"_s, u"--input"_s, u"-"_s, u"--timeout"_s, u"45"_s, u"--server"_s, url.toString(),
                                     u"--library"_s, folder.filePath(u"command"_s) },
                           R"({"prompt":"a plantain on a wire","resolution":"0.5K"})");
    NetworkEngine engine(url, folder.filePath(u"window"_s));
    QVERIFY(engine.open());
    const RunId id = engine.start();
    QVERIFY2(engine.waitForNote(waits), qPrintable(engine.play().notes.join(u'\n')));
    QVERIFY(engine.waitForState(id, RunState::Intent));
    QVERIFY(engine.play().longestWait <= 76); // a minute and its spread
    engine.controller().cancel(id);
    QVERIFY(engine.waitForState(id, RunState::Cancelled));
    QCOMPARE(wordOf(engine.stored(id).cancel), u"removed"_s);

    QVERIFY(command.waitForEnd());
    QCOMPARE(command.status(), 3);
    if (row != "connect hangs") // which may be in the middle of a try
        QCOMPARE(command.state(), u"intent"_s);
    QVERIFY2(QString::fromUtf8(command.errors).contains(waits), command.errors.constData());
    if (old)
        QVERIFY(old->seen().empty());
}

void TestNetworkFaultsSubmit::noNetworkAtAll()
{
    const QTemporaryDir folder;
    NetworkCommand probe(folder, { u"--version"_s }, {}, {}, { u"unshare"_s, u"-n"_s });
    if (!probe.waitForEnd() || probe.status() != 0)
        QSKIP("a network of its own cannot be had here");
    const QStringList where { u"--server"_s, u"http://127.0.0.1:9"_s, u"--library"_s, folder.filePath(u"library"_s) };
    NetworkCommand command(folder, QStringList { u"generate"_s, u"--input"_s, u"-"_s, u"--timeout"_s, u"45"_s } + where,
                           R"({"prompt":"a plantain on a wire","resolution":"0.5K"})", {}, { u"unshare"_s, u"-n"_s });
    QVERIFY(command.waitForEnd());
    QCOMPARE(command.status(), 3);
    QCOMPARE(command.state(), u"intent"_s);
    QVERIFY2(command.errors.contains("No connection to the server."), command.errors.constData());
    QVERIFY(command.errors.contains("Nothing was sent; the run is kept."));
}

QSslConfiguration TestNetworkFaultsSubmit::certificate(const QString &name, const QString &subject)
{
    return serverCertificate(m_untouched, m_certificates, name, subject, patience);
}

void TestNetworkFaultsSubmit::doubtfulCertificates_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<int>("daysLater");
    QTest::newRow("TLS self-signed, unknown root") << u"IP:127.0.0.1"_s << false << 0;
    QTest::newRow("TLS wrong host") << u"DNS:example.com"_s << true << 0;
    QTest::newRow("TLS expired") << u"IP:127.0.0.1"_s << true << 20;
}

/// Final and plain: no second try, no way past it, not a byte on the wire.
void TestNetworkFaultsSubmit::doubtfulCertificates()
{
    QFETCH(QString, subject);
    QFETCH(bool, trusted);
    QFETCH(int, daysLater);
    if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
        QSKIP("there is no openssl to make certificates with");
    const QSslConfiguration configuration = certificate(u"doubtful"_s, subject);
    const auto restore = qScopeGuard([&] {
        QSslConfiguration::setDefaultConfiguration(m_untouched);
        jumpWallClock(-daysLater * 86'400LL);
    });
    if (trusted)
        trustAlone(m_untouched, configuration);
    jumpWallClock(daysLater * 86'400LL);
    FaultServer server(configuration);
    makeHonest(server);
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.filePath(u"window"_s));
    QVERIFY(engine.open());
    const RunId id = engine.start();
    QVERIFY(engine.waitForEnd(id));
    const RunRecord run = engine.stored(id);
    QCOMPARE(wordOf(run.state), u"refused"_s);
    const QString sentence = errorText(*run.error, run.state).sentence();
    QVERIFY2(sentence.startsWith(u"The server's certificate is not valid for 127.0.0.1 ("_s), qPrintable(sentence));
    QVERIFY(sentence.contains(u"Nothing was sent; the input is kept."_s));
    QVERIFY(server.seen().empty());

    NetworkCommand command(folder, { u"generate"_s, u"--input"_s, u"-"_s, u"--server"_s, server.url().toString(), u"--library"_s,
                                     folder.filePath(u"command"_s) },
                           R"({"prompt":"a plantain on a wire","resolution":"0.5K"})");
    QVERIFY(command.waitForEnd());
    QCOMPARE(command.status(), 1);
    QCOMPARE(command.state(), u"refused"_s);
    QVERIFY2(command.message().startsWith(u"The server's certificate is not valid for 127.0.0.1 ("_s), qPrintable(command.message()));
    QVERIFY(server.seen().empty());
}

void TestNetworkFaultsSubmit::brokenOverTls_data()
{
    QTest::addColumn<FaultScript>("script");
    QTest::newRow("TLS close without close_notify") << FaultScript::Drop;
    QTest::newRow("TLS reset before the head") << FaultScript::Reset;
    QTest::newRow("TLS close inside the head") << FaultScript::HalfHead;
}

void TestNetworkFaultsSubmit::brokenOverTls()
{
    QFETCH(FaultScript, script);
    if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
        QSKIP("there is no openssl to make certificates with");
    const QSslConfiguration configuration = certificate(u"good"_s, u"IP:127.0.0.1"_s);
    trustAlone(m_untouched, configuration);
    const auto restore = qScopeGuard([&] { QSslConfiguration::setDefaultConfiguration(m_untouched); });
    FaultServer server(configuration);
    makeHonest(server);
    server.on("POST", base, {}, script);
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    const RunId id = engine.start();
    QVERIFY(engine.waitForEnd(id));
    QCOMPARE(wordOf(engine.stored(id).state), u"unknown"_s);
    QCOMPARE(posts(server), 1);
    makeHonest(server);
    listInHistory(server, server.seen().front().body);
    QVERIFY(NetworkEngine::wait(engine.controller().lookUp(id))->found);
    QVERIFY(engine.waitForState(id, RunState::Done));
    QCOMPARE(posts(server), 1);
}

void TestNetworkFaultsSubmit::redirectedElsewhere_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 301, 302, 307, 308 })
        QTest::addRow("%d to another origin", status) << status;
}

void TestNetworkFaultsSubmit::redirectedElsewhere()
{
    QFETCH(int, status);
    FaultServer elsewhere;
    makeHonest(elsewhere);
    NetworkRow::play({ .spoil =
                           [&](FaultServer &server) {
                               server.on("POST", base, { .status = status, .headers = { { "Location", elsewhere.url(u"/taken"_s).toEncoded() } } });
                           },
                       .end = RunState::Unknown,
                       .says = u"The server answered with a redirect, which is not followed."_s });
    QCOMPARE(elsewhere.connections(), 0);
}

void TestNetworkFaultsSubmit::foreignStatusAddresses_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("status_url on another origin") << QByteArray("ELSEWHERE/status");
    QTest::newRow("status_url http to a host") << QByteArray("http://queue.example.com/status");
    QTest::newRow("status_url file") << QByteArray("file:///etc/hostname");
    QTest::newRow("status_url with user info") << QByteArray("http://someone:word@127.0.0.1:9/status");
    QTest::newRow("status_url with another port") << QByteArray("http://127.0.0.1:9/status");
}

void TestNetworkFaultsSubmit::foreignStatusAddresses()
{
    QFETCH(QByteArray, address);
    FaultServer elsewhere;
    address.replace("ELSEWHERE", elsewhere.url().toEncoded());
    NetworkRow::play({ .spoil = [&](FaultServer &server) {
        server.on("POST", base,
                  { .body = R"({"request_id":")" + requestId + R"(","status_url":")" + address + R"(","response_url":")" + address
                        + R"(","cancel_url":")" + address + R"("})" });
    } });
    QCOMPARE(elsewhere.connections(), 0);
}

/// https goes through CONNECT alone, with no word of the key; this machine is never asked for through a proxy.
void TestNetworkFaultsSubmit::proxies()
{
    FaultServer proxy, local;
    makeHonest(local);
    const QString address = proxy.url().toString();
    const QMap<QString, QString> environment { { u"http_proxy"_s, address }, { u"https_proxy"_s, address },
                                               { u"HTTP_PROXY"_s, address }, { u"HTTPS_PROXY"_s, address },
                                               { u"no_proxy"_s, {} }, { u"NO_PROXY"_s, {} } };
    const QByteArray input = R"({"prompt":"a plantain on a wire","resolution":"0.5K"})";
    const QTemporaryDir folder;
    const QStringList generate { u"generate"_s, u"--input"_s, u"-"_s, u"--timeout"_s, u"60"_s, u"--library"_s };
    NetworkCommand here(folder, generate + QStringList { folder.filePath(u"here"_s), u"--server"_s, local.url().toString() }, input, environment);
    QVERIFY(here.waitForEnd());
    QCOMPARE(here.state(), u"done"_s);
    QVERIFY(proxy.seen().empty());
    NetworkCommand away(folder, generate + QStringList { folder.filePath(u"away"_s), u"--server"_s, u"https://queue.invalid"_s }, input, environment);
    QVERIFY(away.waitForEnd());
    QVERIFY2(QStringList({ u"intent"_s, u"sending"_s }).contains(away.state()), qPrintable(away.state())); // between two tries, or in one
    QVERIFY(!proxy.seen().empty());
    for (const SeenRequest &request : proxy.seen()) {
        QCOMPARE(request.verb, QByteArray("CONNECT"));
        QVERIFY(!request.has("authorization"));
    }
}

/// `plantain resume` does both without a window, and each of them with one run alone.
void TestNetworkFaultsSubmit::lookUpAndSendAgainByCommand()
{
    const QTemporaryDir folder;
    FaultServer server;
    makeHonest(server);
    server.on("POST", base, {}, FaultScript::Fin, 1);
    const QStringList where { u"--library"_s, folder.filePath(u"library"_s), u"--server"_s, server.url().toString() };
    NetworkCommand lost(folder, QStringList { u"generate"_s, u"--input"_s, u"-"_s } + where, R"({"prompt":"a plantain on a wire"})");
    QVERIFY(lost.waitForEnd());
    QCOMPARE(lost.state(), u"unknown"_s);
    const QString run = stringAt(lost.line, "run");

    server.on("GET", "/v1/models/requests", { .body = R"({"items":[]})" });
    NetworkCommand notListed(folder, QStringList { u"resume"_s, u"--look-up"_s, run } + where);
    QVERIFY(notListed.waitForEnd());
    QCOMPARE(notListed.status(), 1);
    QVERIFY2(notListed.errors.contains("does not list it yet"), notListed.errors.constData());

    listInHistory(server, server.seen().front().body);
    NetworkCommand found(folder, QStringList { u"resume"_s, u"--look-up"_s, run } + where);
    QVERIFY(found.waitForEnd());
    QCOMPARE(found.state(), u"done"_s);
    QCOMPARE(stringAt(found.line, "run"), run);
    QCOMPARE(posts(server), 1);

    server.on("POST", base, {}, FaultScript::Fin, 1);
    NetworkCommand lostAgain(folder, QStringList { u"generate"_s, u"--input"_s, u"-"_s } + where, R"({"prompt":"a plantain on a wire","seed":5})");
    QVERIFY(lostAgain.waitForEnd());
    const QString second = stringAt(lostAgain.line, "run");
    // Its twin in the history belongs to the first run: nothing is adopted twice.
    server.on("GET", "/v1/models/requests",
              { .body = R"({"items":[{"request_id":")" + requestId + R"(","json_input":)" + toBytes(lostAgain.line.at("input")) + R"(}]})" });
    NetworkCommand claimed(folder, QStringList { u"resume"_s, u"--look-up"_s, second } + where);
    QVERIFY(claimed.waitForEnd());
    QCOMPARE(claimed.status(), 1);

    NetworkCommand again(folder, QStringList { u"resume"_s, u"--send-again"_s, second } + where);
    QVERIFY(again.waitForEnd());
    QCOMPARE(again.state(), u"done"_s);
    QVERIFY(stringAt(again.line, "run") != second);
    QCOMPARE(posts(server), 3); // three presses
}

NETWORK_MAIN(TestNetworkFaultsSubmit)
#include "tst_networkfaults_submit.moc"
