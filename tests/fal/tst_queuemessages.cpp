#include "queuemessages.h"
#include "replylimits.h"
#include "testpaths.h"

#include <QDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

class TestQueueMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statusState_data();
    void statusState();
    void statusPosition_data();
    void statusPosition();
    void statusLogs();
    void statusManyLogs();
    void statusError();
    void statusUnusable_data();
    void statusUnusable();
    void resultImages();
    void resultShapes_data();
    void resultShapes();
    void resultLimits();
    void truncatedAnywhere();
    void foreignJson();
};

void TestQueueMessages::statusState_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QueueStatus::State>("state");
    using S = QueueStatus::State;
    QTest::newRow("queue") << QByteArray("IN_QUEUE") << S::InQueue;
    QTest::newRow("progress") << QByteArray("IN_PROGRESS") << S::InProgress;
    QTest::newRow("completed") << QByteArray("COMPLETED") << S::Completed;
    QTest::newRow("other") << QByteArray("PAUSED") << S::Other;
    QTest::newRow("other case") << QByteArray("completed") << S::Other;
}

void TestQueueMessages::statusState()
{
    QFETCH(QByteArray, word);
    QFETCH(QueueStatus::State, state);
    const Result<QueueStatus> status = parseQueueStatus(R"({"status":")" + word + R"(","extra":{"a":[]},"metrics":{}})");
    QVERIFY(status);
    QCOMPARE(status->state, state);
    QCOMPARE(status->word, state == QueueStatus::State::Other ? QString::fromUtf8(word) : QString());
    QVERIFY(!status->error);
    QVERIFY(!status->inferenceSeconds);
    QVERIFY(status->logs.empty());
}

void TestQueueMessages::statusPosition_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("position"); // -1: none
    QTest::newRow("zero") << QByteArray("0") << 0;
    QTest::newRow("some") << QByteArray("17") << 17;
    QTest::newRow("as float") << QByteArray("3.0") << 3;
    QTest::newRow("part") << QByteArray("3.5") << -1;
    QTest::newRow("negative") << QByteArray("-1") << -1;
    QTest::newRow("huge") << QByteArray("1e300") << -1;
    QTest::newRow("beyond int") << QByteArray("2147483648") << -1;
    QTest::newRow("beyond 64 bit") << QByteArray("99999999999999999999999") << -1;
    QTest::newRow("text") << QByteArray("\"3\"") << -1;
    QTest::newRow("null") << QByteArray("null") << -1;
    QTest::newRow("object") << QByteArray("{}") << -1;
}

void TestQueueMessages::statusPosition()
{
    QFETCH(QByteArray, value);
    QFETCH(int, position);
    const Result<QueueStatus> status = parseQueueStatus(R"({"status":"IN_QUEUE","queue_position":)" + value + "}");
    QVERIFY(status);
    QCOMPARE(status->queuePosition.value_or(-1), position);
}

void TestQueueMessages::statusLogs()
{
    const Result<QueueStatus> status = parseQueueStatus(R"({"status":"IN_PROGRESS","metrics":{"inference_time":2.5},"logs":[
        {"message":"a","level":"WARN","source":"USER","timestamp":"2026-11-22T08:00:01.250Z"},
        {"message":"b","labels":{},"timestamp":"2024-12-20T15:37:17.120314"},
        {"message":"c","level":"ERROR","timestamp":"2026-11-22T10:00:01+02:00"},
        {"message":"d","level":5,"timestamp":"yesterday"},
        {"message":"e","timestamp":1700000000.5},
        {"message":7,"level":"DEBUG"},
        {"message":null},{"level":"INFO"},null,3,["x"],
        "bare"]})");
    QVERIFY(status);
    QCOMPARE(status->inferenceSeconds, std::optional(2.5));
    QStringList texts;
    for (const LogLine &line : status->logs) {
        texts << line.text;
        QVERIFY(line.fromServer);
        QVERIFY(line.run.isEmpty());
        QVERIFY(!line.time.isValid() || line.time.timeSpec() == Qt::UTC);
    }
    QCOMPARE(texts, QStringList({ u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"7"_s, u"bare"_s }));
    using L = LogLine::Level;
    QVERIFY(status->logs[0].level == L::Warning && status->logs[1].level == L::Info && status->logs[2].level == L::Error);
    QVERIFY(status->logs[5].level == L::Debug);
    QCOMPARE(status->logs[0].time, QDateTime({ 2026, 11, 22 }, { 8, 0, 1, 250 }, Qt::UTC));
    QCOMPARE(status->logs[1].time, QDateTime({ 2024, 12, 20 }, { 15, 37, 17, 120 }, Qt::UTC));
    QCOMPARE(status->logs[2].time, QDateTime({ 2026, 11, 22 }, { 8, 0, 1 }, Qt::UTC));
    QVERIFY(!status->logs[3].time.isValid());
    QCOMPARE(status->logs[4].time.toMSecsSinceEpoch(), 1700000000500);

    for (const char *logs : { "null", "{}", "\"x\"", "[]", "7" })
        QVERIFY(parseQueueStatus(R"({"status":"IN_PROGRESS","logs":)" + QByteArray(logs) + "}")->logs.empty());
}

