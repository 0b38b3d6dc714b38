#include "imagesizes.h"

#include "endpointcatalog.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class ImageSizesTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void facts_data();
    void facts();
    void grid();
    void coversTheEndpoints();
    void refusesDamage();
};

void ImageSizesTest::facts_data()
{
    // Google's sizes for Gemini 3.1 Flash Image at 1K; 2K and 4K are twice and four times that.
    QTest::addColumn<QString>("ratio");
    QTest::addColumn<QSize>("half");
    QTest::addColumn<QSize>("one");
    const auto row = [](const char *ratio, QSize half, QSize one) {
        QTest::newRow(ratio) << QString::fromLatin1(ratio) << half << one;
    };
    row("1:1", { 512, 512 }, { 1024, 1024 });
    row("1:4", { 256, 1024 }, { 512, 2048 });
    row("1:8", { 192, 1536 }, { 384, 3072 });
    row("2:3", { 424, 632 }, { 848, 1264 });
    row("3:2", { 632, 424 }, { 1264, 848 });
    row("3:4", { 448, 600 }, { 896, 1200 });
    row("4:1", { 1024, 256 }, { 2048, 512 });
    row("4:3", { 600, 448 }, { 1200, 896 });
    row("4:5", { 464, 576 }, { 928, 1152 });
    row("5:4", { 576, 464 }, { 1152, 928 });
    row("8:1", { 1536, 192 }, { 3072, 384 });
    row("9:16", { 384, 688 }, { 768, 1376 });
    row("16:9", { 688, 384 }, { 1376, 768 });
    row("21:9", { 792, 336 }, { 1584, 672 });
}

void ImageSizesTest::facts()
{
    QFETCH(QString, ratio);
    QFETCH(QSize, half);
    QFETCH(QSize, one);
    const ImageSizes sizes = *ImageSizes::load(u":/imagesizes.json"_s);
    QCOMPARE(sizes.find(ratio, u"0.5K"_s), half);
    QCOMPARE(sizes.find(ratio, u"1K"_s), one);
    QCOMPARE(sizes.find(ratio, u"2K"_s), one * 2);
    QCOMPARE(sizes.find(ratio, u"4K"_s), one * 4);
    const double wanted = ratio.section(u':', 0, 0).toDouble() / ratio.section(u':', 1).toDouble();
    QVERIFY(qAbs(double(one.width()) / one.height() / wanted - 1) < 0.04);
}

void ImageSizesTest::grid()
{
    const ImageSizes sizes = *ImageSizes::load(u":/imagesizes.json"_s);
    QCOMPARE(sizes.ratios().size(), 14);
    QVERIFY(!sizes.find(u"auto"_s, u"1K"_s).isValid());
    QVERIFY(!sizes.find(u"1:1"_s, u"8K"_s).isValid());
}

void ImageSizesTest::coversTheEndpoints()
{
    const ImageSizes sizes = *ImageSizes::load(u":/imagesizes.json"_s);
    const EndpointCatalog catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    for (const Endpoint &endpoint : catalog.endpoints()) {
        for (const Json &ratio : endpoint.schema.find(u"aspect_ratio"_s)->choices) {
            const Parameter *resolution = endpoint.schema.find(u"resolution"_s);
            for (const Json &choice : resolution ? resolution->choices : std::vector<Json> { "1K" }) {
                QVERIFY2(toQString(ratio) == u"auto"_s || sizes.find(toQString(ratio), toQString(choice)).isValid(),
                    qPrintable(endpoint.id.text + toQString(ratio)));
            }
        }
    }
}

void ImageSizesTest::refusesDamage()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"sizes.json"_s);
    QVERIFY(!ImageSizes::load(path));
    for (const char *json : { "{", "[]", "{}", R"({"sizes":{"1:1":{"1K":[1]}}})", R"({"sizes":{"1:1":{"1K":["a",2]}}})",
             R"({"sizes":{"1:1":7}})" }) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(json);
        file.close();
        QVERIFY2(!ImageSizes::load(path), json);
    }
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::ImageSizesTest)
#include "tst_imagesizes.moc"
