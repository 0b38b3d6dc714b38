#include "imagedecoder.h"
#include "picturefixtures.h"
#include "testpaths.h"

#include <QColorSpace>
#include <QDir>
#include <QElapsedTimer>
#include <QImageReader>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;
using namespace plantain::fixtures;

class TestImageDecoder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void decodesWhatItTakes_data();
    void decodesWhatItTakes();
    void goesByTheBytesNotTheName();
    void fits_data();
    void fits();
    void turnsUpright_data();
    void turnsUpright();
    void opensTheLargestRealSizes_data();
    void opensTheLargestRealSizes();
    void refusesWhatDoesNotDecode_data();
    void refusesWhatDoesNotDecode();
    void verifies();
    void isNotFloodedByTexts();
    void showsNoMemoryOfOurs();
    void showsInSRgb();
    void exifSet();
    void pngSuite();
    void pngCrashers();

private:
    QTemporaryDir m_folder;
    QString fileWith(const QByteArray &bytes, const QString &name = u"picture"_s) const
    {
        QFile file(m_folder.filePath(name));
        file.open(QIODevice::WriteOnly);
        file.write(bytes);
        return file.fileName();
    }
};

/// A JPEG with an EXIF block that holds the orientation alone.
static QByteArray jpegTurned(const QImage &image, char orientation, bool littleEndian)
{
    const QByteArray tiff = littleEndian
        ? QByteArray("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18) + orientation + QByteArray(7, '\0')
        : QByteArray("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19) + orientation + QByteArray(6, '\0');
    const QByteArray data = QByteArray("Exif\0\0", 6) + tiff;
    return written(image, "jpeg", 100).insert(2, QByteArray("\xff\xe1\0", 3) + char(data.size() + 2) + data);
}

void TestImageDecoder::initTestCase()
{
    QVERIFY(m_folder.isValid());
    for (const char *format : { "png", "jpeg", "webp" })
        QVERIFY2(QImageReader::supportedImageFormats().contains(format), format);
}

void TestImageDecoder::decodesWhatItTakes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QImage image = drawing({ 40, 24 }, true);
    QTest::newRow("png") << written(image, "png");
    QTest::newRow("png, 16 bit") << written(image.convertToFormat(QImage::Format_RGBA64), "png");
    QTest::newRow("png with a text") << pngWith(pngChunk("tEXt", QByteArray("Comment\0hello", 13)));
    QTest::newRow("jpeg") << written(image, "jpeg");
    QTest::newRow("webp") << written(image, "webp", 100);
}

void TestImageDecoder::decodesWhatItTakes()
{
    QFETCH(QByteArray, bytes);
    const auto decoded = decodePicture(bytes);
    QVERIFY(decoded);
    QCOMPARE(*decoded, QImage::fromData(bytes));
}

void TestImageDecoder::goesByTheBytesNotTheName()
{
    const QImage image = drawing({ 40, 24 });
    const auto decoded = decodePictureFile(fileWith(written(image, "png"), u"picture.svg"_s));
    QVERIFY(decoded);
    QCOMPARE(decoded->convertToFormat(QImage::Format_RGB32), image);
    const auto svg = decodePictureFile(fileWith("<svg xmlns='http://www.w3.org/2000/svg'/>", u"picture.png"_s));
    QVERIFY(!svg);
    QCOMPARE(svg.error().type, u"not_a_picture"_s);
}

void TestImageDecoder::fits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QSize>("into");
    QTest::addColumn<QSize>("expected");
    QTest::newRow("wide") << QSize(600, 300) << QSize(256, 256) << QSize(256, 128);
    QTest::newRow("tall") << QSize(300, 600) << QSize(256, 256) << QSize(128, 256);
    QTest::newRow("never larger") << QSize(60, 30) << QSize(256, 256) << QSize(60, 30);
    QTest::newRow("as it is") << QSize(256, 256) << QSize(256, 256) << QSize(256, 256);
    QTest::newRow("a line") << QSize(3000, 2) << QSize(256, 256) << QSize(256, 1);
    QTest::newRow("no limit") << QSize(60, 30) << QSize() << QSize(60, 30);
}

void TestImageDecoder::fits()
{
    QFETCH(QSize, size);
    QFETCH(QSize, into);
    QFETCH(QSize, expected);
    for (const char *format : { "png", "jpeg", "webp" }) {
        const auto decoded = decodePicture(written(drawing(size), format, 90), into);
        QVERIFY2(decoded, format);
        QCOMPARE(decoded->size(), expected);
    }
}

