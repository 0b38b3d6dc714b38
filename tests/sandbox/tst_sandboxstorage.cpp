#include "sandboxprobe.h"

#include <QBuffer>
#include <QImage>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

QByteArray png(const QColor &colour)
{
    QImage image(32, 20, QImage::Format_RGB32);
    image.fill(colour);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

/// Uploads and files (fal-protocol.md 7).
class tst_SandboxStorage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void smallUpload();
    void uploadWithoutKeyOrType();
    void uploadIsServedForWhatItIs_data();
    void uploadIsServedForWhatItIs();
    void initiationIsChecked();
    void wrongAddresses();
    void parts();
    void partsOutOfOrder();
    void completionIsChecked();
    void lifetimeIsKept();
    void ranges_data();
    void ranges();
    void uploadAsReference();
    void brokenUploadLeavesNothing();
    void oldestFilesGo();

private:
    struct Upload
    {
        QByteArray put, file; ///< targets
        Json fileUrl;
    };
    Upload initiate(const QByteArray &name, const char *call = "initiate") const
    {
        const RawReply reply = m_server->post("/storage/upload/" + QByteArray(call) + "?storage_type=fal-cdn-v3",
                                              { { "content_type", "image/png" }, { "file_name", name.toStdString() } });
        const Json body = reply.json();
        return { targetOf(body["upload_url"]), targetOf(body["file_url"]), body["file_url"] };
    }
    /// As the JavaScript client makes part URLs.
    static QByteArray below(const QByteArray &target, const QByteArray &tail)
    {
        const qsizetype mark = target.indexOf('?');
        return target.first(mark) + '/' + tail + target.sliced(mark);
    }
    RawReply putBytes(const QByteArray &target, const QByteArray &bytes) const
    {
        return m_server->send("PUT", target, bytes, { { "Authorization", "" }, { "Content-Type", "image/png" } });
    }

    EndpointCatalog m_catalog = bundledCatalog();
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<SandboxProbe> m_server;
};

void tst_SandboxStorage::init()
{
    m_sandbox.reset();
    auto sandbox = Sandbox::start({ .latencySeconds = 0, .storageBytes = 60'000'000 }, m_catalog);
    QVERIFY(sandbox.has_value());
    m_sandbox = std::move(*sandbox);
    m_server = std::make_unique<SandboxProbe>(quint16(m_sandbox->base().port()));
}

void tst_SandboxStorage::smallUpload()
{
    const Upload upload = initiate("pic.png");
    QVERIFY(upload.file.startsWith("/files/b/") && upload.file.endsWith("/pic.png"));
    QCOMPARE(m_server->get(upload.file).status, 404); // not there yet
    const QByteArray bytes = png(Qt::red);
    const RawReply put = putBytes(upload.put, bytes);
    QCOMPARE(put.status, 200);
    QVERIFY(!put.header("etag").isEmpty());
    const RawReply file = m_server->send("GET", upload.file, {}, { { "Authorization", "" } });
    QCOMPARE(file.status, 200);
    QCOMPARE(file.body, bytes);
    QCOMPARE(file.header("content-type"), QByteArray("image/png"));
    QCOMPARE(file.header("x-content-type-options"), QByteArray("nosniff"));
    QCOMPARE(file.header("content-disposition"), QByteArray("inline; filename=\"pic.png\""));
    const RawReply head = m_server->send("HEAD", upload.file);
    QCOMPARE(head.status, 200);
    QCOMPARE(head.header("content-length").toLongLong(), bytes.size());
}

void tst_SandboxStorage::uploadWithoutKeyOrType()
{
    const Upload upload = initiate("pic.png");
    const RawReply put = m_server->send("PUT", upload.put, "hello", { { "Authorization", "" }, { "Content-Type", "" } });
    QCOMPARE(put.status, 200);
    QCOMPARE(m_server->get(upload.file).body, QByteArray("hello"));
}

void tst_SandboxStorage::uploadIsServedForWhatItIs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("html") << QByteArray("<html><script>alert(1)</script>") << QByteArray("application/octet-stream");
    QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>") << QByteArray("application/octet-stream");
    QTest::newRow("jpeg") << QByteArray("\xff\xd8\xff\xe0 and so on") << QByteArray("image/jpeg");
    QTest::newRow("webp") << QByteArray("RIFF....WEBPVP8 ") << QByteArray("image/webp");
    QTest::newRow("pdf") << QByteArray("%PDF-1.7") << QByteArray("application/pdf");
    QTest::newRow("nothing") << QByteArray() << QByteArray("application/octet-stream");
}

void tst_SandboxStorage::uploadIsServedForWhatItIs()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, type);
    const Upload upload = initiate("x.png"); // said to be a PNG, whatever it is
    QCOMPARE(putBytes(upload.put, bytes).status, 200);
    const RawReply file = m_server->get(upload.file);
    QCOMPARE(file.status, 200);
    QCOMPARE(file.header("x-content-type-options"), QByteArray("nosniff"));
    if (!bytes.isEmpty()) {
        QCOMPARE(file.header("content-type"), type);
        QCOMPARE(file.header("content-disposition").startsWith("attachment"), !type.startsWith("image/"));
    }
}

