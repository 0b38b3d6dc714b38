#include "containerwalk.h"
#include "picturefixtures.h"
#include "testpaths.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace plantain;
using namespace plantain::fixtures;

class TestContainerWalk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsWhatItSees_data();
    void knowsWhatItSees();
    void refusesWhatIsCut_data();
    void refusesWhatIsCut();
    void refusesByReason_data();
    void refusesByReason();
    void takesTheLargestRealSizes_data();
    void takesTheLargestRealSizes();
    void leavesOutWhatNoDecoderNeeds_data();
    void leavesOutWhatNoDecoderNeeds();
    void sharesTheBytesWhenNothingIsLeftOut();
    void limitsTheLayersOfAJpeg();
    void readsRegularFilesOnly();
    void namesWhatItRefuses_data();
    void namesWhatItRefuses();
    void pngSuite();
};

void TestContainerWalk::knowsWhatItSees_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");

    const QImage opaque = drawing({ 40, 24 });
    const QImage alpha = drawing({ 40, 24 }, true);
    QTest::newRow("png") << written(opaque, "png") << u"image/png 40x24 8 bit"_s;
    QTest::newRow("png with alpha") << written(alpha, "png") << u"image/png 40x24 8 bit alpha"_s;
    QTest::newRow("png, 16 bit") << written(alpha.convertToFormat(QImage::Format_RGBA64), "png")
                                 << u"image/png 40x24 16 bit alpha"_s;
    QTest::newRow("png, one bit") << written(opaque.convertToFormat(QImage::Format_Mono), "png")
                                  << u"image/png 40x24 1 bit"_s;
    QTest::newRow("jpeg") << written(opaque, "jpeg") << u"image/jpeg 40x24 8 bit"_s;
    QTest::newRow("grey jpeg") << written(opaque.convertToFormat(QImage::Format_Grayscale8), "jpeg")
                               << u"image/jpeg 40x24 8 bit"_s;
    QTest::newRow("webp") << written(opaque, "webp", 80) << u"image/webp 40x24 8 bit"_s;
    QTest::newRow("webp with alpha") << written(alpha, "webp", 80) << u"image/webp 40x24 8 bit alpha"_s;
    QTest::newRow("lossless webp") << written(alpha, "webp", 100) << u"image/webp 40x24 8 bit alpha"_s;
}

void TestContainerWalk::knowsWhatItSees()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    QVERIFY(!bytes.isEmpty());

    const auto info = inspectPicture(bytes);
    QVERIFY2(info, qPrintable(info ? QString() : info.error().message));
    const QString seen = u"%1 %2x%3 %4 bit%5"_s.arg(contentTypeOf(info->format))
                             .arg(info->size.width())
                             .arg(info->size.height())
                             .arg(info->bitDepth)
                             .arg(info->hasAlpha ? u" alpha"_s : QString());
    QCOMPARE(seen, expected);
    QCOMPARE(info->bytes, bytes.size());
    // Bytes behind the end are no part of the picture, and no reason to refuse it.
    const auto followed = walkPicture(bytes + "<script>");
    QVERIFY(followed);
    QCOMPARE(followed->info.size, info->size);
    QVERIFY(!followed->bytes.contains("<script>"));
}

void TestContainerWalk::refusesWhatIsCut_data()
{
    QTest::addColumn<QByteArray>("whole");
    const QImage image = drawing({ 300, 200 }, true);
    QTest::newRow("png") << written(image, "png");
    QTest::newRow("jpeg") << written(image, "jpeg");
    QTest::newRow("webp") << written(image, "webp", 80);
    QTest::newRow("lossless webp") << written(image, "webp", 100);
}

