#include "imagedecoder.h"
#include "jpeglayers.h"
#include "picturefixtures.h"
#include "testpaths.h"
#include "thumbnailfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace plantain;
using namespace plantain::fixtures;

namespace {

constexpr qint64 megabyte = 1024 * 1024;

/// What a file costs in a process of its own.
struct Cost
{
    QString outcome; ///< "picture", the type of the error, or how the process ended
    qint64 bytes = 0; ///< of memory at its peak, above those the process began with
    double seconds = 0; ///< of the processor
};

Cost costOf(const std::function<QString()> &work)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return { u"no pipe"_s };
    const pid_t child = ::fork();
    if (child == 0) {
        rusage before {}, after {};
        ::getrusage(RUSAGE_SELF, &before);
        const QByteArray outcome = work().toUtf8();
        ::getrusage(RUSAGE_SELF, &after);
        const qint64 peak = qint64(after.ru_maxrss - before.ru_maxrss) * 1024;
        const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
        const double spent = seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) - seconds(before.ru_stime);
        const QByteArray line = QByteArray::number(peak) + ' ' + QByteArray::number(spent) + ' ' + outcome;
        ::_exit(::write(ends[1], line.constData(), size_t(line.size())) == line.size() ? 0 : 1);
    }
    ::close(ends[1]);
    QByteArray told(4096, '\0');
    const ssize_t count = ::read(ends[0], told.data(), size_t(told.size()));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || count <= 0)
        return { u"ended with %1"_s.arg(status) };
    const QList<QByteArray> words = told.left(count).split(' ');
    return { QString::fromUtf8(words.value(2)), words.value(0).toLongLong(), words.value(1).toDouble() };
}

template <class T>
QString wordOf(const Result<T> &result)
{
    return result ? u"picture"_s : result.error().kind == ErrorKind::BadPicture ? result.error().type : u"untyped"_s;
}

QByteArray pngOf(quint32 width, quint32 height, char depth, char colourType, const QByteArray &rows)
{
    return pngSignature() + pngHeader(width, height, depth, colourType) + pngChunk("IDAT", deflated(rows)) + pngChunk("IEND");
}

} // namespace

/// Files made to cost much, each in a process of its own, so that its memory and time are its own; and the large pictures
/// that are real and must open all the same (reliability.md R15-R18, A3, A24).
class TestHostilePictures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void costsLittle_data();
    void costsLittle();
    void endsInTime_data();
    void endsInTime();
    void limitsWhatALayeredJpegKeeps();
    void limitsTheMemoryOfOneFrame();
    void stopsWhatNobodyWants_data();
    void stopsWhatNobodyWants();
    void opensTheLargestRealSizes_data();
    void opensTheLargestRealSizes();
    void anyByteMayBeWrong_data();
    void anyByteMayBeWrong();
    void thumbnailsOfTheMaterial();

private:
    QTemporaryDir m_folder;
};

void TestHostilePictures::costsLittle_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("outcome");
    const QByteArray start = pngSignature() + pngHeader(8, 8), end = pngChunk("IEND");
    QTest::newRow("57 bytes that declare a gigabyte") << start + bigEndian32(0x3fffffff) + "IDAT" + QByteArray(16, '\0') << u"truncated"_s;
    QTest::newRow("44 bytes that declare two") << start + bigEndian32(0x7fffffff) + "IDAT" + QByteArray(3, '\0') << u"truncated"_s;
    const QByteArray text = pngChunk("zTXt", QByteArray("Comment\0\0", 9) + deflated(QByteArray(7'900'000, 'x')));
    QTest::newRow("400 texts of 7.9 MB") << pngWith(text.repeated(400)) << u"picture"_s;
    const QByteArray profile = QByteArray("p\0\0", 3) + deflated(bigEndian32(200'000'000) + QByteArray(200'000'000 - 4, '\0'));
    QTest::newRow("a profile of 200 MB") << pngWith(pngChunk("iCCP", profile)) << u"picture"_s;
    QTest::newRow("10000 x 10000 in 130 bytes") << pngOf(10000, 10000, 8, 2, QByteArray(1000, '\0')) << u"truncated"_s;
    QTest::newRow("16384 x 16384") << pngOf(16384, 16384, 1, 0, QByteArray(1000, '\0')) << u"too_large"_s;
    QTest::newRow("8 x 8 with 30 MB of pixels") << pngOf(8, 8, 8, 2, QByteArray(30'000'000, '\0')) << u"picture"_s;
    QTest::newRow("a JPEG of 10000 x 10000 in a few bytes") << layeredJpeg({ 10000, 10000 }, 1, 0).left(500) + QByteArray("\xff\xd9", 2)
                                                            << u"truncated"_s;
}

