#include "containerwalk.h"
#include "imagedecoder.h"
#include "jpeglayers.h"
#include "picturefixtures.h"
#include "preparedreference.h"
#include "testpaths.h"

#include <QColorSpace>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace plantain;
using namespace plantain::fixtures;
using namespace Qt::StringLiterals;

namespace {

/// 8 x 8 of one colour in four inks, as Adobe's programs write it: 255 is no ink.
QByteArray inkJpeg(std::array<int, 4> samples)
{
    const QByteArray none(1, '\0');
    QByteArray frame("\x08\0\x08\0\x08\x04", 6), scan(1, '\4');
    for (char component = 1; component <= 4; ++component) {
        frame += component + QByteArray("\x11\0", 2);
        scan += component + none;
    }
    QByteArray sizes; // the bits a difference takes: twelve codes of four bits
    for (char size = 0; size < 12; ++size)
        sizes += size;
    const QByteArray differences = none + QByteArray("\0\0\0\x0c", 4) + QByteArray(12, '\0') + sizes;
    const QByteArray endOfBlock = QByteArray(1, '\x10') + '\1' + QByteArray(15, '\0') + none;
    JpegBits bits;
    for (const int sample : samples) {
        const int value = 8 * (sample - 128);
        int size = 0;
        while (std::abs(value) >> size)
            ++size;
        bits.put(quint32(size), 4);
        bits.put(quint32(value < 0 ? value + (1 << size) - 1 : value), size);
        bits.put(0, 1);
    }
    return QByteArray("\xff\xd8", 2) + jpegSegment('\xee', QByteArray("Adobe\0\x64\0\0\0\0\0", 12))
        + jpegSegment('\xdb', none + QByteArray(64, '\1')) + jpegSegment('\xc0', frame) + jpegSegment('\xc4', differences)
        + jpegSegment('\xc4', endOfBlock) + jpegSegment('\xda', scan + QByteArray("\0\x3f\0", 3)) + bits.whole()
        + QByteArray("\xff\xd9", 2);
}

/// The mean difference of a channel.
double differenceOf(const QImage &one, const QImage &other)
{
    const QImage a = one.convertToFormat(QImage::Format_RGB32), b = other.convertToFormat(QImage::Format_RGB32);
    if (a.size() != b.size())
        return 255;
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q));
        }
    }
    return sum / 3 / a.width() / a.height();
}

QImage noise(QSize size, bool alpha = false)
{
    QImage image(size, alpha ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    quint32 random = 1;
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            random = random * 1664525 + 1013904223;
            image.setPixel(x, y, random ^ random >> 16);
        }
    }
    return image;
}

} // namespace

/// What each kind of file becomes before it is sent: by its pixels where it is a picture, by its error where it is none.
class PreparedReferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainPicturesStayAsTheyAre_data();
    void plainPicturesStayAsTheyAre();
    void metadataGoesPixelsStay();
    void metadataIsKeptWhenAsked();
    void orientationIsApplied();
    void inksBecomeLights();
    void sixteenBitsBecomeEight();
    void profileIsKept();
    void refused_data();
    void refused();
    void labelDoesNotMatter();
    void scalesDown_data();
    void scalesDown();
    void exifSet();
    void pngSuite();

private:
    QString file(const QString &name, const QByteArray &bytes)
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            qFatal("cannot write");
        return out.fileName();
    }
    /// What is sent.
    static QByteArray bytesOf(const PreparedReference &prepared, const QString &path)
    {
        QFile in(path);
        return !prepared.bytes.isEmpty() || !in.open(QIODevice::ReadOnly) ? prepared.bytes : in.readAll();
    }

    QTemporaryDir m_folder;
};

void PreparedReferenceTest::plainPicturesStayAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("png") << written(drawing({ 20, 10 }), "PNG");
    QTest::newRow("png with alpha") << written(drawing({ 20, 10 }, true), "PNG");
    QTest::newRow("jpeg") << written(drawing({ 20, 10 }), "JPEG");
    QTest::newRow("webp") << written(drawing({ 20, 10 }), "WEBP");
}

