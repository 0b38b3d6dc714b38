#include "requesturls.h"
#include "urlgate.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

class TestUrlGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void downloads_data();
    void downloads();
    void leadsInside_data();
    void leadsInside();
    void ownUrls_data();
    void ownUrls();
    void requestUrlsOfFal();
    void requestUrlsBelowABase();
    void requestUrlsAreRebuilt();
    void endpoints_data();
    void endpoints();
    void requestIds_data();
    void requestIds();
};

namespace {

const Server fal = Server::fal();
const Server local = Server::at(QUrl(u"http://127.0.0.1:4170"_s), true);
const Server inHouse = Server::at(QUrl(u"https://10.1.2.3/fal"_s));

} // namespace

void TestUrlGate::downloads_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("withFal");
    QTest::addColumn<bool>("withLocal");
    const auto row = [](const QString &url, bool withFal, bool withLocal) {
        QTest::newRow(qPrintable(url.left(60))) << url << withFal << withLocal;
    };
    row(u"https://v3b.fal.media/files/b/0a1b2c3d/x.png"_s, true, true);
    row(u"https://storage.googleapis.com/falserverless/x.png?a=b#c"_s, true, true);
    row(u"https://example.com:8443/x"_s, true, true);
    row(u"https://93.184.216.34/x"_s, true, true);
    row(u"https://[2606:2800:220:1:248:1893:25c8:1946]/x"_s, true, true);
    row(u"http://example.com/x.png"_s, false, false);
    row(u"http://127.0.0.1:4170/files/x.png"_s, false, true);
    row(u"http://localhost:4170/files/x.png"_s, false, true);
    row(u"http://[::1]:4170/x"_s, false, true);
    row(u"https://127.0.0.1/x"_s, false, true);
    row(u"https://localhost/x"_s, false, true);
    row(u"https://localhost./x"_s, false, false);
    row(u"https://127.1/x"_s, false, true);
    for (const char *host : { "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
             "192.0.0.8", "192.0.2.5", "198.18.0.1", "203.0.113.9", "224.0.0.1", "239.255.255.255", "255.255.255.255", "240.0.0.1",
             "[::]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]",
             "[2001:db8::1]", "[2002:7f00:1::]", "[64:ff9b::a00:1]", "[2001::1]", "printer", "router.local", "metadata.google.internal",
             "x.localhost", "nas.lan", "box.home.arpa" })
        row(u"https://%1/x"_s.arg(QString::fromLatin1(host)), false, false);
    row(u"https://172.32.0.1/x"_s, true, true);
    row(u"https://100.128.0.1/x"_s, true, true);
    row(u"https://10.example.com/x"_s, true, true);
    // Written otherwise.
    row(u"https://127.0.0.1./x"_s, false, false);
    row(u"https://0x7f000001/x"_s, false, true);
    row(u"https://017700000001/x"_s, false, true);
    row(u"https://0177.0.0.1/x"_s, false, true);
    row(u"https://10.1/x"_s, false, false);
    row(u"https://0xa9fea9fe/x"_s, false, false); // 169.254.169.254
    row(u"https://1.2.3.4.5/x"_s, true, true); // a name, that resolves to nothing
    row(u"https://[::127.0.0.1]/x"_s, false, false);
    row(u"https://[::ffff:7f00:1]/x"_s, false, false);
    row(u"https://[0:0:0:0:0:0:0:1]/x"_s, false, true);
    row(u"https://[::1%25lo]/x"_s, false, false);
    row(u"https://[fec0::1]/x"_s, false, false);
    row(u"https://%31%32%37.0.0.1/x"_s, false, false);
    row(u"https://①②⑦.0.0.1/x"_s, false, true); // digits of another kind
    row(u"https://127。0。0。1/x"_s, false, true); // dots of another kind
    row(u"https://localhost%2e/x"_s, false, false);
    row(u"https://LOCALHOST/x"_s, false, true);
    row(u"https://example.com./x"_s, true, true);
    row(u"https://example.com:0/x"_s, true, true);
    row(u"https://example.com:65536/x"_s, false, false);
    row(u"https://example.com\\@127.0.0.1/x"_s, false, false);
    row(u"https:example.com/x"_s, false, false);
    row(u"https:/example.com/x"_s, false, false);
    row(u"blob:https://example.com/x"_s, false, false);
    row(u"view-source:https://example.com/x"_s, false, false);
    row(u"https://example.com/\r\nHost: evil"_s, false, false);
    row(u"gopher://127.0.0.1:25/x"_s, false, false);
    row(u"HTTPS://EXAMPLE.COM/x"_s, true, true);
    // Numbers that some readers take for an address.
    row(u"https://2130706433/x"_s, false, true);
    row(u"https://0x7f.1/x"_s, false, true);
    row(u"https://0300.0250.1.1/x"_s, false, false);
    row(u"https://user@example.com/x"_s, false, false);
    row(u"https://user:word@example.com/x"_s, false, false);
    row(u"https://v3.fal.media@evil.example/x"_s, false, false);
    row(u"ftp://example.com/x"_s, false, false);
    row(u"file:///etc/hostname"_s, false, false);
    row(u"file://example.com/x"_s, false, false);
    row(u"qrc:/x"_s, false, false);
    row(u"data:image/png;base64,AAAA"_s, false, false);
    row(u"javascript:alert(1)"_s, false, false);
    row(u"//example.com/x"_s, false, false);
    row(u"/x.png"_s, false, false);
    row(u"x.png"_s, false, false);
    row(QString(), false, false);
    row(u"https://"_s, false, false);
    row(u"https:///x"_s, false, false);
    row(u"https://exa mple.com/"_s, false, false);
    row(u"https://example.com/"_s + QString(8192, u'a'), false, false);
    row(u"https://example.com/"_s + QString(10'000'000, u'b'), false, false);
}