void TestHostilePictures::costsLittle()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, outcome);
    const Cost cost = costOf([&bytes] { return wordOf(decodePicture(bytes)); });
    QCOMPARE(cost.outcome, outcome);
    QVERIFY2(cost.bytes < 64 * megabyte, qPrintable(QString::number(cost.bytes)));
    QVERIFY2(cost.seconds < 5, qPrintable(QString::number(cost.seconds)));
}

void TestHostilePictures::endsInTime_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("components");
    QTest::addColumn<int>("refinements");
    QTest::addColumn<QString>("outcome");
    // What made libjpeg-turbo's seed file github_764 burn ten seconds and more: layers that touch every coefficient again.
    QTest::newRow("as many layers as are read") << QSize(1600, 1600) << 1 << 98 << u"picture"_s;
    QTest::newRow("one more") << QSize(1600, 1600) << 1 << 99 << u"too_large"_s;
    QTest::newRow("of three colours") << QSize(1200, 1200) << 3 << 96 << u"picture"_s;
    QTest::newRow("large, in as many as are read") << QSize(8000, 8000) << 1 << 13 << u"picture"_s;
    QTest::newRow("large, one more") << QSize(8000, 8000) << 1 << 14 << u"too_large"_s;
}

void TestHostilePictures::endsInTime()
{
    QFETCH(QSize, size);
    QFETCH(int, components);
    QFETCH(int, refinements);
    QFETCH(QString, outcome);
    const QByteArray bytes = layeredJpeg(size, components, refinements);
    const Cost cost = costOf([&bytes] { return wordOf(decodePicture(bytes)); });
    QCOMPARE(cost.outcome, outcome);
    // A slot of the pool is held for seconds, not for ever: 4 s without sanitizers where this was written.
    QVERIFY2(cost.seconds < 60, qPrintable(QString::number(cost.seconds)));
    QVERIFY2(cost.bytes < 1024 * megabyte, qPrintable(QString::number(cost.bytes)));
    qInfo("%d x %d, %d layers, %lld bytes: %.1f s, %lld MB", size.width(), size.height(), refinements, qint64(bytes.size()), cost.seconds,
          cost.bytes / megabyte);
}

void TestHostilePictures::limitsWhatALayeredJpegKeeps()
{
    // Each coefficient is kept until the end: four full components of 100 megapixels cost 1.1 GB.
    const auto outcome = [](QSize size, int components) { return wordOf(inspectPicture(layeredJpeg(size, components, 0))); };
    QCOMPARE(outcome({ 7000, 7000 }, 4), u"picture"_s);
    QCOMPARE(outcome({ 7100, 7100 }, 4), u"too_large"_s);
    QCOMPARE(outcome({ 8100, 8100 }, 3), u"picture"_s);
    QCOMPARE(outcome({ 8200, 8200 }, 3), u"too_large"_s);
    QCOMPARE(outcome({ 10000, 10000 }, 1), u"picture"_s);
    PictureLimits limits;
    limits.jpegCoefficients = 64 * 48 * 3 / 2 - 1;
    QVERIFY(inspectPicture(written(drawing({ 64, 48 }), "jpeg"), limits)); // in one layer nothing is kept
    QByteArray odd = layeredJpeg({ 64, 64 }, 3, 0);
    const qsizetype frame = odd.indexOf(QByteArray("\xff\xc2", 2));
    for (const char factors : { '\x00', '\x01', '\x10', '\x51', '\x15' }) {
        odd[frame + 11] = factors;
        QCOMPARE(wordOf(inspectPicture(odd)), u"broken"_s);
    }
}

void TestHostilePictures::limitsTheMemoryOfOneFrame()
{
    // Zeros pack a thousandfold, so these are small files that a decoder would take at their word.
    const auto outcome = [](quint32 side, char depth, char colourType, int channels) {
        return wordOf(inspectPicture(pngSignature() + pngHeader(side, side, depth, colourType)
                                     + pngChunk("IDAT", QByteArray(qint64(side) * side * channels * (depth / 8) / 1000, '\0'))
                                     + pngChunk("IEND")));
    };
    QCOMPARE(outcome(8192, 16, 6, 4), u"picture"_s); // 512 MB to the byte
    QCOMPARE(outcome(8193, 16, 6, 4), u"too_large"_s);
    QCOMPARE(outcome(10000, 8, 6, 4), u"picture"_s);
    QCOMPARE(outcome(10000, 16, 0, 1), u"too_large"_s);
}

void TestHostilePictures::stopsWhatNobodyWants_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QImage image = drawing({ 1200, 900 });
    QTest::newRow("png") << written(image, "png");
    QTest::newRow("jpeg") << written(image, "jpeg");
    QTest::newRow("layered jpeg") << layeredJpeg({ 800, 800 }, 1, 20);
    QTest::newRow("webp") << written(image, "webp", 80);
}