void TestContainerWalk::refusesWhatIsCut()
{
    QFETCH(QByteArray, whole);
    QVERIFY(inspectPicture(whole));
    QList<qsizetype> lengths { whole.size() - 1, whole.size() - 2 };
    for (int sixteenth = 1; sixteenth < 16; ++sixteenth)
        lengths.append(whole.size() * sixteenth / 16);
    for (const qsizetype length : lengths) {
        const auto info = inspectPicture(whole.left(length));
        QVERIFY2(!info, qPrintable(QString::number(length)));
        QCOMPARE(info.error().kind, ErrorKind::BadPicture);
        QCOMPARE(info.error().type, u"truncated"_s);
        QVERIFY(!info.error().message.isEmpty());
    }
    for (qsizetype length = 0; length < 64; ++length)
        QVERIFY(!inspectPicture(whole.left(length)));
}

void TestContainerWalk::refusesByReason_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");

    const auto notAPicture = u"not_a_picture"_s, truncated = u"truncated"_s, tooLarge = u"too_large"_s,
               broken = u"broken"_s, animated = u"animated"_s;
    QTest::newRow("nothing") << QByteArray() << notAPicture;
    QTest::newRow("html") << QByteArray("<html><body>502 Bad Gateway</body></html>") << notAPicture;
    QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/hostname'/></svg>")
                         << notAPicture;
    QTest::newRow("zip") << QByteArray("PK\x03\x04", 4) + QByteArray(100, '\0') << notAPicture;
    QTest::newRow("gif") << QByteArray("GIF89a") + QByteArray(100, '\0') << notAPicture;
    QTest::newRow("bmp") << written(drawing({ 8, 8 }), "bmp") << notAPicture;
    QTest::newRow("sound in RIFF") << QByteArray("RIFF\x24\0\0\0WAVEfmt ", 16) + QByteArray(100, '\0') << notAPicture;

    const QByteArray end = pngChunk("IEND");
    const QByteArray start = pngSignature() + pngHeader(8, 8);
    // Both made QImageReader allocate what the chunk declares: a gigabyte, two gigabytes (reliability.md A3).
    QTest::newRow("57 bytes that declare a gigabyte")
        << start + bigEndian32(0x3fffffff) + "IDAT" + QByteArray(16, '\0') << truncated;
    QTest::newRow("44 bytes that declare 2^31-1") << start + bigEndian32(0x7fffffff) + "IDAT" + QByteArray(3, '\0')
                                                  << truncated;
    QTest::newRow("text of 2^31-1 bytes") << start + bigEndian32(0x7fffffff) + "tEXt" + QByteArray(16, '\0') + end
                                          << truncated;
    QTest::newRow("chunk length with the sign bit") << start + bigEndian32(0xffffffff) + "IDAT" + QByteArray(64, '\0')
                                                    << truncated;
    QTest::newRow("10000 x 10000 in 30 bytes") << pngSignature() + pngHeader(10000, 10000)
            + pngChunk("IDAT", deflated(QByteArray(1000, '\0'))) + end
                                               << truncated;
    QTest::newRow("no pixels") << start + end << truncated;
    QTest::newRow("side of 16385") << pngSignature() + pngHeader(16385, 1) + end << tooLarge;
    QTest::newRow("side of 2^32-1") << pngSignature() + pngHeader(0xffffffff, 0xffffffff) + end << tooLarge;
    QTest::newRow("101 megapixels") << pngSignature() + pngHeader(10100, 10000) + end << tooLarge;
    QTest::newRow("no width") << pngSignature() + pngHeader(0, 8) + end << broken;
    QTest::newRow("seven bits") << pngSignature() + pngHeader(8, 8, 7) + end << broken;
    QTest::newRow("palette of 16 bits") << pngSignature() + pngHeader(8, 8, 16, 3) + end << broken;
    QTest::newRow("two headers") << pngWith(pngHeader(9000, 9000)) << broken;
    QTest::newRow("no header first") << pngSignature() + pngChunk("IDAT", "x") + pngHeader(8, 8) + end << broken;
    QTest::newRow("unknown critical chunk") << pngWith(pngChunk("ABcD", "x")) << broken;
    QTest::newRow("chunk type that is no word") << pngWith(pngChunk("ID T", "x")) << broken;
    QTest::newRow("palette of 1000 colours") << pngWith(pngChunk("PLTE", QByteArray(3000, 'x'))) << broken;
    QTest::newRow("animated png") << pngWith(pngChunk("acTL", QByteArray(8, '\1'))) << animated;
    QByteArray pieces;
    for (int piece = 0; piece < 100'001; ++piece)
        pieces += pngChunk("IDAT");
    QTest::newRow("100001 empty chunks") << pngWith(pieces) << tooLarge;

    const QByteArray jpeg = written(drawing({ 64, 48 }), "jpeg");
    const qsizetype frame = jpeg.indexOf(QByteArray("\xff\xc0", 2));
    const auto withFrame = [&jpeg, frame](int at, char high, char low) {
        QByteArray bytes = jpeg;
        bytes[frame + at] = high;
        bytes[frame + at + 1] = low;
        return bytes;
    };
    QTest::newRow("jpeg of height 0") << withFrame(5, 0, 0) << broken;
    QTest::newRow("jpeg of width 65535") << withFrame(7, char(0xff), char(0xff)) << tooLarge;
    QTest::newRow("16384 x 6000 in a few bytes") << withFrame(7, 0x40, 0).replace(frame + 5, 2, QByteArray("\x17\x70", 2))
                                                 << truncated;
    QTest::newRow("arithmetic jpeg") << withFrame(0, char(0xff), char(0xc9)) << broken;
    QTest::newRow("jpeg without frame") << QByteArray(jpeg).remove(frame, jpeg.indexOf(QByteArray("\xff\xc4", 2)) - frame)
                                        << broken;
    QTest::newRow("two frames") << QByteArray(jpeg).insert(frame, jpeg.mid(frame, 19)) << broken;
    QTest::newRow("jpeg of two markers") << QByteArray("\xff\xd8\xff\xd9", 4) << truncated;
    QTest::newRow("jpeg, then nothing") << QByteArray("\xff\xd8\xff", 3) << truncated;

    QByteArray animatedWebP = written(drawing({ 40, 24 }, true), "webp", 80);
    animatedWebP[20] = char(animatedWebP[20] | 2);
    QTest::newRow("animated webp") << animatedWebP << animated;
    QByteArray otherCanvas = written(drawing({ 40, 24 }, true), "webp", 80);
    otherCanvas[24] = 80;
    QTest::newRow("webp on another canvas") << otherCanvas << broken;
    QTest::newRow("webp without a frame") << QByteArray("RIFF\x04\0\0\0WEBP", 12) << truncated;
    QTest::newRow("webp with half a chunk head") << QByteArray("RIFF\x08\0\0\0WEBPVP8 ", 16) << broken;
}