void PreparedReferenceTest::plainPicturesStayAsTheyAre()
{
    QFETCH(QByteArray, bytes);
    const auto prepared = prepareReference(file(u"plain"_s, bytes));
    QVERIFY2(prepared, prepared ? "" : qPrintable(prepared.error().message));
    QVERIFY(prepared->bytes.isEmpty());
    QCOMPARE(prepared->length, bytes.size());
    QCOMPARE(prepared->size, QSize(20, 10));
    QVERIFY(treatmentOf(*inspectPicture(bytes)).isNone());
}

void PreparedReferenceTest::metadataGoesPixelsStay()
{
    QImage image = drawing({ 20, 10 }, true);
    image.setText(u"Secret"_s, u"where I live"_s);
    const QByteArray png = written(image, "PNG");
    QVERIFY(png.contains("where I live"));
    const auto prepared = prepareReference(file(u"a.png"_s, png));
    QVERIFY(prepared);
    QVERIFY(!prepared->bytes.isEmpty() && !prepared->bytes.contains("where I live"));
    QCOMPARE(decodePicture(prepared->bytes)->convertToFormat(QImage::Format_ARGB32), drawing({ 20, 10 }, true));

    QByteArray jpeg = written(drawing({ 20, 10 }), "JPEG");
    const QImage before = *decodePicture(jpeg);
    jpeg.insert(2, jpegSegment('\xe1', "http://ns.adobe.com/xap/1.0/ where I live") + jpegSegment('\xfe', "where I live"));
    const auto stripped = prepareReference(file(u"a.jpg"_s, jpeg));
    QVERIFY(stripped);
    QVERIFY(!stripped->bytes.isEmpty() && !stripped->bytes.contains("where I live"));
    QCOMPARE(*decodePicture(stripped->bytes), before); // not encoded anew
}

void PreparedReferenceTest::metadataIsKeptWhenAsked()
{
    QByteArray jpeg = written(drawing({ 20, 10 }), "JPEG");
    jpeg.insert(2, jpegSegment('\xfe', "where I live"));
    const QString path = file(u"kept.jpg"_s, jpeg);
    const auto kept = prepareReference(path, 0, Metadata::Keep);
    QVERIFY(kept && kept->hasMetadata);
    QCOMPARE(bytesOf(*kept, path), jpeg);
    QCOMPARE(kept->length, jpeg.size());
    QVERIFY(!prepareReference(path)->hasMetadata);
    // Written anew, or without any: there is none.
    QImage deep = drawing({ 20, 10 }).convertToFormat(QImage::Format_RGBX64);
    deep.setText(u"Secret"_s, u"where I live"_s);
    const auto anew = prepareReference(file(u"deep.png"_s, written(deep, "PNG")), 0, Metadata::Keep);
    QVERIFY(anew && !anew->hasMetadata && !anew->bytes.contains("where I live"));
    const auto smaller = prepareReference(path, 100, Metadata::Keep);
    QVERIFY(smaller && !smaller->hasMetadata && !smaller->bytes.contains("where I live"));
    QVERIFY(!prepareReference(file(u"plain.jpg"_s, written(drawing({ 20, 10 }), "JPEG")), 0, Metadata::Keep)->hasMetadata);
}

void PreparedReferenceTest::orientationIsApplied()
{
    // A TIFF header with the one entry that says: turned by 90 degrees.
    const QByteArray exif("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0", 32);
    QImage halves({ 64, 32 }, QImage::Format_RGB32);
    halves.fill(Qt::red);
    for (int y = 0; y < 32; ++y) {
        for (int x = 32; x < 64; ++x)
            halves.setPixel(x, y, qRgb(0, 0, 255));
    }
    QByteArray jpeg = written(halves, "JPEG", 95);
    jpeg.insert(2, jpegSegment('\xe1', exif));
    QVERIFY(treatmentOf(*inspectPicture(jpeg)).turnsUpright);
    const auto prepared = prepareReference(file(u"turned.jpg"_s, jpeg));
    QVERIFY(prepared);
    QCOMPARE(prepared->size, QSize(32, 64));
    QVERIFY(!prepared->bytes.contains("Exif"));
    const QImage upright = *decodePicture(prepared->bytes);
    QVERIFY(qRed(upright.pixel(16, 8)) > 200 && qBlue(upright.pixel(16, 56)) > 200);
}