void TestQueueMessages::statusManyLogs()
{
    Json logs = Json::array();
    for (int i = 0; i < 12'000; ++i)
        logs.push_back(Json { { "message", std::to_string(i) } });
    const Json root { { "status", "IN_PROGRESS" }, { "logs", std::move(logs) } };
    const Result<QueueStatus> status = parseQueueStatus(toBytes(root));
    QVERIFY(status);
    QCOMPARE(status->logs.size(), size_t(10'000));
    QCOMPARE(status->logs.back().text, u"11999"_s);
    const Result<QueueStatus> longLine
        = parseQueueStatus(R"({"status":"IN_PROGRESS","logs":[{"message":")" + QByteArray(100'000, 'x') + "\"}]}");
    QCOMPARE(longLine->logs.front().text.size(), 16 * 1024);
}

void TestQueueMessages::statusError()
{
    const auto of = [](const QByteArray &rest) { return parseQueueStatus(R"({"status":"COMPLETED")" + rest + "}")->error; };
    QVERIFY(!of(""));
    QVERIFY(!of(R"(,"error":null,"error_type":null)"));
    const std::optional<Error> infrastructure = of(R"(,"error":"gone","error_type":"runner_disconnected")");
    QVERIFY(infrastructure);
    QCOMPARE(infrastructure->kind, ErrorKind::Infrastructure);
    QCOMPARE(infrastructure->type, u"runner_disconnected"_s);
    QCOMPARE(infrastructure->message, u"gone"_s);
    QCOMPARE(of(R"(,"error":"flagged","error_type":"content_policy_violation")")->kind, ErrorKind::Model);
    QCOMPARE(of(R"(,"error":"something")")->message, u"something"_s);
    QCOMPARE(of(R"(,"error":{"message":"inside"})")->message, u"inside"_s);
    QCOMPARE(of(R"(,"error_type":"client_cancelled")")->type, u"client_cancelled"_s);
    QVERIFY(!parseQueueStatus(R"({"status":"IN_PROGRESS","error":"not yet"})")->error);
}

void TestQueueMessages::statusUnusable_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body : { "", "null", "[]", "\"COMPLETED\"", "7", "{}", R"({"status":null})", R"({"status":7})",
             R"({"status":""})", R"({"status":["COMPLETED"]})", "<html>", "{\"status\":\"COMPLETED\"" })
        QTest::newRow(body) << QByteArray(body);
}

void TestQueueMessages::statusUnusable()
{
    QFETCH(QByteArray, body);
    const Result<QueueStatus> status = parseQueueStatus(body);
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::BadReply);
}

void TestQueueMessages::resultImages()
{
    const Result<ResultContent> result = parseResult(R"({"images":[
        {"url":"https://x/1.png","content_type":"image/png","file_name":"1.png","file_size":4404019,"width":1024,"height":768},
        {"url":"https://x/2.png","content_type":null,"file_name":null,"file_size":null,"width":null,"height":null},
        {"url":"https://x/3.png","width":-1,"height":10,"file_size":-5},
        {"url":"https://x/4.png","width":"1024","height":1e300,"file_size":"9"},
        "https://x/5.png",{"url":7},null,{"url":"https://x/1.png","width":512.0,"height":512.0}],
        "description":"A pot."})");
    QVERIFY(result);
    QCOMPARE(result->description, u"A pot."_s);
    QCOMPARE(result->images.size(), size_t(8));
    const ResultImage &first = result->images[0];
    QCOMPARE(first.url, u"https://x/1.png"_s);
    QCOMPARE(first.contentType, u"image/png"_s);
    QCOMPARE(first.fileName, u"1.png"_s);
    QCOMPARE(first.bytes, std::optional<qint64>(4404019));
    QCOMPARE(first.size, std::optional(QSize(1024, 768)));
    for (size_t i = 1; i < 7; ++i) {
        QVERIFY(!result->images[i].size);
        QVERIFY(!result->images[i].bytes);
    }
    QVERIFY(result->images[1].contentType.isEmpty() && result->images[1].fileName.isEmpty());
    QCOMPARE(result->images[4].url, u"https://x/5.png"_s);
    QVERIFY(result->images[5].url.isEmpty() && result->images[6].url.isEmpty());
    QCOMPARE(result->images[7].url, first.url); // the same picture twice stays two pictures
    QCOMPARE(result->images[7].size, std::optional(QSize(512, 512)));
}

