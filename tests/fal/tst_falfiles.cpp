#include "falclient.h"
#include "fallimits.h"
#include "faultserver.h"
#include "testwait.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Pictures down; tst_falupload.cpp has the way up.
class TestFalFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void download_data();
    void download();
    void downloadErrors_data();
    void downloadErrors();
    void downloadScripts_data();
    void downloadScripts();
    void downloadWithoutLength();
    void downloadRefused_data();
    void downloadRefused();
    void downloadsFromInside_data();
    void downloadsFromInside();
    void downloadRedirects();
    void downloadRedirectsTooFar();
    void downloadRedirectedAway_data();
    void downloadRedirectedAway();
    void downloadTooLarge();
    void downloadCompressed();
    void downloadRefusedByTheTaker();
    void downloadsAtOnce();
    void downloadEndedByItsOwner();
    void dataUri_data();
    void dataUri();
    void dataUriEndedByItsOwner();

private:
    struct Download
    {
        QByteArray bytes;
        qint64 received = 0, total = 0;
        int times = 0;
        std::optional<Result<DownloadedFile>> result;
        const Error &error() const { return result->error(); }
    };
    CallHandle download(const QString &url, Download &into);

    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<FalClient> m_client;
};

void TestFalFiles::init()
{
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<FalClient>(Server::at(m_server->url()), [] { return QByteArray("id:word"); });
    FalLimits limits;
    limits.download.silence = 800ms;
    limits.download.deadline = 5s;
    limits.download.replyBytes = 2'000'000;
    m_client->setLimits(limits);
}

void TestFalFiles::cleanup()
{
    m_client.reset();
    m_server.reset();
}

CallHandle TestFalFiles::download(const QString &url, Download &into)
{
    return m_client->download(
        url,
        [&into](QByteArrayView bytes) -> std::optional<Error> {
            into.bytes += bytes;
            return std::nullopt;
        },
        [&into](qint64 received, qint64 total) {
            into.received = received;
            into.total = total;
        },
        [&into](const Result<DownloadedFile> &result) {
            ++into.times;
            into.result = result;
        });
}

void TestFalFiles::download_data()
{
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<int>("size");
    for (const int size : { 0, 1, 70'000, 1'900'000 }) {
        QTest::addRow("%d", size) << FaultScript::Serve << size;
        if (size < 100'000)
            QTest::addRow("chunked, %d", size) << FaultScript::Chunked << size;
    }
}

void TestFalFiles::download()
{
    QFETCH(FaultScript, script);
    QFETCH(int, size);
    QByteArray body(size, '\0');
    for (int i = 0; i < size; ++i)
        body[i] = char(i * 31 % 251);
    m_server->on("GET", "/files/a.png", { .body = body, .contentType = "image/PNG; x=y" }, script);
    Download got;
    const CallHandle call = download(m_server->url(u"/files/a.png"_s).toString() + u"?x=1"_s, got);
    QCOMPARE(got.times, 0);
    WAIT_COMPARE(got.times, 1);
    QVERIFY2(got.result->has_value(), got.result->has_value() ? "" : qPrintable(got.error().type));
    QVERIFY(got.bytes == body);
    QCOMPARE(got.result->value().bytes, size);
    QCOMPARE(got.result->value().contentType, u"image/png"_s);
    QCOMPARE(got.result->value().finalUrl, m_server->url(u"/files/a.png"_s).toString() + u"?x=1"_s);
    QCOMPARE(got.received, size);
    if (size > 0)
        QCOMPARE(got.total, script == FaultScript::Serve ? size : -1);
    const SeenRequest &seen = m_server->seen().front();
    QVERIFY(!seen.has("authorization")); // though it is the server's own origin
    QCOMPARE(seen.header("accept-encoding"), "identity");
}

void TestFalFiles::downloadErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("403") << 403 << ErrorKind::Expired;
    QTest::newRow("404") << 404 << ErrorKind::Expired;
    QTest::newRow("410") << 410 << ErrorKind::Expired;
    QTest::newRow("429") << 429 << ErrorKind::RateLimited;
    QTest::newRow("500") << 500 << ErrorKind::ServerFault;
    QTest::newRow("503") << 503 << ErrorKind::ServerFault;
    QTest::newRow("206") << 206 << ErrorKind::BadReply;
    QTest::newRow("204") << 204 << ErrorKind::BadReply;
}

void TestFalFiles::downloadErrors()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    m_server->on("GET", "/", { .status = status, .body = status == 204 ? "" : "<html><title>No</title>" });
    Download got;
    const CallHandle call = download(m_server->url(u"/a"_s).toString(), got);
    WAIT_COMPARE(got.times, 1);
    QVERIFY(!got.result->has_value());
    QCOMPARE(wordOf(got.error().kind), wordOf(kind));
    QCOMPARE(got.error().httpStatus, status);
    QVERIFY(got.bytes.isEmpty()); // a page of error is no picture
}

