#include "server.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class ServerTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsFal();
    void putsAllBelowOneBase_data();
    void putsAllBelowOneBase();
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void comparesOrigins_data();
    void comparesOrigins();
    void knowsLoopback_data();
    void knowsLoopback();
    void findsTheApp_data();
    void findsTheApp();
};

void ServerTest::knowsFal()
{
    const Server server = Server::fal();
    QCOMPARE(server.queue, QUrl(u"https://queue.fal.run"_s));
    QCOMPARE(server.sync, QUrl(u"https://fal.run"_s));
    QCOMPARE(server.storage, QUrl(u"https://rest.fal.ai/storage"_s));
    QCOMPARE(server.platform, QUrl(u"https://api.fal.ai/v1"_s));
    QVERIFY(server.isFal && !server.isSandbox);
    QCOMPARE(Server::parse(u" fal "_s), server);
}

void ServerTest::putsAllBelowOneBase_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("clean");
    QTest::newRow("bare") << u"http://127.0.0.1:8080"_s << u"http://127.0.0.1:8080"_s;
    QTest::newRow("slash") << u"http://127.0.0.1:8080/"_s << u"http://127.0.0.1:8080"_s;
    QTest::newRow("path") << u"https://example.com/fal//"_s << u"https://example.com/fal"_s;
    QTest::newRow("query") << u"https://example.com/fal?a=b#c"_s << u"https://example.com/fal"_s;
}

void ServerTest::putsAllBelowOneBase()
{
    QFETCH(QString, base);
    QFETCH(QString, clean);
    const Server server = Server::at(QUrl(base));
    QCOMPARE(server.name, clean);
    QCOMPARE(server.queue, QUrl(clean));
    QCOMPARE(server.sync, QUrl(clean + u"/run"_s));
    QCOMPARE(server.storage, QUrl(clean + u"/storage"_s));
    QCOMPARE(server.platform, QUrl(clean + u"/v1"_s));
    QVERIFY(!server.isFal && !server.isSandbox);
    QCOMPARE(Server::at(QUrl(base), true).name, u"sandbox"_s);
    QVERIFY(Server::at(QUrl(base), true).isSandbox);
}

void ServerTest::parses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : { "https://example.com", "https://example.com:8443/base", "http://localhost:1234",
             "http://127.0.0.1:1", "http://127.9.8.7", "http://[::1]:8080/x" }) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void ServerTest::parses()
{
    QFETCH(QString, text);
    const Result<Server> server = Server::parse(text);
    QVERIFY2(server, server ? "" : qPrintable(server.error().message));
    QCOMPARE(server->queue, QUrl(text));
    QVERIFY(!server->isFal && !server->isSandbox);
}

void ServerTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
        { "", "sandbox", "FAL", "example.com", "ftp://example.com", "file:///etc/passwd", "https://",
            "http://example.com", "http://192.168.0.1", "http://127.0.0.1.evil.com", "http://localhost.evil.com",
            "http://128.0.0.1", "https://id:secret@example.com", "https://user@example.com",
            "https://example.com/?key=x", "https://example.com/#x", "https://exa mple.com", "javascript:alert(1)" }) {
        QTest::newRow(*text ? text : "(empty)") << QString::fromLatin1(text);
    }
}

void ServerTest::refuses()
{
    QFETCH(QString, text);
    const Result<Server> server = Server::parse(text);
    QVERIFY(!server);
    QCOMPARE(server.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!server.error().message.isEmpty());
    QVERIFY(!server.error().message.contains(u"secret"));
}

void ServerTest::comparesOrigins_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *url, bool same) { QTest::newRow(url) << QString::fromUtf8(url) << same; };
    row("https://queue.fal.run", true);
    row("https://queue.fal.run/", true);
    row("https://queue.fal.run/fal-ai/nano-banana-2/requests/x/status?logs=1", true);
    row("https://queue.fal.run:443/x", true);
    row("HTTPS://QUEUE.FAL.RUN/x", true);
    row("http://queue.fal.run/x", false);
    row("http://queue.fal.run:443/x", false);
    row("https://queue.fal.run:8443/x", false);
    row("https://queue.fal.run.evil/x", false);
    row("https://queue.fal.run.evil.com/x", false);
    row("https://queue.fal.run@evil.com/x", false);
    row("https://queue.fal.run:443@evil.com/x", false);
    row("https://evil.com@queue.fal.run/x", false);
    row("https://evil.com/queue.fal.run", false);
    row("https://evil.com\\@queue.fal.run/x", false);
    row("https://evil.com#@queue.fal.run/x", false);
    row("https://QUEUE.FAL.RUN./x", false);
    row("https://fal.run/x", false);
    row("https://xqueue.fal.run/x", false);
    row("https://queue.fal.run%2eevil.com/x", false);
    row("https://queue.f\xD0\xB0l.run/x", false); // Cyrillic a
    row("https://xn--queue-fal-run/x", false);
    row("//queue.fal.run/x", false);
    row("queue.fal.run", false);
    row("ftp://queue.fal.run", false);
    row("file:///queue.fal.run", false);
    row("data:text/plain,queue.fal.run", false);
    row("", false);
}

void ServerTest::comparesOrigins()
{
    QFETCH(QString, url);
    QFETCH(bool, same);
    const QUrl ours = Server::fal().queue;
    QCOMPARE(sameOrigin(ours, QUrl(url)), same);
    QCOMPARE(sameOrigin(QUrl(url), ours), same);
    QVERIFY(!sameOrigin(QUrl(), QUrl()));
    QVERIFY(!sameOrigin(QUrl(u"file:///a"_s), QUrl(u"file:///b"_s)));
}

void ServerTest::knowsLoopback_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("loopback");
    const auto row = [](const char *url, bool loopback) { QTest::newRow(url) << QString::fromUtf8(url) << loopback; };
    row("http://localhost", true);
    row("http://LOCALHOST:8080/x", true);
    row("http://127.0.0.1", true);
    row("http://127.255.1.2:9", true);
    row("http://[::1]:9", true);
    row("http://localhost.evil.com", false);
    row("http://127.0.0.1.evil.com", false);
    row("http://127.0.0.1@evil.com", false);
    row("http://128.0.0.1", false);
    row("http://0.0.0.0", false);
    row("http://[::2]", false);
    row("http://[::ffff:10.0.0.1]", false);
    row("http://evil.com/127.0.0.1", false);
    row("", false);
}

void ServerTest::knowsLoopback()
{
    QFETCH(QString, url);
    QTEST(isLoopback(QUrl(url)), "loopback");
}

void ServerTest::findsTheApp_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("app");
    const auto row = [](const char *endpoint, const char *app) {
        QTest::newRow(endpoint) << QString::fromLatin1(endpoint) << QString::fromLatin1(app);
    };
    row("fal-ai/nano-banana-2", "fal-ai/nano-banana-2");
    row("fal-ai/nano-banana-2/edit", "fal-ai/nano-banana-2");
    row("fal-ai/flux/dev/image-to-image", "fal-ai/flux");
    row("workflows/me/flow", "workflows/me/flow");
    row("workflows/me/flow/step", "workflows/me/flow");
    row("comfy/me/flow/step", "comfy/me/flow");
    row("single", "single");
}

void ServerTest::findsTheApp()
{
    QFETCH(QString, endpoint);
    QTEST(queueAppOf({ endpoint }), "app");
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::ServerTest)
#include "tst_server.moc"
