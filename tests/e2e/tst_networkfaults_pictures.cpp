#include "networkbench.h"

#include <QDirIterator>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace network;

namespace {

/// One picture with this word near its beginning: the halves of two such files make a file that decodes, and is neither.
QByteArray marked(const QString &word)
{
    QImage image = QImage::fromData(pictureOf(0));
    image.setText(u"Comment"_s, word);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "png");
    return bytes;
}

} // namespace

/// Every row of reliability.md 2.3: what can happen to the pictures of a run that is paid for.
class TestNetworkFaultsPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fault_data();
    void fault();
    void goesOnWhereItBroke_data();
    void goesOnWhereItBroke();
    void fourPictures();
    void expiredAndFoundAgain_data();
    void expiredAndFoundAgain();
};

void TestNetworkFaultsPictures::fault_data()
{
    QTest::addColumn<NetworkFault>("fault");
    const auto row = [](const QByteArray &name, const NetworkFault &fault) { QTest::newRow(name.constData()) << fault; };
    const auto gives = [](const FaultReply &reply, FaultScript script = FaultScript::Serve, int times = -1) {
        return [=](FaultServer &server) { server.on("GET", fileName(0), reply, script, times); };
    };
    const FaultReply whole { .body = pictureOf(0), .contentType = "image/png" };
    const auto served = [](const QByteArray &bytes, const QByteArray &type = "image/png") {
        return FaultReply { .body = bytes, .contentType = type };
    };

    for (const int status : { 429, 500, 502, 503 })
        row(QByteArray::number(status), { .spoil = gives({ .status = status }, FaultScript::Serve, 2) });
    for (const auto &[name, script] : { std::pair { "reset mid body", FaultScript::ResetInBody }, { "stall", FaultScript::StallInBody },
                                        { "slow-loris", FaultScript::Drip }, { "Content-Length larger than sent", FaultScript::ShortLength },
                                        { "chunked cut", FaultScript::ChunkCut }, { "no length and closed early", FaultScript::NoLength },
                                        { "half of it with its right length", FaultScript::TruncatedBody }, { "close", FaultScript::Fin } }) {
        if (script != FaultScript::Drip)
            row(name, { .spoil = gives(whole, script, 1) });
    }
    row("never whole, no length", { .spoil = gives(whole, FaultScript::NoLength), .end = RunState::Failed, .says = u"Everything the server said is kept."_s, .files = 0 });
    row("never whole, chunked", { .spoil = gives(whole, FaultScript::ChunkCut), .end = RunState::Completed, .waits = u"Reconnecting: the connection broke."_s, .stays = true });

    row("redirect: same host", { .spoil = [](FaultServer &server) {
        server.on("GET", "/moved.png", { .body = pictureOf(0), .contentType = "image/png" });
        server.on("GET", fileName(0), { .status = 302, .headers = { { "Location", "/moved.png" } } });
    }, .look = [](const RunRecord &, const FaultServer &server) {
        for (const SeenRequest &request : server.seen()) {
            if (request.path == "/moved.png")
                QVERIFY(!request.has("authorization"));
        }
    } });
    for (const char *target : { "file:///etc/hostname", "data:image/png;base64,AAAA", "qrc:/prices.json", "http://192.168.1.1/x.png", "http://localhost.example.com/x.png" })
        row(QByteArray("redirect to ") + target,
            { .spoil = gives({ .status = 302, .headers = { { "Location", target } } }), .end = RunState::Failed,
              .says = u"The server answered with a redirect, which is not followed. "_s + QString::fromLatin1(target).left(10), .files = 0 });
    row("redirect loop", { .spoil = gives({ .status = 302, .headers = { { "Location", fileName(0) } } }), .end = RunState::Failed,
                           .says = u"a redirect, which is not followed"_s, .files = 0,
                           .look = [](const RunRecord &, const FaultServer &server) { QCOMPARE(server.count("GET", fileName(0)), 4); } });
    row("redirect: 4 hops", { .spoil = [](FaultServer &server) {
        for (int hop = 0; hop < 4; ++hop) {
            const QByteArray from = hop == 0 ? fileName(0) : "/hop" + QByteArray::number(hop);
            server.on("GET", from, { .status = 302, .headers = { { "Location", "/hop" + QByteArray::number(hop + 1) } } });
        }
        server.on("GET", "/hop4", { .body = pictureOf(0), .contentType = "image/png" });
    }, .end = RunState::Failed, .says = u"a redirect, which is not followed"_s, .files = 0 });

    const auto named = [](const QByteArray &url) {
        return [url](FaultServer &server) {
            server.on("GET", requestPath, { .body = resultOf(QList<QByteArray> { url }) });
            server.on("GET", statusPath, { .body = statusBody("COMPLETED") });
        };
    };
    for (const char *url : { "file:///etc/hostname", "http://192.168.1.1/x.png", "ftp://127.0.0.1/x.png", "//example.com/x.png", "javascript:alert(1)", "" })
        row(QByteArray("the address is ") + (*url ? url : "empty"),
            { .spoil = named(url), .end = RunState::Failed, .says = *url ? u"An unexpected address was not opened:"_s : QString(), .files = 0 });
    row("the address is 10 MB long", { .spoil = named("https://example.com/" + QByteArray(10'000'000, 'x')), .end = RunState::Failed,
                                       .says = u"An unexpected address was not opened:"_s, .files = 0 });

    row("data: whole", { .spoil = named("data:image/png;base64," + pictureOf(0).toBase64()) });
    for (const auto &[name, uri] : { std::pair<const char *, QByteArray> { "not base64", "data:image/png;base64,*not at all*" },
                                     { "bad padding", "data:image/png;base64,AAAAA" }, { "charset without value", "data:image/png;charset;base64,AAAA" },
                                     { "20 MB of nothing", "data:image/png;base64," + QByteArray(20'000'000, 'A') } })
        row(QByteArray("data: ") + name, { .spoil = named(uri), .end = RunState::Failed, .files = 0 });

    row("type says png, bytes are jpeg", { .spoil = gives(served(pictureOf(0, "jpg"))), .look = [](const RunRecord &run, const FaultServer &) {
        QCOMPARE(run.images.front().contentType, u"image/jpeg"_s);
        QVERIFY(run.images.front().file.endsWith(u".jpg"_s) || run.images.front().file.endsWith(u".jpeg"_s));
    } });
    row("type says png, bytes are webp", { .spoil = gives(served(pictureOf(0, "webp"))), .look = [](const RunRecord &run, const FaultServer &) {
        QCOMPARE(run.images.front().contentType, u"image/webp"_s);
    } });
    for (const auto &[name, bytes] : { std::pair<const char *, QByteArray> { "html", "<html><img src='file:///etc/hostname'></html>" },
                                       { "svg", "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/hostname'/></svg>" },
                                       { "zip", QByteArray("PK\3\4", 4) + QByteArray(200, '\0') }, { "nothing", "" } })
        row(QByteArray("type says png, bytes are ") + name, { .spoil = gives(served(bytes)), .end = RunState::Failed, .files = 0 });
    // 57 bytes that declare a chunk of a gigabyte (reliability.md A3), and a picture of 100 000 x 100 000.
    const QByteArray header = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc");
    row("decompression bomb: declared chunk length", { .spoil = gives(served(header + QByteArray::fromHex("3fffffff49444154") + QByteArray(16, 'x'))),
                                                       .end = RunState::Failed, .files = 0 });
    row("decompression bomb: pixels", { .spoil = gives(served(QByteArray::fromHex("89504e470d0a1a0a0000000d49484452000186a0000186a00802000000b8ae4d3b") + pictureOf(0).mid(33))),
                                        .end = RunState::Failed, .files = 0 });
    row("gzip Content-Encoding", { .spoil = gives(whole, FaultScript::Gzip, 1) });

    for (const QByteArray &name : { QByteArray("../../x.png"), QByteArray("/etc/x.png"), QByteArray("CON"), QByteArray(5000, 'n'), QByteArray("\\u202egnp.x"),
                                    QByteArray("a\\nb"), QByteArray("a\\u0000b") })
        row("file_name " + name.left(20),
            { .spoil =
                  [name](FaultServer &server) {
                      const QByteArray url = server.url(QString::fromLatin1(fileName(0))).toEncoded();
                      server.on("GET", requestPath, { .body = R"({"images":[{"url":")" + url + R"(","file_name":")" + name + R"("}]})" });
                      server.on("GET", statusPath, { .body = statusBody("COMPLETED") });
                  },
              .look = [](const RunRecord &run, const FaultServer &) {
                  QVERIFY(run.images.front().file.startsWith(u"images/"_s));
                  QVERIFY(!run.images.front().file.contains(u".."_s));
              } });
}