void TestFalFiles::downloadScripts_data()
{
    QTest::addColumn<FaultScript>("script");
    for (const auto &[name, script] : FaultServer::scripts())
        QTest::newRow(name) << script;
}

void TestFalFiles::downloadScripts()
{
    QFETCH(FaultScript, script);
    m_server->on("GET", "/", { .body = QByteArray(100'000, 'p'), .contentType = "image/png" }, script);
    Download got;
    const CallHandle call = download(m_server->url(u"/a"_s).toString(), got);
    WAIT_COMPARE(got.times, 1);
    QVERIFY(!got.result->has_value());
    QVERIFY(got.bytes.size() <= 2'000'000);
    if (script == FaultScript::ShortLength || script == FaultScript::ResetInBody || script == FaultScript::ChunkCut)
        QVERIFY2(got.error().kind == ErrorKind::NoAnswer, qPrintable(wordOf(got.error().kind)));
}

// Nothing in the protocol tells a cut of such a body from its end: whoever takes the bytes must look at them.
void TestFalFiles::downloadWithoutLength()
{
    m_server->on("GET", "/", { .body = QByteArray(1000, 'p') }, FaultScript::NoLength);
    Download got;
    const CallHandle call = download(m_server->url(u"/a"_s).toString(), got);
    WAIT_COMPARE(got.times, 1);
    QVERIFY(got.result->has_value());
    QCOMPARE(got.result->value().bytes, 500);
    QCOMPARE(got.total, -1);
}

void TestFalFiles::downloadRefused_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : { "", "file:///etc/hostname", "qrc:/x", "http://example.com/x", "//example.com/x", "ftp://example.com/x",
             "https://10.0.0.1/x", "https://169.254.169.254/latest/meta-data", "javascript:alert(1)", "https://me@example.com/x", "x" })
        QTest::newRow(url) << QString::fromLatin1(url);
}

void TestFalFiles::downloadRefused()
{
    QFETCH(QString, url);
    Download got;
    const CallHandle call = download(url, got);
    QCOMPARE(got.times, 0);
    WAIT_COMPARE(got.times, 1);
    QVERIFY(!got.result->has_value());
    QCOMPARE(got.error().kind, ErrorKind::BadReply);
    QCOMPARE(got.error().type, u"address"_s);
    QVERIFY(got.bytes.isEmpty());
}

void TestFalFiles::downloadsFromInside_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<bool>("refused");
    QTest::newRow("this machine") << QStringList { u"127.0.0.1"_s } << true;
    QTest::newRow("its network") << QStringList { u"192.168.1.10"_s } << true;
    QTest::newRow("a cloud's metadata") << QStringList { u"169.254.169.254"_s } << true;
    QTest::newRow("IPv6 of this machine") << QStringList { u"::1"_s } << true;
    QTest::newRow("one of them") << QStringList { u"93.184.216.34"_s, u"10.0.0.1"_s } << true;
    QTest::newRow("elsewhere") << QStringList { u"93.184.216.34"_s } << false;
    QTest::newRow("not known") << QStringList() << false;
}

void TestFalFiles::downloadsFromInside()
{
    QFETCH(QStringList, addresses);
    QFETCH(bool, refused);
    FalClient client(Server::fal(), [] { return QByteArray("id:word"); });
    QStringList asked;
    client.setHostLookup([&](const QString &host, QObject *context, std::function<void(const QList<QHostAddress> &)> found) {
        asked << host;
        QList<QHostAddress> list;
        for (const QString &address : addresses)
            list << QHostAddress(address);
        QTimer::singleShot(0, context, [list, found] { found(list); });
    });
    // A name that nobody has: where it is let through, the system does not find it.
    const QString url = u"https://pictures.example.invalid:%1/x.png"_s.arg(m_server->port());
    std::optional<Result<DownloadedFile>> result;
    const CallHandle call = client.download(
        url, [](QByteArrayView) { return std::optional<Error>(); }, {}, [&](const Result<DownloadedFile> &got) { result = got; });
    WAIT_FOR(result.has_value());
    QVERIFY(!*result);
    QCOMPARE(asked, QStringList { u"pictures.example.invalid"_s });
    QCOMPARE(result->error().type == u"address"_s, refused);
    QCOMPARE(result->error().kind == ErrorKind::BadReply, refused);
    QCOMPARE(m_server->connections(), 0);

    // Ended while the name is looked up: in silence, or once.
    for (const bool bySilence : { true, false }) {
        int times = 0;
        CallHandle ended = client.download(
            url, [](QByteArrayView) { return std::optional<Error>(); }, {}, [&](const Result<DownloadedFile> &) { ++times; });
        if (bySilence)
            ended.reset();
        else
            ended->cancel();
        QCOMPARE(times, bySilence ? 0 : 1);
        WAIT_COMPARE(asked.size(), bySilence ? 2 : 3);
        QCoreApplication::processEvents();
        QCOMPARE(times, bySilence ? 0 : 1);
    }
}