void TestUrlGate::downloads()
{
    QFETCH(QString, url);
    QFETCH(bool, withFal);
    QFETCH(bool, withLocal);
    for (const bool here : { false, true }) {
        const Result<QUrl> result = gated(url, here ? local : fal);
        QCOMPARE(result.has_value(), here ? withLocal : withFal);
        if (!result) {
            QCOMPARE(result.error().kind, ErrorKind::BadReply);
            QCOMPARE(result.error().type, u"address"_s);
            QVERIFY(result.error().message.size() <= 200);
            QVERIFY(!result.error().message.contains(u"word"_s));
        }
    }
    // A server of one's own network may name files on its own host.
    QVERIFY(gated(u"https://10.1.2.3/files/x.png"_s, inHouse));
    QVERIFY(gated(u"https://10.1.2.3:9000/files/x.png"_s, inHouse));
    QVERIFY(!gated(u"https://10.1.2.4/files/x.png"_s, inHouse));
    QVERIFY(!gated(u"http://10.1.2.3/files/x.png"_s, inHouse));
}

void TestUrlGate::leadsInside_data()
{
    QTest::addColumn<bool>("inside");
    for (const char *address : { "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
             "100.64.0.1", "224.0.0.1", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
             "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::" })
        QTest::newRow(address) << true;
    for (const char *address : { "93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34",
             "64:ff9b::5db8:d822", // NAT64 of the first
             "198.18.0.7" }) // what a proxy answers for every name
        QTest::newRow(address) << false;
}

void TestUrlGate::leadsInside()
{
    QFETCH(bool, inside);
    const QHostAddress address(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!address.isNull());
    QCOMPARE(plantain::leadsInside(address), inside);
}

void TestUrlGate::ownUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("own");
    const auto row = [](const QString &url, bool own) { QTest::newRow(qPrintable(url.left(60))) << url << own; };
    row(u"https://queue.fal.run/fal-ai/nano-banana/requests/764cabcf/status"_s, true);
    row(u"https://queue.fal.run:443/x"_s, true);
    row(u"https://QUEUE.FAL.RUN/x"_s, true);
    row(u"HTTPS://queue.fal.run/x?a=b"_s, true);
    row(u"http://queue.fal.run/x"_s, false);
    row(u"https://queue.fal.run:444/x"_s, false);
    row(u"https://queue.fal.run./x"_s, false);
    row(u"https://queue.fal.run.evil.example/x"_s, false);
    row(u"https://queue.fal.run@evil.example/x"_s, false);
    row(u"https://me@queue.fal.run/x"_s, false);
    row(u"https://me:word@queue.fal.run/x"_s, false);
    row(u"https://evil.example/queue.fal.run"_s, false);
    row(u"https://fal.run/x"_s, false);
    row(u"https://evilqueue.fal.run/x"_s, false);
    row(u"https://queue.fаl.run/x"_s, false); // Cyrillic a
    row(u"https://queue.fal.run%2eevil.example/x"_s, false);
    row(u"https://queue.fal.run\\@evil.example/x"_s, false);
    row(u"https://queue.fal.run/x#fragment"_s, false);
    row(u"file://queue.fal.run/x"_s, false);
    row(u"//queue.fal.run/x"_s, false);
    row(u"/x"_s, false);
    row(QString(), false);
    row(u"https://queue.fal.run/"_s + QString(9000, u'a'), false);
}

void TestUrlGate::ownUrls()
{
    QFETCH(QString, url);
    QFETCH(bool, own);
    QCOMPARE(isOwnUrl(QUrl(url, QUrl::StrictMode), fal), own);
}