void tst_SandboxStorage::initiationIsChecked()
{
    QCOMPARE(m_server->post("/storage/upload/initiate", Json::object()).status, 422);
    QCOMPARE(m_server->send("POST", "/storage/upload/initiate", "{").status, 422);
    QCOMPARE(m_server->send("POST", "/storage/upload/initiate", "{}", { { "Authorization", "" } }).status, 401);
    QCOMPARE(m_server->get("/storage/upload/initiate").status, 404);
    const Upload odd = initiate("../../etc/\"pass\nwd\xc3\xa9.png");
    QVERIFY(!odd.file.contains("..") && !odd.file.contains('"') && !odd.file.contains('%'));
    QCOMPARE(putBytes(odd.put, "x").status, 200);
    QCOMPARE(m_server->get(odd.file).body, QByteArray("x"));
}

void tst_SandboxStorage::wrongAddresses()
{
    const Upload upload = initiate("pic.png");
    const qsizetype mark = upload.put.indexOf('?');
    QCOMPARE(putBytes(upload.put.first(mark), "x").status, 403);
    QCOMPARE(putBytes(upload.put.first(mark) + "?sig=" + QByteArray(32, '0'), "x").status, 403);
    QCOMPARE(putBytes("/storage/uploads/" + QByteArray(32, 'a') + "/pic.png?sig=x", "x").status, 404);
    QCOMPARE(putBytes(below(upload.put, "1"), "x").status, 400); // a part of a whole one
    QCOMPARE(m_server->get(upload.file).status, 404);
    QCOMPARE(m_server->send("PUT", upload.put, {}, { { "Content-Length", "200000000" } }).status, 413);
}

void tst_SandboxStorage::parts()
{
    const Upload upload = initiate("film.mp4", "initiate-multipart");
    QByteArray whole;
    Json list = Json::array();
    for (int number = 1; number <= 12; ++number) {
        const QByteArray part(number == 12 ? 1234 : 100'000, char('a' + number));
        whole += part;
        const RawReply reply = m_server->send("PUT", below(upload.put, QByteArray::number(number)), part,
                                              { { "Authorization", "" }, { "Content-Type", "" } });
        QCOMPARE(reply.status, 200);
        QCOMPARE(integerAt(reply.json(), "partNumber"), number); // for JavaScript
        QCOMPARE(stringAt(reply.json(), "etag").toLatin1(), reply.header("etag")); // for Python
        list.push_back(reply.json());
    }
    QCOMPARE(m_server->get(upload.file).status, 404);
    for (int turn = 0; turn < 2; ++turn) // a repeated call changes nothing
        QCOMPARE(m_server->post(below(upload.put, "complete"), { { "parts", list } }).status, 200);
    QCOMPARE(m_server->get(upload.file).body, whole);
}

void tst_SandboxStorage::partsOutOfOrder()
{
    const Upload upload = initiate("x.bin", "initiate-multipart");
    Json list = Json::array();
    for (const int number : { 2, 1, 2 }) { // the second comes twice, the later one counts
        const QByteArray body = QByteArray::number(number) + (list.size() == 2 ? "again" : "once");
        list.push_back(putBytes(below(upload.put, QByteArray::number(number)), body).json());
    }
    QCOMPARE(m_server->post(below(upload.put, "complete"), { { "parts", Json::array({ list[1], list[2] }) } }).status, 200);
    QCOMPARE(m_server->get(upload.file).body, QByteArray("1once2again"));
}

void tst_SandboxStorage::completionIsChecked()
{
    const Upload upload = initiate("x.bin", "initiate-multipart");
    const Json one = putBytes(below(upload.put, "1"), "one").json();
    const Json two = putBytes(below(upload.put, "2"), "two").json();
    const QByteArray target = below(upload.put, "complete");
    Json wrong = two;
    wrong["etag"] = "\"0\"";
    for (const Json &list : { Json::array(), Json::array({ one }), Json::array({ two, one }), Json::array({ one, wrong }) })
        QCOMPARE(m_server->post(target, { { "parts", list } }).status, 400);
    QCOMPARE(m_server->send("POST", target, "{}").status, 422);
    QCOMPARE(putBytes(below(upload.put, "0"), "x").status, 400);
    QCOMPARE(putBytes(below(upload.put, "1001"), "x").status, 400);
    QCOMPARE(putBytes(upload.put, "x").status, 400);
    QCOMPARE(m_server->get(upload.file).status, 404);
    QCOMPARE(m_server->post(target, { { "parts", Json::array({ one, two }) } }).status, 200);
}

void tst_SandboxStorage::lifetimeIsKept()
{
    const auto initiateFor = [this](const QByteArray &seconds) {
        return m_server->send("POST", "/storage/upload/initiate", R"({"content_type":"image/png","file_name":"pic.png"})",
                              { { "X-Fal-Object-Lifecycle", "{\"expiration_duration_seconds\":" + seconds + '}' } });
    };
    QCOMPARE(initiateFor("0").status, 422);
    QByteArray files[2];
    for (const bool isShort : { false, true }) {
        const Json reply = initiateFor(isShort ? "1" : "3600").json();
        QCOMPARE(putBytes(targetOf(reply["upload_url"]), png(Qt::red)).status, 200);
        files[isShort] = targetOf(reply["file_url"]);
        if (!isShort)
            QCOMPARE(m_server->get(files[0]).status, 200);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_server->get(files[1]).status, 404, 30'000);
    QCOMPARE(m_server->get(files[0]).status, 200);
    // Nor can a model fetch it.
    const std::string gone = (m_sandbox->base().toEncoded() + files[1]).toStdString();
    const RawReply result = m_server->complete({ { "prompt", "a dog" }, { "image_urls", { gone } } }, "fal-ai/nano-banana-2/edit");
    QCOMPARE(result.status, 422);
    QCOMPARE(stringAt(result.json()["detail"][0], "type"), u"file_download_error"_s);
}

void tst_SandboxStorage::ranges_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentRange");
    QTest::newRow("first") << QByteArray("bytes=0-3") << 206 << QByteArray("0123") << QByteArray("bytes 0-3/10");
    QTest::newRow("rest") << QByteArray("bytes=7-") << 206 << QByteArray("789") << QByteArray("bytes 7-9/10");
    QTest::newRow("last") << QByteArray("bytes=-2") << 206 << QByteArray("89") << QByteArray("bytes 8-9/10");
    QTest::newRow("beyond") << QByteArray("bytes=5-100") << 206 << QByteArray("56789") << QByteArray("bytes 5-9/10");
    QTest::newRow("all beyond") << QByteArray("bytes=10-") << 416 << QByteArray() << QByteArray("bytes */10");
    QTest::newRow("two") << QByteArray("bytes=0-1,3-4") << 200 << QByteArray("0123456789") << QByteArray();
    QTest::newRow("whole") << QByteArray() << 200 << QByteArray("0123456789") << QByteArray();
}

void tst_SandboxStorage::ranges()
{
    QFETCH(QByteArray, range);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, contentRange);
    const Upload upload = initiate("x.bin");
    putBytes(upload.put, "0123456789");
    const RawReply reply = m_server->send("GET", upload.file, {}, { { "Range", range } });
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.body, body);
    QCOMPARE(reply.header("content-range"), contentRange);
    QVERIFY(reply.whole);
}