void TestContainerWalk::refusesByReason()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    const qint64 before = peakMemory();
    const auto info = inspectPicture(bytes);
    QVERIFY(!info);
    QCOMPARE(info.error().type, type);
    QCOMPARE(info.error().kind, ErrorKind::BadPicture);
    QVERIFY2(info.error().message.endsWith(u'.'), qPrintable(info.error().message));
    QVERIFY(peakMemory() - before < 64 * 1024 * 1024);
}

void TestContainerWalk::takesTheLargestRealSizes_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QByteArray>("format");
    QTest::newRow("8:1 at 4K, png") << QSize(12288, 1536) << "png"_ba;
    QTest::newRow("8:1 at 4K, jpeg") << QSize(12288, 1536) << "jpeg"_ba;
    QTest::newRow("1:8 at 4K, jpeg") << QSize(1536, 12288) << "jpeg"_ba;
    QTest::newRow("21:9 at 4K, webp") << QSize(6336, 2688) << "webp"_ba;
}

void TestContainerWalk::takesTheLargestRealSizes()
{
    QFETCH(QSize, size);
    QFETCH(QByteArray, format);
    QImage plain(size, QImage::Format_RGB32);
    plain.fill(qRgb(40, 80, 120)); // the most compressible picture there is still passes the check for missing pixels
    const auto info = inspectPicture(written(plain, format.constData(), 50));
    QVERIFY(info);
    QCOMPARE(info->size, size);
}