void PreparedReferenceTest::inksBecomeLights()
{
    const QByteArray jpeg = inkJpeg({ 255, 0, 0, 255 });
    QVERIFY(treatmentOf(*inspectPicture(jpeg)).convertsCmyk);
    const auto prepared = prepareReference(file(u"ink.jpg"_s, jpeg));
    QVERIFY2(prepared, prepared ? "" : qPrintable(prepared.error().message));
    const auto info = inspectPicture(prepared->bytes);
    QVERIFY(info && !info->isCmyk && !info->hasProfile);
    const QRgb pixel = decodePicture(prepared->bytes)->pixel(4, 4);
    QVERIFY2(qRed(pixel) > 240 && qGreen(pixel) < 16 && qBlue(pixel) < 16, qPrintable(QString::number(pixel, 16)));
}

void PreparedReferenceTest::sixteenBitsBecomeEight()
{
    QImage deep({ 2, 1 }, QImage::Format_RGBA64);
    deep.setPixelColor(0, 0, QColor::fromRgba64(0xffff, 0x8080, 0, 0x4040));
    deep.setPixelColor(1, 0, QColor::fromRgba64(0, 0, 0xffff));
    const QByteArray png = written(deep, "PNG");
    QVERIFY(treatmentOf(*inspectPicture(png)).reducesDepth);
    const auto prepared = prepareReference(file(u"deep.png"_s, png));
    QVERIFY(prepared);
    QCOMPARE(inspectPicture(prepared->bytes)->bitDepth, 8);
    const QImage image = *decodePicture(prepared->bytes);
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0x40); // transparency is kept
    QCOMPARE(image.pixelColor(0, 0).red(), 0xff);
    QVERIFY(std::abs(image.pixelColor(0, 0).green() - 0x80) <= 1);
    QCOMPARE(image.pixel(1, 0), qRgb(0, 0, 255));
}

void PreparedReferenceTest::profileIsKept()
{
    const QColorSpace wide = QColorSpace::DisplayP3;
    QImage image = drawing({ 20, 10 }).convertToFormat(QImage::Format_RGBX64);
    image.setColorSpace(wide);
    const QByteArray png = written(image, "PNG");
    QVERIFY(treatmentOf(*inspectPicture(png)).keepsProfile);
    const auto prepared = prepareReference(file(u"wide.png"_s, png));
    QVERIFY(prepared && !prepared->bytes.isEmpty()); // encoded anew, for its 16 bits
    QCOMPARE(decodePicture(prepared->bytes)->colorSpace(), wide);
}

void PreparedReferenceTest::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("word"); // of the sentence
    const QByteArray png = written(drawing({ 40, 40 }), "PNG"), jpeg = written(drawing({ 40, 40 }), "JPEG");
    QTest::newRow("text") << QByteArray("Dear Sir,") << u"not_a_picture"_s << u"PNG"_s;
    QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>") << u"not_a_picture"_s << u"SVG"_s;
    QTest::newRow("gif") << QByteArray("GIF89a\1\0\1\0\0\0\0;") << u"not_a_picture"_s << u"GIF"_s;
    QTest::newRow("bmp") << written(drawing({ 4, 4 }), "BMP") << u"not_a_picture"_s << u"BMP"_s;
    QTest::newRow("tiff") << QByteArray("II*\0\x08\0\0\0\0\0", 10) << u"not_a_picture"_s << u"TIFF"_s;
    QTest::newRow("truncated png") << png.left(png.size() / 2) << u"truncated"_s << u"cut off"_s;
    QTest::newRow("truncated jpeg") << jpeg.left(jpeg.size() / 2) << u"truncated"_s << u"cut off"_s;
    QTest::newRow("animated png") << pngWith(pngChunk("acTL", QByteArray(8, '\1'))) << u"animated"_s << u"animation"_s;
    QTest::newRow("bomb") << pngSignature() + pngHeader(60'000, 60'000) + pngChunk("IDAT", "x") + pngChunk("IEND") << u"too_large"_s
                          << u"60000"_s;
    QByteArray rotten = png;
    rotten[rotten.size() / 2] = char(~rotten[rotten.size() / 2]);
    QTest::newRow("damaged inside") << rotten << u"broken"_s << u"damaged"_s;
}

void PreparedReferenceTest::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    QFETCH(QString, word);
    const auto prepared = prepareReference(file(u"a.png"_s, bytes));
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().type, type);
    QVERIFY2(prepared.error().message.contains(word), qPrintable(prepared.error().message));
}

