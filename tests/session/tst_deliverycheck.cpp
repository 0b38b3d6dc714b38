#include "blankpicture.h"
#include "deliverycheck.h"

#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

class TestDeliveryCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deviations_data();
    void deviations();
    void duplicates();
    void blank_data();
    void blank();
    void comeBackFromJson();
};

void TestDeliveryCheck::deviations_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("expected");
    const auto row = [](const char *name, const char *input, QSize size, const QString &type, Deviations expected) {
        QTest::newRow(name) << QByteArray(input) << size << type << expected.toInt();
    };
    row("as asked", R"({"aspect_ratio":"1:1","resolution":"1K","output_format":"png"})", { 1024, 1024 }, u"image/png"_s, {});
    row("a few pixels off", R"({"aspect_ratio":"16:9"})", { 1376, 768 }, u"image/png"_s, {});
    row("other size", R"({"aspect_ratio":"1:1","resolution":"2K"})", { 1024, 1024 }, u"image/png"_s, Deviation::Size);
    row("other ratio", R"({"aspect_ratio":"16:9"})", { 1024, 1024 }, u"image/png"_s, Deviation::Ratio);
    row("other format", R"({"output_format":"jpeg"})", { 1024, 1024 }, u"image/png"_s, Deviation::Format);
    row("jpg is jpeg", R"({"output_format":"jpg"})", { 1024, 1024 }, u"image/jpeg"_s, {});
    row("left to the model", R"({"aspect_ratio":"auto"})", { 700, 300 }, u"image/png"_s, {});
    row("nothing asked", "{}", { 700, 300 }, u"image/webp"_s, {});
    row("fewer", R"({"num_images":4})", { 700, 300 }, u"image/png"_s, Deviation::Count);
    row("both", R"({"aspect_ratio":"1:1","output_format":"webp"})", { 512, 1024 }, u"image/png"_s, Deviation::Ratio | Deviation::Format);
}

void TestDeliveryCheck::deviations()
{
    QFETCH(QByteArray, input);
    QFETCH(QSize, size);
    QFETCH(QString, type);
    RunRecord record;
    record.input = *parseJson(input);
    record.images = { { .file = u"a"_s, .sha256 = u"aa"_s, .contentType = type, .size = size } };
    noteDeviations(record);
    QTEST(record.images.front().deviations.toInt(), "expected");
    record.images.resize(7, record.images.front()); // more than anybody asked for here
    noteDeviations(record);
    QVERIFY(record.images.back().deviations.testFlag(Deviation::Count));
}

void TestDeliveryCheck::duplicates()
{
    RunRecord record;
    record.id = newRunId();
    record.input = Json { { "num_images", 5 } };
    for (const char *sha : { "aa", "bb", "aa", "cc" })
        record.images.push_back({ .index = int(record.images.size()), .file = u"f"_s, .sha256 = QString::fromLatin1(sha) });
    record.images.push_back({ .error = Error() });
    record.images[1].deviations = Deviation::Blank; // found in its pixels, and kept
    noteDeviations(record);
    QCOMPARE(hashesOf(record), (QStringList { u"aa"_s, u"bb"_s, u"cc"_s }));
    const PictureId before { newRunId(), 3 };
    noteDuplicates(record, { { u"cc"_s, before } });
    QCOMPARE(record.images[0].deviations, Deviations());
    QVERIFY(record.images[0].sameAs.run.isEmpty());
    QCOMPARE(record.images[1].deviations, Deviations(Deviation::Blank));
    QCOMPARE(record.images[2].deviations, Deviations(Deviation::Duplicate));
    QVERIFY(record.images[2].sameAs == (PictureId { record.id, 0 }));
    QCOMPARE(record.images[3].deviations, Deviations(Deviation::Duplicate));
    QVERIFY(record.images[3].sameAs == before);
    QCOMPARE(record.images[4].deviations, Deviations());
}

void TestDeliveryCheck::blank_data()
{
    QTest::addColumn<QImage>("image");
    QTest::addColumn<bool>("expected");
    QImage black(1000, 600, QImage::Format_RGB32);
    black.fill(Qt::black);
    QTest::newRow("black") << black << true;
    QImage noisy(500, 500, QImage::Format_RGB32);
    for (int y = 0; y < 500; ++y) {
        for (int x = 0; x < 500; ++x)
            noisy.setPixel(x, y, qRgb(200 + QRandomGenerator::global()->bounded(4), 200, 200));
    }
    QTest::newRow("noise alone") << noisy << true;
    QImage specks = black;
    for (int at = 0; at < 8; ++at)
        specks.setPixel(at * 90, at * 50, qRgb(255, 255, 255));
    QTest::newRow("specks") << specks << true;
    QImage lettered = black;
    {
        QPainter painter(&lettered);
        painter.fillRect(100, 280, 300, 30, Qt::white);
    }
    QTest::newRow("a line of text") << lettered << false;
    QImage gradient(400, 400, QImage::Format_RGB32);
    for (int y = 0; y < 400; ++y) {
        for (int x = 0; x < 400; ++x)
            gradient.setPixel(x, y, qRgb(x * 40 / 400, 0, 0));
    }
    QTest::newRow("a soft gradient") << gradient << false;
    QImage clear(64, 64, QImage::Format_ARGB32);
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 64; ++x)
            clear.setPixel(x, y, qRgba(x * 4, y * 4, 0, 0));
    }
    QTest::newRow("transparent") << clear << true;
    QTest::newRow("none") << QImage() << false;
}

void TestDeliveryCheck::blank()
{
    QFETCH(QImage, image);
    QTEST(isNearlyBlank(image), "expected");
}

void TestDeliveryCheck::comeBackFromJson()
{
    RunRecord record;
    record.id = newRunId();
    record.images = { { .file = u"a"_s, .deviations = Deviation::Ratio | Deviation::Blank | Deviation::Count },
                      { .index = 1, .file = u"b"_s, .deviations = Deviation::Duplicate, .sameAs = { newRunId(), 2 } } };
    QVERIFY(runRecordFromJson(toJson(record))->images == record.images);
    QCOMPARE(deviationsAt(Json { { "deviations", { "size", "sheep", 3 } } }), Deviations(Deviation::Size));
}

QTEST_GUILESS_MAIN(TestDeliveryCheck)
#include "tst_deliverycheck.moc"
