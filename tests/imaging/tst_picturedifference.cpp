#include "imagedecoder.h"
#include "lenspainter.h"
#include "picturedifference.h"

#include <QColorSpace>
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

QImage grain(QSize size, quint32 seed)
{
    QImage image(size, QImage::Format_RGB32);
    QRandomGenerator random(seed);
    for (int y = 0; y < size.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x)
            line[x] = random.generate() | 0xff000000;
    }
    return image;
}

/// Slow changes alone: resampled it is the same.
QImage ramp(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, qRgb(50 + x * 200 / size.width(), 50 + y * 200 / size.height(), 100));
    }
    return image;
}

QImage filled(QSize size, QColor colour, QImage::Format format = QImage::Format_RGB32)
{
    QImage image(size, format);
    image.fill(colour);
    return image;
}

PictureLevels levelsOf(QSize size, QColor colour)
{
    return { {}, halvings(filled(size, colour)) };
}

} // namespace

class TestPictureDifference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void equalOnesAreIdentical();
    void plantedPixelIsFound_data();
    void plantedPixelIsFound();
    void figures();
    void unequalSizes_data();
    void unequalSizes();
    void transparency();
    void colourProfiles();
    void gain();
    void swipeDividesAtTheLine_data();
    void swipeDividesAtTheLine();
    void onionMixes();
    void flickerShowsOne();
};

void TestPictureDifference::equalOnesAreIdentical()
{
    const QImage image = grain({ 301, 207 }, 1);
    const PictureDifference found = differenceOf(image, image.copy());
    QVERIFY(found.isIdentical());
    QVERIFY(!found.resampled);
    QCOMPARE(found.largest, 0);
    QCOMPARE(found.mean, 0.0);
    QVERIFY(found.bounds.isEmpty());
    QCOMPARE(found.size, image.size());
}

void TestPictureDifference::plantedPixelIsFound_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QPoint>("at");
    QTest::newRow("in the middle") << QSize(1024, 1024) << QPoint(511, 300);
    QTest::newRow("first") << QSize(513, 511) << QPoint(0, 0);
    QTest::newRow("last of odd sides") << QSize(513, 511) << QPoint(512, 510);
    QTest::newRow("8:1 at 4K") << QSize(12288, 1536) << QPoint(12287, 700);
}

// By one step of one channel: in the figures, and in every level of the picture that is shown, the smallest too.
void TestPictureDifference::plantedPixelIsFound()
{
    QFETCH(QSize, size);
    QFETCH(QPoint, at);
    const QImage image = grain(size, 2);
    QImage planted = image.copy();
    planted.setPixel(at, image.pixel(at) ^ 0x000100);
    const PictureDifference found = differenceOf(image, planted);
    QCOMPARE(found.pixels, 1);
    QCOMPARE(found.largest, 1);
    QCOMPARE(found.bounds, QRect(at, QSize(1, 1)));
    QCOMPARE(found.image.pixel(at), qRgb(0, 1, 0));
    QPoint place = at;
    const std::vector<QImage> levels = differenceLevels(found.image, 255).levels;
    QVERIFY(levels.size() > 3);
    for (const QImage &level : levels) {
        QCOMPARE(level.pixel(place), qRgb(0, 255, 0));
        place = { place.x() / 2, place.y() / 2 };
    }
}

void TestPictureDifference::figures()
{
    QImage one = filled({ 10, 10 }, QColor(100, 100, 100)), other = one.copy();
    other.setPixel(2, 3, qRgb(110, 100, 100));
    other.setPixel(7, 5, qRgb(100, 70, 100));
    const PictureDifference found = differenceOf(one, other);
    QCOMPARE(found.pixels, 2);
    QCOMPARE(found.largest, 30);
    QCOMPARE(found.mean, 40.0 / 300);
    QCOMPARE(found.bounds, QRect(QPoint(2, 3), QPoint(7, 5)));
    QCOMPARE(differenceOf(other, one).image, found.image);
}

void TestPictureDifference::unequalSizes_data()
{
    QTest::addColumn<QSize>("one");
    QTest::addColumn<QSize>("other");
    QTest::addColumn<QSize>("compared");
    QTest::newRow("1K and 4K") << QSize(1024, 1024) << QSize(4096, 4096) << QSize(1024, 1024);
    QTest::newRow("the other way") << QSize(2048, 2048) << QSize(1024, 1024) << QSize(1024, 1024);
    QTest::newRow("8:1 and a square") << QSize(12288, 1536) << QSize(512, 512) << QSize(512, 512);
}

void TestPictureDifference::unequalSizes()
{
    QFETCH(QSize, one);
    QFETCH(QSize, other);
    QFETCH(QSize, compared);
    const QImage picture = ramp(one);
    QImage changed = ramp(other);
    const PictureDifference same = differenceOf(picture, changed);
    QCOMPARE(same.size, compared);
    QVERIFY(same.resampled);
    QVERIFY2(same.largest <= 2, qPrintable(QString::number(same.largest))); // rounding, and nothing else
    // The same sixteenth of the scene is another in one of them.
    QPainter painter(&changed);
    painter.fillRect(QRect(other.width() / 4, other.height() / 4, other.width() / 4, other.height() / 4), Qt::black);
    painter.end();
    const PictureDifference found = differenceOf(picture, changed);
    const auto inside = QRect(compared.width() / 4, compared.height() / 4, compared.width() / 4, compared.height() / 4);
    QVERIFY(qBlue(found.image.pixel(inside.center())) >= 99);
    QVERIFY(qBlue(found.image.pixel(compared.width() * 3 / 4, compared.height() * 3 / 4)) <= 2);
}