void tst_SandboxStorage::uploadAsReference()
{
    const Upload upload = initiate("pic.png");
    putBytes(upload.put, png(Qt::blue));
    const RawReply result = m_server->complete({ { "prompt", "a dog" }, { "resolution", "0.5K" }, { "image_urls", { upload.fileUrl } } },
                                               "fal-ai/nano-banana-2/edit");
    QCOMPARE(result.status, 200);
    QCOMPARE(result.json()["images"].size(), size_t(1));
    // The address with another name is no address.
    std::string renamed = upload.fileUrl.get<std::string>();
    renamed.replace(renamed.rfind("pic"), 3, "pit");
    QCOMPARE(m_server->complete({ { "prompt", "a dog" }, { "image_urls", { renamed } } }, "fal-ai/nano-banana-2/edit").status, 422);
}

void tst_SandboxStorage::brokenUploadLeavesNothing()
{
    const Upload upload = initiate("pic.png");
    {
        const auto socket = m_server->open();
        socket->write(m_server->headOf("PUT", upload.put, 1000, {}) + "only this");
        QVERIFY(socket->waitForBytesWritten(30000));
        socket->disconnectFromHost();
        QVERIFY(socket->state() == QAbstractSocket::UnconnectedState || socket->waitForDisconnected(30000));
    }
    QCOMPARE(m_server->get(upload.file).status, 404);
    QCOMPARE(putBytes(upload.put, "whole").status, 200); // and may be tried again
    QCOMPARE(m_server->get(upload.file).body, QByteArray("whole"));
}

void tst_SandboxStorage::oldestFilesGo()
{
    QList<Upload> uploads;
    for (int i = 0; i < 4; ++i) { // of 20 MB, where 60 have room
        uploads.append(initiate("x.bin"));
        QCOMPARE(putBytes(uploads.last().put, QByteArray(20'000'000, char('0' + i))).status, 200);
    }
    QCOMPARE(m_server->get(uploads.at(0).file).status, 404);
    for (int i = 1; i < 4; ++i)
        QCOMPARE(m_server->send("HEAD", uploads.at(i).file).status, 200);
}

QTEST_MAIN(tst_SandboxStorage)
#include "tst_sandboxstorage.moc"