void PreparedReferenceTest::labelDoesNotMatter()
{
    const auto prepared = prepareReference(file(u"in truth a jpeg.png"_s, written(drawing({ 20, 10 }), "JPEG")));
    QVERIFY(prepared);
    QCOMPARE(prepared->format, PictureFormat::Jpeg);
    QVERIFY(prepared->bytes.isEmpty());
}

void PreparedReferenceTest::scalesDown_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<PictureFormat>("format");
    QTest::newRow("png") << written(noise({ 600, 400 }), "PNG") << PictureFormat::Jpeg;
    QTest::newRow("with alpha") << written(noise({ 600, 400 }, true), "PNG") << PictureFormat::Png;
    QTest::newRow("jpeg") << written(noise({ 900, 600 }), "JPEG", 98) << PictureFormat::Jpeg;
}

void PreparedReferenceTest::scalesDown()
{
    QFETCH(QByteArray, bytes);
    QFETCH(PictureFormat, format);
    const QString path = file(u"large"_s, bytes);
    const qint64 most = bytes.size() / 6;
    const auto prepared = prepareReference(path, most);
    QVERIFY(prepared);
    QVERIFY2(prepared->length <= most && prepared->length > most / 3, qPrintable(QString::number(double(prepared->length) / double(most))));
    QCOMPARE(prepared->format, format);
    QCOMPARE(prepared->bytes.size(), prepared->length);
    QCOMPARE(inspectPicture(prepared->bytes)->displaySize(), prepared->size);
    QCOMPARE(inspectPicture(prepared->bytes)->hasAlpha, format == PictureFormat::Png);
    const QSize whole = inspectPicture(bytes)->size;
    QVERIFY(std::abs(double(prepared->size.width()) / prepared->size.height() - double(whole.width()) / whole.height()) < 0.02);
    QCOMPARE(prepareReference(path, most)->bytes, prepared->bytes); // the same each time: one upload
    QVERIFY(prepareReference(path, bytes.size())->bytes.isEmpty()); // small enough: as it is
}

void PreparedReferenceTest::exifSet()
{
    const auto material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL is not set: see tests/material.md");
    const QDir folder(*material + u"/exif-orientation"_s);
    for (const QString &kind : { u"Landscape"_s, u"Portrait"_s }) {
        const QImage upright = *decodePictureFile(folder.filePath(kind + u"_1.jpg"_s), { 300, 300 });
        for (int orientation = 0; orientation <= 8; ++orientation) {
            const QString path = folder.filePath(u"%1_%2.jpg"_s.arg(kind).arg(orientation));
            const auto prepared = prepareReference(path);
            QVERIFY2(prepared, qPrintable(path));
            const QByteArray bytes = bytesOf(*prepared, path);
            QVERIFY(!bytes.contains("Exif") && !inspectPicture(bytes)->orientation);
            QCOMPARE(prepared->size, inspectPicture(bytes)->size);
            const double difference = differenceOf(*decodePicture(bytes, { 300, 300 }), upright);
            QVERIFY2(difference < 6, qPrintable(u"%1: %2"_s.arg(path).arg(difference)));
        }
    }
}

void PreparedReferenceTest::pngSuite()
{
    const auto material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL is not set: see tests/material.md");
    const QDir folder(*material + u"/pngsuite/png"_s);
    int seen = 0;
    for (const QString &name : folder.entryList({ u"*.png"_s })) {
        const QString path = folder.filePath(name);
        const auto prepared = prepareReference(path);
        if (name.startsWith(u'x')) {
            QVERIFY2(prepared || prepared.error().kind == ErrorKind::BadPicture, qPrintable(name));
            continue;
        }
        QVERIFY2(prepared, qPrintable(name));
        const QByteArray bytes = bytesOf(*prepared, path);
        const auto info = inspectPicture(bytes);
        QVERIFY2(info && info->bitDepth <= 8 && !info->hasMetadata, qPrintable(name));
        const QImage before = *decodePictureFile(path), after = *decodePicture(bytes);
        QCOMPARE(after.hasAlphaChannel(), before.hasAlphaChannel());
        QVERIFY2(differenceOf(forDisplay(after), forDisplay(before)) < 1, qPrintable(name));
        ++seen;
    }
    QVERIFY(seen > 100);
}

QTEST_GUILESS_MAIN(PreparedReferenceTest)
#include "tst_preparedreference.moc"