void TestImageDecoder::turnsUpright_data()
{
    QTest::addColumn<int>("orientation");
    for (int orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("%d", orientation) << orientation;
    QTest::newRow("0") << 0;
    QTest::newRow("9") << 9;
}

void TestImageDecoder::turnsUpright()
{
    QFETCH(int, orientation);
    const QImage image = drawing({ 48, 32 });
    for (const bool littleEndian : { true, false }) {
        const QByteArray bytes = jpegTurned(image, char(orientation), littleEndian);
        QBuffer buffer;
        buffer.setData(bytes);
        QImageReader qt(&buffer, "jpeg");
        qt.setAutoTransform(true);
        const auto decoded = decodePicture(bytes);
        QVERIFY(decoded);
        QCOMPARE(*decoded, qt.read());
        QCOMPARE(inspectPicture(bytes)->displaySize(), decoded->size());
        const auto small = decodePicture(bytes, { 24, 24 });
        QVERIFY(small);
        QCOMPARE(small->size(), orientation >= 5 && orientation <= 8 ? QSize(16, 24) : QSize(24, 16));
    }
}

void TestImageDecoder::opensTheLargestRealSizes_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("8:1 at 4K") << QSize(12288, 1536);
    QTest::newRow("21:9 at 4K") << QSize(6336, 2688);
    QTest::newRow("4097 square in 16 bits") << QSize(4096, 4097); // over Qt's own limit of 128 MB
}

void TestImageDecoder::opensTheLargestRealSizes()
{
    QFETCH(QSize, size);
    QImage image(size, size.height() == 4097 ? QImage::Format_RGBX64 : QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    const auto decoded = decodePicture(written(image, "png", 80));
    QVERIFY2(decoded, qPrintable(decoded ? QString() : decoded.error().message));
    QCOMPARE(decoded->size(), size);
}

void TestImageDecoder::refusesWhatDoesNotDecode_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray rows = QByteArray(8 * 25, '\0');
    const auto png = [](const QByteArray &pixels) {
        return pngSignature() + pngHeader(8, 8) + pngChunk("IDAT", pixels) + pngChunk("IEND");
    };
    QTest::newRow("half of the rows") << png(deflated(rows.left(100)));
    QTest::newRow("no zlib stream") << png("not a zlib stream at all");
    QByteArray badCrc = png(deflated(rows));
    badCrc[30] = char(badCrc[30] ^ 1);
    QTest::newRow("damaged header") << badCrc;
    QTest::newRow("palette picture without palette") << pngSignature() + pngHeader(8, 8, 8, 3)
            + pngChunk("IDAT", deflated(QByteArray(72, '\0'))) + pngChunk("IEND");
    QByteArray webp = written(drawing({ 64, 64 }), "webp", 100);
    QTest::newRow("webp of noise") << webp.replace(30, 200, QByteArray(200, '\xff'));
    const QByteArray jpeg = written(drawing({ 64, 64 }), "jpeg");
    const qsizetype tables = jpeg.indexOf(QByteArray("\xff\xc4", 2));
    QTest::newRow("jpeg with damaged tables") << QByteArray(jpeg).replace(tables + 5, 16, QByteArray(16, '\xff'));
}

void TestImageDecoder::refusesWhatDoesNotDecode()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(inspectPicture(bytes)); // the container is whole: this is the decoder's word
    const auto decoded = decodePicture(bytes);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::BadPicture);
    QCOMPARE(decoded.error().type, u"broken"_s);
    QVERIFY(!verifyPicture(fileWith(bytes)));
}

void TestImageDecoder::verifies()
{
    const QByteArray bytes = written(drawing({ 300, 200 }, true), "png");
    const auto info = verifyPicture(fileWith(bytes));
    QVERIFY(info);
    QCOMPARE(*info, *inspectPicture(bytes));
    const auto cut = verifyPicture(fileWith(bytes.left(bytes.size() / 2)));
    QVERIFY(!cut);
    QCOMPARE(cut.error().type, u"truncated"_s);
    const auto missing = verifyPicture(m_folder.filePath(u"none"_s));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::Disk);
}

void TestImageDecoder::isNotFloodedByTexts()
{
    // 400 texts of 7.9 MB each cost QImageReader 15 GB and 87 s for an 8 x 8 picture (reliability.md A3).
    const QByteArray text = pngChunk("zTXt", QByteArray("Comment\0\0", 9) + deflated(QByteArray(7'900'000, 'x')));
    QByteArray flood;
    for (int number = 0; number < 400; ++number)
        flood += text;
    const qint64 before = peakMemory();
    const auto decoded = decodePicture(pngWith(flood));
    QVERIFY(decoded);
    QCOMPARE(decoded->size(), QSize(8, 8));
    QVERIFY(decoded->textKeys().isEmpty());
    QVERIFY(peakMemory() - before < 64 * 1024 * 1024);
}