void TestFalFiles::downloadRedirects()
{
    FaultServer second;
    m_server->on("GET", "/a", { .status = 302, .headers = { { "Location", "/b?x=1" } } });
    m_server->on("GET", "/b", { .status = 307, .headers = { { "Location", second.url(u"/c"_s).toEncoded() } } });
    second.on("GET", "/c", { .status = 301, .headers = { { "Location", "d" } } });
    second.on("GET", "/d", { .body = "picture", .contentType = "image/png" });
    Download got;
    const CallHandle call = download(m_server->url(u"/a"_s).toString(), got);
    WAIT_COMPARE(got.times, 1);
    QVERIFY(got.result->has_value());
    QCOMPARE(got.bytes, "picture");
    QCOMPARE(got.result->value().finalUrl, second.url(u"/d"_s).toString());
    for (const FaultServer *server : { m_server.get(), &second }) {
        for (const SeenRequest &seen : server->seen()) {
            QVERIFY(!seen.has("authorization"));
            QVERIFY(!seen.has("cookie"));
            QVERIFY(!seen.has("referer"));
        }
    }
}

void TestFalFiles::downloadRedirectsTooFar()
{
    m_server->on("GET", "/", { .status = 302, .headers = { { "Location", "/again" } } });
    Download got;
    const CallHandle call = download(m_server->url(u"/a"_s).toString(), got);
    WAIT_COMPARE(got.times, 1);
    QCOMPARE(got.error().type, u"redirect"_s);
    QCOMPARE(m_server->count("GET"), 4);
}

void TestFalFiles::downloadRedirectedAway_data()
{
    QTest::addColumn<QByteArray>("location");
    for (const char *location : { "", "file:///etc/hostname", "data:image/png;base64,AAAA", "qrc:/x", "http://example.com/x",
             "https://10.0.0.1/x", "https://user@example.com/x", "ftp://example.com/", "//printer/x" })
        QTest::newRow(location) << QByteArray(location);
}

void TestFalFiles::downloadRedirectedAway()
{
    QFETCH(QByteArray, location);
    m_server->on("GET", "/", { .status = 302, .headers = { { "Location", location } } });
    Download got;
    const CallHandle call = download(m_server->url(u"/a"_s).toString(), got);
    WAIT_COMPARE(got.times, 1);
    QVERIFY(!got.result->has_value());
    QCOMPARE(got.error().type, u"redirect"_s);
    QVERIFY(got.bytes.isEmpty());
    QCOMPARE(m_server->count("GET"), 1);
}

void TestFalFiles::downloadTooLarge()
{
    m_server->on("GET", "/length", { .body = QByteArray(2'000'001, 'p') });
    m_server->on("GET", "/firehose", {}, FaultScript::Firehose);
    for (const QString &path : { u"/length"_s, u"/firehose"_s }) {
        Download got;
        const CallHandle call = download(m_server->url(path).toString(), got);
        WAIT_COMPARE(got.times, 1);
        QCOMPARE(got.error().kind, ErrorKind::BadPicture);
        QCOMPARE(got.error().type, u"too_large"_s);
        QVERIFY(got.bytes.size() <= 2'000'000);
    }
}

void TestFalFiles::downloadCompressed()
{
    m_server->on("GET", "/", { .body = "picture" }, FaultScript::Gzip);
    Download got;
    const CallHandle call = download(m_server->url(u"/a"_s).toString(), got);
    WAIT_COMPARE(got.times, 1);
    QCOMPARE(got.error().type, u"content_encoding"_s);
    QVERIFY(got.bytes.isEmpty());
}

void TestFalFiles::downloadRefusedByTheTaker()
{
    m_server->on("GET", "/", { .body = QByteArray(1'000'000, 'p') });
    std::optional<Result<DownloadedFile>> result;
    const CallHandle call = m_client->download(
        m_server->url(u"/a"_s).toString(), [](QByteArrayView) { return Error { .kind = ErrorKind::Disk, .type = u"full"_s }; }, {},
        [&](const Result<DownloadedFile> &value) { result = value; });
    WAIT_FOR(result.has_value());
    QVERIFY(!result->has_value());
    QCOMPARE(result->error().kind, ErrorKind::Disk);
    QCOMPARE(result->error().type, u"full"_s);
}