void TestPictureDifference::transparency()
{
    const auto format = QImage::Format_ARGB32_Premultiplied;
    // The colour of what cannot be seen does not count.
    QImage one = filled({ 20, 20 }, QColor(255, 0, 0, 0), QImage::Format_ARGB32).convertToFormat(format);
    QImage other = filled({ 20, 20 }, QColor(0, 0, 255, 0), QImage::Format_ARGB32).convertToFormat(format);
    QVERIFY(differenceOf(one, other).isIdentical());
    // Transparency itself does, also where both are black.
    other = filled({ 20, 20 }, QColor(0, 0, 0, 128), format);
    QCOMPARE(differenceOf(one, other).largest, 128);
    QCOMPARE(differenceOf(one, other).image.pixel(3, 3), qRgb(128, 128, 128));
    // Opaque and without alpha are the same.
    QVERIFY(differenceOf(filled({ 20, 20 }, Qt::yellow), filled({ 20, 20 }, Qt::yellow, format)).isIdentical());
}

// Two files that look the same: one says its numbers in sRGB, the other in Adobe RGB.
void TestPictureDifference::colourProfiles()
{
    QImage plain = ramp({ 64, 64 });
    plain.setColorSpace(QColorSpace::SRgb);
    QImage adobe = plain.convertedToColorSpace(QColorSpace::AdobeRgb);
    QVERIFY(adobe.pixel(60, 5) != plain.pixel(60, 5));
    const PictureDifference seen = differenceOf(forDisplay(plain), forDisplay(adobe));
    QVERIFY2(seen.largest <= 3, qPrintable(QString::number(seen.largest)));
    QImage unlabelled = adobe;
    unlabelled.setColorSpace({});
    QVERIFY(differenceOf(forDisplay(plain), forDisplay(unlabelled)).largest > 20);
}

void TestPictureDifference::gain()
{
    const QImage dim = filled({ 4, 4 }, QColor(1, 10, 100));
    QCOMPARE(differenceLevels(dim, 1).levels.front(), dim);
    QCOMPARE(differenceLevels(dim, 8).levels.front().pixel(1, 1), qRgb(8, 80, 255));
}

void TestPictureDifference::swipeDividesAtTheLine_data()
{
    QTest::addColumn<Lens>("lens");
    QTest::addColumn<double>("share");
    for (const double share : { 0.0, 0.25, 0.5, 1.0 }) {
        QTest::addRow("across %.2f", share) << Lens::SwipeAcross << share;
        QTest::addRow("down %.2f", share) << Lens::SwipeDown << share;
    }
}

void TestPictureDifference::swipeDividesAtTheLine()
{
    QFETCH(Lens, lens);
    QFETCH(double, share);
    const QSize view(200, 100);
    const PictureLevels red = levelsOf({ 400, 200 }, Qt::red), blue = levelsOf({ 100, 50 }, Qt::blue);
    QImage screen = filled(view, Qt::black);
    QPainter painter(&screen);
    const QRectF all(0, 0, 200, 100);
    paintLens(painter, { lens, share, false }, { &red, all }, { &blue, all }, view, LevelQuality::Smooth);
    painter.end();
    const bool across = lens == Lens::SwipeAcross;
    const int line = int((across ? 200 : 100) * share);
    for (int y = 0; y < 100; ++y) {
        for (int x = 0; x < 200; ++x) {
            const QColor expected = (across ? x : y) < line ? Qt::red : Qt::blue;
            QVERIFY2(screen.pixelColor(x, y) == expected, qPrintable(u"%1, %2"_s.arg(x).arg(y)));
        }
    }
}

void TestPictureDifference::onionMixes()
{
    const PictureLevels black = levelsOf({ 50, 50 }, Qt::black), white = levelsOf({ 50, 50 }, Qt::white);
    for (const double share : { 0.0, 0.25, 0.5, 1.0 }) {
        QImage screen = filled({ 50, 50 }, Qt::red);
        QPainter painter(&screen);
        paintLens(painter, { Lens::Onion, share, false }, { &black, { 0, 0, 50, 50 } }, { &white, { 0, 0, 50, 50 } }, { 50, 50 },
                  LevelQuality::Smooth);
        painter.end();
        QVERIFY(qAbs(qGray(screen.pixel(25, 25)) - qRound(share * 255)) <= 1);
    }
}

void TestPictureDifference::flickerShowsOne()
{
    const PictureLevels red = levelsOf({ 50, 50 }, Qt::red), blue = levelsOf({ 50, 50 }, Qt::blue);
    for (const bool second : { false, true }) {
        QImage screen = filled({ 50, 50 }, Qt::black);
        QPainter painter(&screen);
        paintLens(painter, { Lens::Flicker, 0.5, second }, { &red, { 0, 0, 50, 50 } }, { &blue, { 0, 0, 50, 50 } }, { 50, 50 },
                  LevelQuality::Smooth);
        painter.end();
        QCOMPARE(screen.pixelColor(10, 40), second ? QColor(Qt::blue) : QColor(Qt::red));
    }
}

QTEST_GUILESS_MAIN(TestPictureDifference)
#include "tst_picturedifference.moc"