void TestUrlGate::requestUrlsOfFal()
{
    const Ticket ticket { .endpoint = { u"fal-ai/nano-banana-2/edit"_s }, .requestId = u"764cabcf-b745"_s, .statusUrl = {},
        .responseUrl = {}, .cancelUrl = {} };
    const QString base = u"https://queue.fal.run/fal-ai/nano-banana-2/requests/764cabcf-b745"_s;
    QCOMPARE(statusUrlOf(ticket, fal).toString(), base + u"/status?logs=1"_s);
    QCOMPARE(streamUrlOf(ticket, fal).toString(), base + u"/status/stream?logs=1"_s);
    QCOMPARE(responseUrlOf(ticket, fal).toString(), base);
    QCOMPARE(cancelUrlOf(ticket, fal).toString(), base + u"/cancel"_s);
}

void TestUrlGate::requestUrlsBelowABase()
{
    const Server server = Server::at(QUrl(u"https://example.com/some/where/"_s));
    Ticket ticket { .endpoint = { u"fal-ai/nano-banana"_s }, .requestId = u"764cabcf-b745"_s, .statusUrl = {}, .responseUrl = {},
        .cancelUrl = {} };
    QCOMPARE(cancelUrlOf(ticket, server).toString(),
        u"https://example.com/some/where/fal-ai/nano-banana/requests/764cabcf-b745/cancel"_s);
    QCOMPARE(urlBelow(server.sync, u"fal-ai/x"_s).toString(), u"https://example.com/some/where/run/fal-ai/x"_s);
    // Given ones are taken as they are, with what the stream needs put behind them.
    ticket.statusUrl = QUrl(u"https://example.com/q/1/status/?token=a%2Fb&logs=0"_s);
    ticket.responseUrl = QUrl(u"https://example.com/q/1/response"_s);
    ticket.cancelUrl = QUrl(u"https://example.com/q/1/stop"_s);
    QCOMPARE(statusUrlOf(ticket, server).toEncoded(), "https://example.com/q/1/status/?token=a%2Fb&logs=1");
    QCOMPARE(streamUrlOf(ticket, server).toEncoded(), "https://example.com/q/1/status/stream?token=a%2Fb&logs=1");
    QCOMPARE(responseUrlOf(ticket, server), ticket.responseUrl);
    QCOMPARE(cancelUrlOf(ticket, server), ticket.cancelUrl);
}

void TestUrlGate::requestUrlsAreRebuilt()
{
    const QUrl foreign(u"https://evil.example/fal-ai/nano-banana-2/requests/764cabcf-b745/status"_s);
    const Ticket ticket { .endpoint = { u"fal-ai/nano-banana-2"_s }, .requestId = u"764cabcf-b745"_s, .statusUrl = foreign,
        .responseUrl = foreign, .cancelUrl = foreign };
    for (const QUrl &url : { statusUrlOf(ticket, fal), streamUrlOf(ticket, fal), responseUrlOf(ticket, fal), cancelUrlOf(ticket, fal) })
        QCOMPARE(url.host(), u"queue.fal.run"_s);
}

void TestUrlGate::endpoints_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("plain");
    const auto row = [](const QString &id, bool plain) { QTest::newRow(qPrintable(id)) << id << plain; };
    row(u"fal-ai/nano-banana-2/edit"_s, true);
    row(u"google/nano-banana-2.1"_s, true);
    row(u"workflows/me/flow"_s, true);
    row(u"one"_s, false);
    row(u"a/../b"_s, false);
    row(u"a/.b"_s, false);
    row(u"/a/b"_s, false);
    row(u"a/b/"_s, false);
    row(u"a//b"_s, false);
    row(u"a/b?c"_s, false);
    row(u"a/b#c"_s, false);
    row(u"a/b%2e"_s, false);
    row(u"a/b c"_s, false);
    row(u"a/b\n"_s, false);
    row(u"https://evil.example/x"_s, false);
    row(QString(), false);
}

void TestUrlGate::endpoints()
{
    QFETCH(QString, id);
    QFETCH(bool, plain);
    QCOMPARE(isPlainEndpoint({ id }), plain);
}

void TestUrlGate::requestIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("usable");
    const auto row = [](const QString &id, bool usable) { QTest::newRow(qPrintable(id.left(40))) << id << usable; };
    row(u"764cabcf-b745-4b3e-ae38-1200304cf45b"_s, true);
    row(u"01234567"_s, true);
    row(QString(64, u'a'), true);
    row(u"0123456"_s, false);
    row(QString(65, u'a'), false);
    row(u"../../../etc"_s, false);
    row(u"764cabcf/b745"_s, false);
    row(u"764cabcf_b745"_s, false);
    row(u"764cabcf-b745\n"_s, false);
    row(u"764cabcf-b745 "_s, false);
    row(u"７６４cabcf-b745"_s, false);
    row(QString(), false);
}

void TestUrlGate::requestIds()
{
    QFETCH(QString, id);
    QFETCH(bool, usable);
    QCOMPARE(isUsableRequestId(id), usable);
}

QTEST_APPLESS_MAIN(TestUrlGate)
#include "tst_urlgate.moc"