void TestQueueMessages::resultShapes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("images"); // -1: an error
    QTest::addColumn<QString>("description");
    QTest::newRow("zero") << QByteArray(R"({"images":[],"description":"No."})") << 0 << u"No."_s;
    QTest::newRow("null description") << QByteArray(R"({"images":[{"url":"u"}],"description":null})") << 1 << QString();
    QTest::newRow("no description") << QByteArray(R"({"images":[{"url":"u"}]})") << 1 << QString();
    QTest::newRow("description not text") << QByteArray(R"({"images":[],"description":5})") << 0 << QString();
    QTest::newRow("one image") << QByteArray(R"({"image":{"url":"u"}})") << 1 << QString();
    QTest::newRow("no images") << QByteArray(R"({"description":"Only words."})") << -1 << QString();
    QTest::newRow("null images") << QByteArray(R"({"images":null})") << -1 << QString();
    QTest::newRow("images an object") << QByteArray(R"({"images":{"url":"u"}})") << -1 << QString();
    QTest::newRow("list") << QByteArray("[]") << -1 << QString();
    QTest::newRow("page") << QByteArray("<html></html>") << -1 << QString();
    QTest::newRow("too deep") << QByteArray(R"({"images":)") + QByteArray(200'000, '[') << -1 << QString();
}

void TestQueueMessages::resultShapes()
{
    QFETCH(QByteArray, body);
    QFETCH(int, images);
    QFETCH(QString, description);
    const Result<ResultContent> result = parseResult(body);
    if (images < 0) {
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::BadReply);
        return;
    }
    QVERIFY(result);
    QCOMPARE(int(result->images.size()), images);
    QCOMPARE(result->description, description);
}

void TestQueueMessages::resultLimits()
{
    const auto of = [](size_t images) {
        return parseResult(R"({"images":[)" + QByteArray(R"({"url":"u"},)").repeated(qsizetype(images - 1)) + R"({"url":"u"}]})");
    };
    QCOMPARE(of(mostImages)->images.size(), mostImages);
    QCOMPARE(of(mostImages + 1).error().type, u"shape"_s);
    QCOMPARE(parseResult(QByteArray(resultBytes + 1, ' ')).error().type, u"too_big"_s);
    const Result<QueueStatus> failed
        = parseQueueStatus(R"({"status":"COMPLETED","error":")" + QByteArray(100'000, 'x') + "\"}");
    QCOMPARE(failed->error->message.size(), longestErrorMessage);
    QCOMPARE(parseQueueStatus(QByteArray(JsonLimits().bytes + 1, ' ')).error().type, u"too_big"_s);
}

void TestQueueMessages::truncatedAnywhere()
{
    const QByteArray status = R"({"status":"IN_QUEUE","request_id":"764cabcf","logs":[{"message":"ü"}],"queue_position":0})";
    const QByteArray result = R"({"images":[{"url":"https://x/1.png","width":null}],"description":"ü"})";
    for (qsizetype i = 0; i < status.size(); ++i)
        QVERIFY(!parseQueueStatus(status.left(i)));
    for (qsizetype i = 0; i < result.size(); ++i)
        QVERIFY(!parseResult(result.left(i)));
    QVERIFY(parseQueueStatus(status) && parseResult(result));
}

void TestQueueMessages::foreignJson()
{
    const std::optional<QString> material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL is not set");
    const QDir folder(*material + u"/json/test_parsing"_s);
    const QStringList names = folder.entryList(QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!parseQueueStatus(bytes), qPrintable(name)); // none of them is one
        QVERIFY2(!parseResult(bytes), qPrintable(name));
        // And as a value inside of what would be one.
        const Result<QueueStatus> status = parseQueueStatus(R"({"status":"IN_QUEUE","queue_position":)" + bytes + "}");
        if (name.startsWith(u"n_"_s) && status)
            qInfo("accepted inside: %s", qPrintable(name));
        (void)parseResult(R"({"images":[{"url":"u","width":)" + bytes + "}]}");
    }
}

QTEST_APPLESS_MAIN(TestQueueMessages)
#include "tst_queuemessages.moc"
