#include "falclient.h"
#include "fallimits.h"
#include "faultserver.h"
#include "networkaccess.h"
#include "servercertificate.h"
#include "testwait.h"

#include <QLibraryInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QVersionNumber>

using namespace plantain;
using namespace Qt::StringLiterals;
using Fate = plantain::SubmitOutcome::Fate;

/// The submit over TLS: a certificate that is not valid ends it before a byte of it left, and a broken line after
/// that repeats nothing.
class TestFalTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void doubtfulCertificates_data();
    void doubtfulCertificates();
    void trusted();
    void brokenAfterSending_data();
    void brokenAfterSending();
    void plainBodyIsRepeated();

private:
    QSslConfiguration certificate(const QString &name, const QString &subjectName);
    SubmitOutcome submitTo(FaultServer &server);

    QTemporaryDir m_folder;
    const QSslConfiguration m_untouched = QSslConfiguration::defaultConfiguration();
};

void TestFalTls::initTestCase()
{
    if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
        QSKIP("there is no openssl to make certificates with");
}

void TestFalTls::cleanup()
{
    QSslConfiguration::setDefaultConfiguration(m_untouched);
}

QSslConfiguration TestFalTls::certificate(const QString &name, const QString &subjectName)
{
    return serverCertificate(m_untouched, m_folder, name, subjectName, testPatience);
}

SubmitOutcome TestFalTls::submitTo(FaultServer &server)
{
    FalClient client(Server::at(server.url()), [] { return QByteArray("id:word"); });
    std::optional<SubmitOutcome> outcome;
    const CallHandle call
        = client.submit({ u"a/b"_s }, R"({"prompt":"x"})", [&](const SubmitOutcome &value) { outcome = value; });
    [&] { WAIT_FOR(outcome.has_value()); }();
    return outcome.value_or(SubmitOutcome());
}

void TestFalTls::doubtfulCertificates_data()
{
    QTest::addColumn<QString>("subjectName");
    QTest::addColumn<bool>("trusted");
    QTest::newRow("unknown root") << u"IP:127.0.0.1"_s << false;
    QTest::newRow("another host") << u"DNS:example.com"_s << true;
}

void TestFalTls::doubtfulCertificates()
{
    QFETCH(QString, subjectName);
    QFETCH(bool, trusted);
    const QSslConfiguration configuration = certificate(QString::fromLatin1(QTest::currentDataTag()), subjectName);
    QVERIFY(!configuration.localCertificate().isNull());
    if (trusted)
        trustAlone(m_untouched, configuration);
    FaultServer server(configuration);
    server.on("POST", "/", { .body = R"({"request_id":"764cabcf-b745"})" });
    const SubmitOutcome outcome = submitTo(server);
    QCOMPARE(outcome.fate, Fate::NotSent);
    QCOMPARE(outcome.error->kind, ErrorKind::NotSent);
    QCOMPARE(outcome.error->type, u"certificate"_s);
    QVERIFY(!outcome.error->message.isEmpty());
    QVERIFY(server.seen().empty());
}

void TestFalTls::trusted()
{
    const QSslConfiguration configuration = certificate(u"good"_s, u"IP:127.0.0.1"_s);
    trustAlone(m_untouched, configuration);
    FaultServer server(configuration);
    server.on("POST", "/", { .body = R"({"request_id":"764cabcf-b745"})" });
    const SubmitOutcome outcome = submitTo(server);
    QCOMPARE(outcome.fate, Fate::Accepted);
    QCOMPARE(server.count("POST"), 1);
}

void TestFalTls::brokenAfterSending_data()
{
    QTest::addColumn<FaultScript>("script");
    QTest::newRow("closed") << FaultScript::Fin;
    QTest::newRow("dropped without close_notify") << FaultScript::Drop;
    QTest::newRow("reset") << FaultScript::Reset;
    QTest::newRow("closed inside the head") << FaultScript::HalfHead;
}

void TestFalTls::brokenAfterSending()
{
    QFETCH(FaultScript, script);
    const QSslConfiguration configuration = certificate(u"good"_s, u"IP:127.0.0.1"_s);
    trustAlone(m_untouched, configuration);
    FaultServer server(configuration);
    server.on("POST", "/", {}, script);
    const SubmitOutcome outcome = submitTo(server);
    QCOMPARE(outcome.fate, Fate::Unknown);
    QCOMPARE(wordOf(outcome.error->kind), wordOf(ErrorKind::NoAnswer));
    QCOMPARE(server.count("POST"), 1);
}

// The hazard itself, see tst_oneshotbody.
void TestFalTls::plainBodyIsRepeated()
{
    const QSslConfiguration configuration = certificate(u"good"_s, u"IP:127.0.0.1"_s);
    trustAlone(m_untouched, configuration);
    FaultServer server(configuration);
    server.on("POST", "/", {}, FaultScript::Drop);
    const std::unique_ptr<QNetworkAccessManager> network = makeNetworkAccess();
    QNetworkRequest request(server.url(u"/a"_s));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    const std::unique_ptr<QNetworkReply> reply(network->post(request, QByteArray("{}")));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait(testPatience));
    qInfo("plain body over TLS: %d POSTs, 4 measured on Qt 6.4.2", server.count("POST"));
    if (QLibraryInfo::version() == QVersionNumber(6, 4, 2))
        QVERIFY(server.count("POST") > 1);
}

QTEST_GUILESS_MAIN(TestFalTls)
#include "tst_faltls.moc"
