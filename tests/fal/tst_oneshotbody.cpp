#include "faultserver.h"
#include "networkaccess.h"
#include "oneshotbody.h"

#include <QBuffer>
#include <QLibraryInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>
#include <QVersionNumber>

using namespace plantain;
using namespace Qt::StringLiterals;

/// Why the submit body is what it is: what Qt does with a plain body, and what it cannot do with ours.
class TestOneShotBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOnce();
    void rewindsOnlyUntouched();
    void readsAnotherDevice();
    void saysWhenTheSourceFails();
    void plainBodyIsRepeatedAndOursIsNot_data();
    void plainBodyIsRepeatedAndOursIsNot();
    void nothingIsHandedOutWithoutAConnection();

private:
    static QNetworkRequest request(const QUrl &url, qint64 length);
    static void warm(QNetworkAccessManager &network, FaultServer &server);
};

QNetworkRequest TestOneShotBody::request(const QUrl &url, qint64 length)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setHeader(QNetworkRequest::ContentLengthHeader, length);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

void TestOneShotBody::warm(QNetworkAccessManager &network, FaultServer &server)
{
    std::unique_ptr<QNetworkReply> reply(network.get(request(server.url(u"/warm"_s), 0)));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait(10'000));
    QCOMPARE(reply->error(), QNetworkReply::NoError);
}

void TestOneShotBody::readsOnce()
{
    OneShotBody body("0123456789");
    QVERIFY(body.isSequential());
    QCOMPARE(body.size(), 10);
    QCOMPARE(body.bytesAvailable(), 10);
    QCOMPARE(body.read(4), "0123");
    QCOMPARE(body.handedOut(), 4);
    QCOMPARE(body.readAll(), "456789");
    QVERIFY(body.atEnd());
    QCOMPARE(body.read(1), QByteArray());
    QCOMPARE(body.handedOut(), 10);
}

void TestOneShotBody::rewindsOnlyUntouched()
{
    OneShotBody body("abc");
    QVERIFY(body.reset());
    QCOMPARE(body.read(1), "a");
    QVERIFY(!body.reset());
    QCOMPARE(body.read(5), "bc");
    QVERIFY(!body.reset());
}

void TestOneShotBody::readsAnotherDevice()
{
    QBuffer source;
    source.setData("skipped:kept:rest");
    QVERIFY(source.open(QIODevice::ReadOnly));
    source.seek(8);
    OneShotBody body(source, 4);
    QCOMPARE(body.readAll(), "kept");
    QVERIFY(!body.sourceFailed());
    QCOMPARE(source.pos(), 12);
}

void TestOneShotBody::saysWhenTheSourceFails()
{
    QBuffer source;
    source.setData("short");
    QVERIFY(source.open(QIODevice::ReadOnly));
    OneShotBody body(source, 50);
    QSignalSpy broken(&body, &OneShotBody::broken);
    QCOMPARE(body.readAll(), "short");
    QVERIFY(body.sourceFailed());
    QCOMPARE(broken.count(), 1);

    auto *gone = new QBuffer;
    gone->setData("never read");
    gone->open(QIODevice::ReadOnly);
    OneShotBody orphan(*gone, 10);
    delete gone;
    QCOMPARE(orphan.read(3), QByteArray());
    QVERIFY(orphan.sourceFailed());
}

void TestOneShotBody::plainBodyIsRepeatedAndOursIsNot_data()
{
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<bool>("warmConnection");
    QTest::addColumn<int>("postsOfPlain");
    QTest::addRow("fin, cold") << FaultScript::Fin << false << 2;
    QTest::addRow("fin, warm") << FaultScript::Fin << true << 2;
    QTest::addRow("rst, cold") << FaultScript::Reset << false << 2;
    QTest::addRow("rst, warm") << FaultScript::Reset << true << 2;
    QTest::addRow("halfhead, cold") << FaultScript::HalfHead << false << 4;
    QTest::addRow("halfhead, warm") << FaultScript::HalfHead << true << 4;
    QTest::addRow("stall, cold") << FaultScript::Stall << false << 1;
    QTest::addRow("stall, warm") << FaultScript::Stall << true << 1;
}

void TestOneShotBody::plainBodyIsRepeatedAndOursIsNot()
{
    QFETCH(FaultScript, script);
    QFETCH(bool, warmConnection);
    QFETCH(int, postsOfPlain);
    const QByteArray bytes = R"({"prompt":"a pot of banana jam"})";
    const bool endsByItself = script != FaultScript::Stall;

    for (const bool oneShot : { false, true }) {
        FaultServer server;
        server.on("GET", "/warm", {});
        server.on("POST", "/", {}, script);
        const std::unique_ptr<QNetworkAccessManager> network = makeNetworkAccess();
        if (warmConnection)
            warm(*network, server);
        OneShotBody body(bytes);
        const QNetworkRequest post = request(server.url(u"/submit"_s), bytes.size());
        std::unique_ptr<QNetworkReply> reply(oneShot ? network->post(post, &body) : network->post(post, bytes));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (endsByItself)
            QVERIFY(finished.wait(20'000));
        else
            QTRY_COMPARE_WITH_TIMEOUT(server.count("POST"), 1, 20'000);
        if (oneShot) {
            QCOMPARE(server.count("POST"), 1);
            QCOMPARE(body.handedOut(), bytes.size());
            if (endsByItself)
                QVERIFY(reply->error() != QNetworkReply::NoError);
        } else {
            // The hazard itself. Should a later Qt be cured of it, this says so and the device may go.
            const int posts = server.count("POST");
            qInfo("plain body: %d POSTs, %d measured on Qt 6.4.2", posts, postsOfPlain);
            if (QLibraryInfo::version() == QVersionNumber(6, 4, 2))
                QCOMPARE(posts > 1, postsOfPlain > 1);
        }
        if (!finished.count()) {
            reply->abort();
        }
    }
}

void TestOneShotBody::nothingIsHandedOutWithoutAConnection()
{
    quint16 closedPort = 0;
    {
        FaultServer server;
        closedPort = server.port();
    }
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(closedPort);
    const std::unique_ptr<QNetworkAccessManager> network = makeNetworkAccess();
    OneShotBody body("{}");
    std::unique_ptr<QNetworkReply> reply(network->post(request(url, 2), &body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait(20'000));
    QCOMPARE(reply->error(), QNetworkReply::ConnectionRefusedError);
    QCOMPARE(body.handedOut(), 0);
}

QTEST_GUILESS_MAIN(TestOneShotBody)
#include "tst_oneshotbody.moc"