void TestImageDecoder::showsNoMemoryOfOurs()
{
    // 16-bit colour with one transparent colour: Qt 6.4.2 leaves a quarter of each line as it was in memory.
    QByteArray rows;
    for (int row = 0; row < 64; ++row)
        rows += '\0' + QByteArray(64 * 6, '\x11');
    const QByteArray bytes = pngSignature() + pngHeader(64, 64, 16, 2) + pngChunk("tRNS", QByteArray(6, '\xff'))
        + pngChunk("IDAT", deflated(rows)) + pngChunk("IEND");
    const auto decoded = decodePicture(bytes);
    QVERIFY(decoded);
    QImage expected(64, 64, QImage::Format_RGB32);
    expected.fill(qRgb(0x11, 0x11, 0x11));
    QCOMPARE(decoded->convertToFormat(QImage::Format_RGB32), expected);
}

void TestImageDecoder::showsInSRgb()
{
    QImage wide = drawing({ 40, 24 });
    wide.fill(QColor(200, 30, 30));
    wide.setColorSpace(QColorSpace::AdobeRgb);
    const auto decoded = decodePicture(written(wide, "png"));
    QVERIFY(decoded);
    const QImage shown = forDisplay(*decoded);
    QCOMPARE(shown.format(), QImage::Format_RGB32);
    QVERIFY(shown.pixelColor(0, 0).red() > 215); // the same red needs a larger number in the smaller space
    QCOMPARE(forDisplay(drawing({ 8, 8 }, true)).format(), QImage::Format_ARGB32_Premultiplied);
    QCOMPARE(forDisplay(drawing({ 8, 8 })), drawing({ 8, 8 }));
    QCOMPARE(forDisplay(drawing({ 8, 8 }).convertToFormat(QImage::Format_Grayscale8)).size(), QSize(8, 8));
}

void TestImageDecoder::exifSet()
{
    const auto material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL is not set: see tests/material.md");
    const QDir folder(*material + u"/exif-orientation"_s);
    const QStringList names = folder.entryList({ u"*.jpg"_s });
    QCOMPARE(names.size(), 18);
    for (const QString &name : names) {
        const auto decoded = decodePictureFile(folder.filePath(name), { 400, 400 });
        QVERIFY2(decoded, qPrintable(name));
        QCOMPARE(decoded->width() > decoded->height(), name.startsWith("Landscape"_L1));
        QImageReader qt(folder.filePath(name));
        qt.setAutoTransform(true);
        QCOMPARE(decodePictureFile(folder.filePath(name)).value(), qt.read());
    }
}

void TestImageDecoder::pngSuite()
{
    const auto material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL is not set: see tests/material.md");
    const QDir folder(*material + u"/pngsuite/png"_s);
    const QStringList misreadByQt { u"tbbn2c16.png"_s, u"tbgn2c16.png"_s }; // 16-bit colour with a transparent one
    int whole = 0, corrupt = 0;
    QStringList wrong;
    for (const QString &name : folder.entryList({ u"*.png"_s })) {
        const auto decoded = decodePictureFile(folder.filePath(name));
        if (name.startsWith(u'x')) {
            ++corrupt;
            // Qt takes some of these; what it does not read we do not either, and the refusal is typed.
            if (!decoded && decoded.error().kind != ErrorKind::BadPicture)
                wrong << name;
            if (decoded && QImage(folder.filePath(name)).isNull())
                wrong << name;
        } else {
            ++whole;
            if (!decoded)
                wrong << name;
            else if (misreadByQt.contains(name) ? decoded->hasAlphaChannel() : *decoded != QImage(folder.filePath(name)))
                wrong << name;
        }
    }
    QCOMPARE(wrong.join(u' '), QString());
    QVERIFY(whole > 150);
    QCOMPARE(corrupt, 14);
}

void TestImageDecoder::pngCrashers()
{
    const auto material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL is not set: see tests/material.md");
    const QDir folder(*material + u"/png-crashers"_s);
    const QStringList names = folder.entryList({ u"*.png"_s });
    QCOMPARE(names.size(), 23);
    const qint64 before = peakMemory();
    for (const QString &name : names) {
        const auto decoded = decodePictureFile(folder.filePath(name));
        if (!decoded)
            QCOMPARE(decoded.error().kind, ErrorKind::BadPicture);
    }
    // Six of them cost QImageReader a gigabyte.
    QVERIFY(peakMemory() - before < 256 * 1024 * 1024);
}

QTEST_GUILESS_MAIN(TestImageDecoder)
#include "tst_imagedecoder.moc"