void TestContainerWalk::leavesOutWhatNoDecoderNeeds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray bomb = deflated(QByteArray(100'000, 'x'));
    QTest::newRow("tEXt") << pngWith(pngChunk("tEXt", QByteArray("Comment\0canary", 14)));
    QTest::newRow("zTXt") << pngWith(pngChunk("zTXt", QByteArray("canary\0\0", 8) + bomb));
    QTest::newRow("iTXt") << pngWith(pngChunk("iTXt", QByteArray("canary\0\1\0\0\0", 11) + bomb));
    QTest::newRow("unknown") << pngWith(pngChunk("caNv", "canary"));
    QTest::newRow("long gamma") << pngWith(pngChunk("gAMA", "canary"));
    QTest::newRow("second profile") << pngWith(pngChunk("iCCP", QByteArray("one\0\0", 5))
                                               + pngChunk("iCCP", QByteArray("canary\0\0", 8)));
    QTest::newRow("large profile") << pngWith(pngChunk("iCCP", "canary" + QByteArray(4 * 1024 * 1024, 'x')));
    const QByteArray jpeg = written(drawing({ 64, 48 }), "jpeg");
    QTest::newRow("jpeg comment") << QByteArray(jpeg).insert(2, QByteArray("\xff\xfe\0\x08" "canary", 10));
    QTest::newRow("jpeg XMP") << QByteArray(jpeg).insert(2, QByteArray("\xff\xe1\0\x08" "canary", 10));
    QByteArray webp = written(drawing({ 40, 24 }, true), "webp", 80) + QByteArray("XMP \x06\0\0\0canary", 14);
    webp[20] = char(webp[20] | 4);
    qToLittleEndian(quint32(webp.size() - 8), webp.data() + 4);
    QTest::newRow("webp XMP") << webp;
}

void TestContainerWalk::leavesOutWhatNoDecoderNeeds()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(bytes.contains("canary"));
    const auto walked = walkPicture(bytes);
    QVERIFY(walked);
    QVERIFY(!walked->bytes.contains("canary"));
    const QImage image = QImage::fromData(walked->bytes);
    QCOMPARE(image.size(), walked->info.size);
    const auto again = walkPicture(walked->bytes);
    QVERIFY(again);
    QCOMPARE(again->bytes, walked->bytes);
}

void TestContainerWalk::sharesTheBytesWhenNothingIsLeftOut()
{
    const QByteArray bytes = pngWith({});
    const auto walked = walkPicture(bytes);
    QVERIFY(walked);
    QCOMPARE(static_cast<const void *>(walked->bytes.constData()), static_cast<const void *>(bytes.constData()));
}

void TestContainerWalk::limitsTheLayersOfAJpeg()
{
    const QByteArray jpeg = written(drawing({ 64, 48 }), "jpeg");
    const qsizetype scan = jpeg.indexOf(QByteArray("\xff\xda", 2));
    const QByteArray layer = jpeg.mid(scan, jpeg.size() - scan - 2);
    const auto layers = [&](int count) {
        QByteArray bytes = jpeg.left(scan);
        for (int number = 0; number < count; ++number)
            bytes += layer;
        return bytes + QByteArray("\xff\xd9", 2);
    };
    QVERIFY(inspectPicture(layers(100)));
    const auto many = inspectPicture(layers(101));
    QVERIFY(!many);
    QCOMPARE(many.error().type, u"too_large"_s);
    PictureLimits limits;
    limits.jpegScanPixels = 64 * 48 * 3;
    QVERIFY(inspectPicture(layers(3), limits));
    QVERIFY(!inspectPicture(layers(4), limits));
}