void TestNetworkFaultsPictures::fault()
{
    QFETCH(NetworkFault, fault);
    NetworkRow::play(fault);
}

void TestNetworkFaultsPictures::goesOnWhereItBroke_data()
{
    QTest::addColumn<QByteArray>("firstTag");
    QTest::addColumn<bool>("givesParts");
    QTest::addColumn<bool>("asksForPart");
    QTest::newRow("the same ETag: 206") << QByteArray("\"v1-0\"") << true << true;
    QTest::newRow("another ETag: from the start") << QByteArray("\"older\"") << true << true;
    QTest::newRow("a weak ETag: from the start") << QByteArray("W/\"v1-0\"") << true << false;
    QTest::newRow("no ETag: from the start") << QByteArray() << true << false;
    QTest::newRow("a server that gives no parts: from the start") << QByteArray("\"v1-0\"") << false << true;
    QTest::newRow("a range that is not the one: from the start") << QByteArray("\"lies\"") << true << true;
    QTest::newRow("a part of another ETag: from the start") << QByteArray("\"changes\"") << true << true;
}

/// Whatever the server offers, the file is the one that it has.
void TestNetworkFaultsPictures::goesOnWhereItBroke()
{
    QFETCH(QByteArray, firstTag);
    QFETCH(bool, givesParts);
    QFETCH(bool, asksForPart);
    FaultServer server;
    makeHonest(server);
    const QByteArray current = marked(u"as it stands today"_s), older = marked(u"as it was at first"_s);
    QCOMPARE(older.size(), current.size());
    const bool isSame = firstTag.endsWith("v1-0\"");
    FaultReply first { .body = isSame ? current : older, .contentType = "image/png" };
    if (!firstTag.isEmpty())
        first.headers = { { "ETag", firstTag } };
    server.on("GET", fileName(0), { .body = current, .contentType = "image/png", .headers = { { "ETag", "\"v1-0\"" } }, .givesParts = givesParts });
    if (firstTag == "\"lies\"" || firstTag == "\"changes\"") {
        const bool lies = firstTag == "\"lies\"";
        const qint64 half = (first.body.size() + 1) / 2, last = first.body.size() - 1;
        const QByteArray range = lies ? QByteArray("bytes 10-99/100")
                                      : "bytes " + QByteArray::number(half) + '-' + QByteArray::number(last) + '/' + QByteArray::number(last + 1);
        server.on("GET", fileName(0), { .status = 206, .body = current.mid(half), .contentType = "image/png",
                                        .headers = { { "ETag", lies ? firstTag : "\"v1-0\"" }, { "Content-Range", range } } }, FaultScript::Serve, 1);
    }
    server.on("GET", fileName(0), first, FaultScript::ShortLength, 1);
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    const RunId id = engine.start();
    QVERIFY(engine.waitForEnd(id));
    const RunRecord run = engine.stored(id);
    QCOMPARE(wordOf(run.state), u"done"_s);
    QFile file(engine.library().absolute(run.images.front().file));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == current);
    int parts = 0;
    for (const SeenRequest &request : server.seen())
        parts += request.has("range");
    QCOMPARE(parts, asksForPart ? 1 : 0);
    QDirIterator left(folder.path(), { u"*.part"_s }, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    QVERIFY(!left.hasNext());
}