void TestHostilePictures::stopsWhatNobodyWants()
{
    QFETCH(QByteArray, bytes);
    QFile file(m_folder.filePath(u"unwanted"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    int asked = 0;
    QVERIFY(decodeWholeFile(file.fileName(), [&asked] { return ++asked < 0; }));
    QVERIFY(asked > 1);
    // At once, and after the first bytes. A JPEG that runs dry is ended by its decoder, with what was there: either will do.
    int more = 0;
    (void)decodeWholeFile(file.fileName(), [&more] { return ++more > 0; });
    QVERIFY(more > 0 && more < 20);
}

void TestHostilePictures::opensTheLargestRealSizes_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<bool>("deep");
    for (const QSize &size : { QSize(12288, 1536), QSize(6336, 2688) }) {
        for (const char *format : { "png", "jpeg", "webp" })
            QTest::addRow("%dx%d %s", size.width(), size.height(), format) << size << QByteArray(format) << false;
        QTest::addRow("%dx%d png, 16 bit", size.width(), size.height()) << size << "png"_ba << true;
    }
}

void TestHostilePictures::opensTheLargestRealSizes()
{
    QFETCH(QSize, size);
    QFETCH(QByteArray, format);
    QFETCH(bool, deep);
    QImage image(size, deep ? QImage::Format_RGBA64 : QImage::Format_RGB32);
    image.fill(QColor(40, 80, 120));
    const QByteArray bytes = written(image, format.constData(), 70);
    image = {};
    const Cost cost = costOf([&bytes, size] {
        const auto decoded = decodePicture(bytes);
        return decoded && decoded->size() == size ? u"picture"_s : u"not as it was, "_s + wordOf(decoded);
    });
    QCOMPARE(cost.outcome, u"picture"_s);
    const qint64 frame = qint64(size.width()) * size.height() * (deep ? 8 : 4);
    QVERIFY2(cost.bytes < 3 * frame + 64 * megabyte, qPrintable(QString::number(cost.bytes)));
}

void TestHostilePictures::anyByteMayBeWrong_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QImage image = drawing({ 24, 16 }, true);
    QTest::newRow("png") << written(image, "png");
    QTest::newRow("jpeg") << written(image, "jpeg", 80);
    QTest::newRow("layered jpeg") << layeredJpeg({ 16, 16 }, 3, 2);
    QTest::newRow("webp") << written(image, "webp", 80);
    QTest::newRow("lossless webp") << written(image, "webp", 100);
}

void TestHostilePictures::anyByteMayBeWrong()
{
    QFETCH(QByteArray, bytes);
    const QSize whole = inspectPicture(bytes)->size;
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        for (const char wrong : { char(bytes[at] ^ 1), char(bytes[at] ^ 0x80), '\0', '\xff' }) {
            QByteArray damaged = bytes;
            damaged[at] = wrong;
            // A size of its own is another picture's; to make thousands of those proves nothing.
            if (const auto info = inspectPicture(damaged); !info || info->size != whole)
                continue;
            const auto decoded = decodePicture(damaged);
            QVERIFY(decoded || decoded.error().kind == ErrorKind::BadPicture);
        }
        const auto cut = decodePicture(bytes.left(at));
        QVERIFY(!cut);
        QCOMPARE(cut.error().kind, ErrorKind::BadPicture);
    }
}

void TestHostilePictures::thumbnailsOfTheMaterial()
{
    const auto material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL is not set: see tests/material.md");
    const auto never = [] { return false; };
    int pictures = 0, refused = 0;
    for (const QString &folder : { u"/pngsuite/png"_s, u"/png-crashers"_s, u"/exif-orientation"_s }) {
        const QDir files(*material + folder);
        for (const QString &name : files.entryList({ u"*.png"_s, u"*.jpg"_s })) {
            const QString path = files.filePath(name);
            const QString key = QString::fromLatin1(QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex());
            const auto first = thumbnailFromFolder(m_folder.path(), key, path, 256, never);
            QVERIFY(first);
            const auto decoded = decodePictureFile(path);
            QCOMPARE(first->has_value(), decoded.has_value());
            if (!decoded) {
                ++refused;
                QCOMPARE(first->error().kind, ErrorKind::BadPicture);
                QVERIFY(!QFile::exists(thumbnailFile(m_folder.path(), key, 256)));
                continue;
            }
            ++pictures;
            QVERIFY((*first)->width() <= 256 && (*first)->height() <= 256);
            const auto second = thumbnailFromFolder(m_folder.path(), key, path, 256, never); // out of the cache
            QVERIFY(second && *second);
            QCOMPARE((*second)->size(), (*first)->size());
        }
    }
    QVERIFY(pictures > 170);
    QVERIFY(refused >= 8);
}

QTEST_GUILESS_MAIN(TestHostilePictures)
#include "tst_hostilepictures.moc"