void TestContainerWalk::readsRegularFilesOnly()
{
    QTemporaryDir folder;
    const auto typeOf = [](const QString &path) {
        const auto info = inspectPictureFile(path);
        return info ? QString() : wordOf(info.error().kind) + u' ' + info.error().type;
    };
    const QString pipe = folder.filePath(u"pipe.png"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QCOMPARE(typeOf(pipe), u"bad_picture not_a_picture"_s); // and does not wait for a writer
    QCOMPARE(typeOf(folder.path()), u"bad_picture not_a_picture"_s);
    QCOMPARE(typeOf(u"/dev/zero"_s), u"bad_picture not_a_picture"_s);
    QCOMPARE(typeOf(folder.filePath(u"none.png"_s)), u"disk missing"_s);

    QFile named(folder.filePath(u"really-a-jpeg.png"_s));
    QVERIFY(named.open(QIODevice::WriteOnly));
    named.write(written(drawing({ 64, 48 }), "jpeg"));
    named.close();
    const auto info = inspectPictureFile(named.fileName());
    QVERIFY(info);
    QCOMPARE(info->format, PictureFormat::Jpeg);

    PictureLimits limits;
    limits.bytes = 100;
    QCOMPARE(inspectPictureFile(named.fileName(), limits).error().type, u"too_large"_s);
}

void TestContainerWalk::namesWhatItRefuses_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QString>("name");
    QTest::newRow("gif") << "GIF89a"_ba << u"GIF"_s;
    QTest::newRow("bmp") << written(drawing({ 8, 8 }), "bmp") << u"BMP"_s;
    QTest::newRow("tiff") << QByteArray("II*\0", 4) << u"TIFF"_s;
    QTest::newRow("tiff, big-endian") << QByteArray("MM\0*", 4) << u"TIFF"_s;
    QTest::newRow("heic") << QByteArray("\0\0\0\x18" "ftypheic", 12) << u"HEIC"_s;
    QTest::newRow("avif") << QByteArray("\0\0\0\x18" "ftypavif", 12) << u"AVIF"_s;
    QTest::newRow("video") << QByteArray("\0\0\0\x18" "ftypisom", 12) << u"video"_s;
    QTest::newRow("jpeg xl") << QByteArray("\xff\x0a") << u"JPEG XL"_s;
    QTest::newRow("psd") << "8BPS"_ba << u"Photoshop"_s;
    QTest::newRow("pdf") << "%PDF-1.7"_ba << u"PDF"_s;
    QTest::newRow("svg") << "<svg xmlns="_ba << u"SVG"_s;
    QTest::newRow("unknown") << "hello"_ba << u"not a PNG, JPEG or WebP"_s;
    QTest::newRow("one byte") << "B"_ba << u"not a PNG, JPEG or WebP"_s;
}

void TestContainerWalk::namesWhatItRefuses()
{
    QFETCH(QByteArray, start);
    QFETCH(QString, name);
    const auto info = inspectPicture(start);
    QVERIFY(!info);
    QCOMPARE(info.error().type, u"not_a_picture"_s);
    QVERIFY2(info.error().message.contains(name), qPrintable(info.error().message));
}

void TestContainerWalk::pngSuite()
{
    const auto material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL is not set: see tests/material.md");
    const QDir folder(*material + u"/pngsuite/png"_s);
    const QStringList names = folder.entryList({ u"*.png"_s });
    QVERIFY(names.size() > 150);
    QStringList wrong;
    for (const QString &name : names) {
        const auto info = inspectPictureFile(folder.filePath(name));
        const bool corrupt = name.startsWith(u'x');
        // Names tell type and depth: basn6a16 is colour type 6 with 16 bits (PngSuite.README).
        if (!corrupt && !info)
            wrong << name + u": "_s + info.error().message;
        else if (!corrupt && info->bitDepth != QStringView(name).mid(6, 2).toInt())
            wrong << name + u": depth "_s + QString::number(info->bitDepth);
    }
    QCOMPARE(wrong.join(u' '), QString());
}

QTEST_GUILESS_MAIN(TestContainerWalk)
#include "tst_containerwalk.moc"