void TestNetworkFaultsPictures::fourPictures()
{
    NetworkRow::play({ .spoil = [](FaultServer &server) { server.on("GET", fileName(2), { .status = 410 }); },
                       .end = RunState::Failed,
                       .says = u"1 of 4 could not be kept"_s,
                       .files = 3 },
                     4);
}

void TestNetworkFaultsPictures::expiredAndFoundAgain_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 401, 403, 404, 410 })
        QTest::addRow("expired link: %d", status) << status;
}

/// A link that has expired is told from a download that failed; the sibling is kept, and looking again brings the rest.
void TestNetworkFaultsPictures::expiredAndFoundAgain()
{
    QFETCH(int, status);
    FaultServer server;
    makeHonest(server, 2);
    server.on("GET", fileName(1), { .status = status, .body = "<Error>AccessDenied</Error>", .contentType = "application/xml" });
    const QTemporaryDir folder;
    NetworkEngine engine(server.url(), folder.path());
    QVERIFY(engine.open());
    const RunId id = engine.start(2);
    QVERIFY(engine.waitForEnd(id));
    const RunRecord run = engine.stored(id);
    QCOMPARE(wordOf(run.state), u"failed"_s);
    const QString sentence = errorText(*run.error, run.state).sentence();
    QVERIFY2(sentence.startsWith(u"The server no longer has it."_s) && sentence.contains(u"Look again"_s), qPrintable(sentence));
    QVERIFY(!run.images[0].file.isEmpty());
    QVERIFY(run.images[1].file.isEmpty());
    QCOMPARE(run.reply, resultOf(server, 2));
    QCOMPARE(server.count("GET", fileName(1)), 1);
    makeHonest(server, 2);
    QVERIFY(NetworkEngine::wait(engine.controller().lookUp(id))->found);
    QVERIFY(engine.waitForState(id, RunState::Done));
    QCOMPARE(engine.stored(id).images[0].file, run.images[0].file);
    QCOMPARE(server.count("GET", fileName(0)), 1);
    QCOMPARE(posts(server), 1);
}

NETWORK_MAIN(TestNetworkFaultsPictures)
#include "tst_networkfaults_pictures.moc"