void TestFalFiles::downloadsAtOnce()
{
    m_server->on("GET", "/", { .body = QByteArray(200'000, 'p') });
    std::vector<Download> got(30);
    std::vector<CallHandle> calls;
    for (size_t i = 0; i < got.size(); ++i)
        calls.push_back(download(m_server->url(u"/%1"_s.arg(i)).toString(), got[i]));
    for (Download &one : got) {
        WAIT_COMPARE(one.times, 1);
        QVERIFY(one.result->has_value());
        QCOMPARE(one.bytes.size(), 200'000);
    }
    QVERIFY(m_server->connections() <= 6);
}

void TestFalFiles::downloadEndedByItsOwner()
{
    m_server->on("GET", "/", { .body = QByteArray(1'000'000, 'p') });
    int calls = 0, ends = 0;
    CallHandle call;
    call = m_client->download(
        m_server->url(u"/a"_s).toString(),
        [&](QByteArrayView) -> std::optional<Error> {
            ++calls;
            call.reset();
            return std::nullopt;
        },
        [&](qint64, qint64) { ++calls; }, [&](const Result<DownloadedFile> &) { ++ends; });
    WAIT_COMPARE(calls, 1);
    m_client.reset();
    WAIT_COMPARE(m_server->open(), 0);
    QCOMPARE(calls, 1);
    QCOMPARE(ends, 0);
    init();

    m_server->on("GET", "/", {}, FaultScript::Stall);
    Download got;
    const CallHandle stalled = download(m_server->url(u"/a"_s).toString(), got);
    WAIT_COMPARE(m_server->count("GET"), 1);
    stalled->cancel();
    QCOMPARE(got.times, 1);
    QCOMPARE(got.error().kind, ErrorKind::Cancelled);
    stalled->cancel();
    QCOMPARE(got.times, 1);
}

void TestFalFiles::dataUri_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("size"); // -1: refused
    QTest::newRow("small") << u"data:image/png;base64,TWFu"_s << 3;
    QTest::newRow("in several turns") << u"data:image/png;base64,"_s + QString::fromLatin1(QByteArray(1'999'999, 'x').toBase64())
                                      << 1'999'999;
    QTest::newRow("empty") << u"data:image/png;base64,"_s << 0;
    QTest::newRow("not base64") << u"data:image/png,abc"_s << -1;
    QTest::newRow("broken late") << u"data:image/png;base64,"_s + QString(1'600'000, u'A') + u"A?=="_s << -1;
    QTest::newRow("too large") << u"data:image/png;base64,"_s + QString(4'000'000, u'A') << -1;
}

void TestFalFiles::dataUri()
{
    QFETCH(QString, url);
    QFETCH(int, size);
    Download got;
    const CallHandle call = download(url, got);
    QCOMPARE(got.times, 0);
    WAIT_COMPARE(got.times, 1);
    QCOMPARE(got.result->has_value(), size >= 0);
    if (size < 0) {
        QCOMPARE(got.error().kind, ErrorKind::BadPicture);
        return;
    }
    QCOMPARE(got.bytes.size(), size);
    QCOMPARE(got.result->value().bytes, size);
    QCOMPARE(got.result->value().contentType, u"image/png"_s);
    QCOMPARE(got.result->value().finalUrl, u"data:image/png"_s); // never the payload
    QCOMPARE(got.received, size);
    QCOMPARE(m_server->connections(), 0);
}

void TestFalFiles::dataUriEndedByItsOwner()
{
    const QString url = u"data:image/png;base64,"_s + QString(2'400'000, u'A');
    int pieces = 0, ends = 0;
    CallHandle call;
    call = m_client->download(
        url,
        [&](QByteArrayView) -> std::optional<Error> {
            ++pieces;
            call.reset();
            return std::nullopt;
        },
        {}, [&](const Result<DownloadedFile> &) { ++ends; });
    WAIT_COMPARE(pieces, 1);

    std::optional<Result<DownloadedFile>> result;
    const CallHandle refusing = m_client->download(
        url, [](QByteArrayView) { return Error { .kind = ErrorKind::Disk }; }, {},
        [&](const Result<DownloadedFile> &value) { result = value; });
    WAIT_FOR(result.has_value());
    QCOMPARE(result->error().kind, ErrorKind::Disk);
    QCOMPARE(pieces, 1);
    QCOMPARE(ends, 0);

    Download got;
    const CallHandle cancelled = download(url, got);
    cancelled->cancel();
    QCOMPARE(got.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestFalFiles)
#include "tst_falfiles.moc"
