#include "picturecanvas.h"
#include "theme.h"
#include "zoombox.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

QRgb pixelAt(int x, int y)
{
    return qRgb(x % 256, y % 256, (x / 256 * 16 + y / 256) % 256);
}

SharedPicture pictureOf(QImage image)
{
    return std::make_shared<const PictureLevels>(PictureLevels { {}, halvings(std::move(image)) });
}

/// Every pixel tells where it is.
SharedPicture numbered(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, pixelAt(x, y));
    }
    return pictureOf(std::move(image));
}

void show(PictureCanvas &canvas, const SharedPicture &picture, QSize size = { 400, 300 })
{
    canvas.setSubject(picture->size(), false);
    canvas.setPicture(picture);
    canvas.resize(size);
    canvas.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas));
}

QImage painted(QWidget &widget)
{
    QImage image(widget.size(), QImage::Format_RGB32);
    widget.render(&image);
    return image;
}

void wheel(QWidget &widget, QPointF at, int delta)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, { 0, delta }, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

class TestPictureCanvas : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void atHundredPercentPixelsArePixels();
    void wheelZoomsAtTheCursor();
    void wheelToTheLimitsAndBack();
    void dragPans();
    void doubleClickToggles();
    void arrowsPanOrStep();
    void sharpOnlyAboveThreeHundred();
    void shrinksFromLevels();
    void transparencyIsSeen();
    void paintsOnlyWhatIsExposed();
    void largePicturesFarIn_data();
    void largePicturesFarIn();
    void pinchZoomsAtTheFingers();
    void gestureOfTouchpadZooms();
    void lookIsKeptForTheSameSize();
    void standInUntilItIsThere();
    void zoomBoxTakesFigures_data();
    void zoomBoxTakesFigures();
};

// Also run with the screen scaled by 1.5 and 2: one pixel of the picture is one of the screen's then too, although the
// canvas begins in the middle of one.
void TestPictureCanvas::atHundredPercentPixelsArePixels()
{
    QWidget window;
    window.resize(420, 320);
    PictureCanvas canvas(&window);
    canvas.setGeometry(7, 5, 401, 301);
    const SharedPicture picture = numbered({ 1001, 801 });
    canvas.setSubject(picture->size(), false);
    canvas.setPicture(picture);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    canvas.zoomTo(1);
    const double ratio = canvas.devicePixelRatioF();
    QCOMPARE(ratio, qEnvironmentVariable("QT_SCALE_FACTOR", u"1"_s).toDouble());
    const QImage screen = window.grab().toImage();
    QCOMPARE(screen.width(), qRound(420 * ratio));
    const QRectF place = canvas.viewport().pictureRect();
    const QPoint first(qRound(7 * ratio) + qRound(place.x()), qRound(5 * ratio) + qRound(place.y()));
    for (const QPoint at : { QPoint(20, 20), QPoint(37, 211), QPoint(200, 150), QPoint(380, 280) }) {
        const QPoint source = at - first;
        QVERIFY2(screen.pixel(at) == pixelAt(source.x(), source.y()),
                 qPrintable(u"%1,%2 at %3: %4"_s.arg(at.x()).arg(at.y()).arg(ratio).arg(screen.pixel(at), 8, 16)));
    }
}

void TestPictureCanvas::wheelZoomsAtTheCursor()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 1000, 750 }));
    const QPointF cursor(120, 200);
    const QPointF under = canvas.viewport().toPicture(cursor);
    for (int turn = 0; turn < 12; ++turn) {
        wheel(canvas, cursor, turn % 4 == 3 ? -120 : 120);
        const QPointF now = canvas.viewport().toView(under);
        QVERIFY((now - cursor).manhattanLength() < 1e-6);
    }
    QVERIFY(canvas.viewport().scale() > 1);
}

void TestPictureCanvas::wheelToTheLimitsAndBack()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 1000, 750 }));
    for (int turn = 0; turn < 60; ++turn)
        wheel(canvas, { 10, 10 }, 120);
    QCOMPARE(canvas.viewport().scale(), PictureViewport::mostScale);
    painted(canvas);
    for (int turn = 0; turn < 120; ++turn)
        wheel(canvas, { 390, 10 }, -120);
    QCOMPARE(canvas.viewport().scale(), PictureViewport::leastScale);
    QCOMPARE(canvas.viewport().pictureRect().center(), QPointF(200, 150));
}

void TestPictureCanvas::dragPans()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 1000, 750 }));
    canvas.zoomTo(1);
    const QPointF before = canvas.viewport().pictureRect().topLeft();
    QTest::mousePress(&canvas, Qt::LeftButton, {}, { 200, 150 });
    QCOMPARE(canvas.cursor().shape(), Qt::ClosedHandCursor);
    QTest::mouseMove(&canvas, { 170, 170 });
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, { 170, 170 });
    QTRY_COMPARE(canvas.viewport().pictureRect().topLeft(), before + QPointF(-30, 20));
    QCOMPARE(canvas.cursor().shape(), Qt::OpenHandCursor);
    QTest::keyPress(&canvas, Qt::Key_Space);
    QTest::mousePress(&canvas, Qt::LeftButton, {}, { 200, 150 });
    QTest::mouseMove(&canvas, { 210, 150 });
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, { 210, 150 });
    QTest::keyRelease(&canvas, Qt::Key_Space);
    QTRY_COMPARE(canvas.viewport().pictureRect().topLeft(), before + QPointF(-20, 20));
}

void TestPictureCanvas::doubleClickToggles()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 1000, 750 }));
    const QPointF under = canvas.viewport().toPicture({ 100, 100 });
    QTest::mouseDClick(&canvas, Qt::LeftButton, {}, { 100, 100 });
    QCOMPARE(canvas.viewport().scale(), 1.0);
    QVERIFY((canvas.viewport().toView(under) - QPointF(100, 100)).manhattanLength() < 1e-6);
    QTest::mouseDClick(&canvas, Qt::LeftButton, {}, { 300, 100 });
    QVERIFY(canvas.viewport().isFitted());
}

void TestPictureCanvas::arrowsPanOrStep()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 1000, 750 }));
    QSignalSpy next(&canvas, &PictureCanvas::nextRequested);
    QSignalSpy previous(&canvas, &PictureCanvas::previousRequested);
    QTest::keyClick(&canvas, Qt::Key_Right);
    QTest::keyClick(&canvas, Qt::Key_Left);
    QCOMPARE(next.size(), 1);
    QCOMPARE(previous.size(), 1);
    canvas.zoomTo(1);
    const QPointF before = canvas.viewport().pictureRect().topLeft();
    QTest::keyClick(&canvas, Qt::Key_Right);
    QTest::keyClick(&canvas, Qt::Key_Down);
    QCOMPARE(next.size(), 1);
    QVERIFY(canvas.viewport().pictureRect().left() < before.x());
    QVERIFY(canvas.viewport().pictureRect().top() < before.y());
}

void TestPictureCanvas::sharpOnlyAboveThreeHundred()
{
    QImage image(40, 40, QImage::Format_RGB32);
    image.fill(Qt::black);
    for (int y = 0; y < 40; ++y) {
        for (int x = 20; x < 40; ++x)
            image.setPixel(x, y, 0xffffffff);
    }
    PictureCanvas canvas;
    show(canvas, pictureOf(image));
    const auto greys = [&canvas](double scale) {
        canvas.zoomTo(scale);
        const QImage seen = painted(canvas);
        int between = 0;
        for (int x = 180; x < 220; ++x) {
            const int grey = qGray(seen.pixel(x, 150));
            between += grey > 0 && grey < 255;
        }
        return between;
    };
    QVERIFY(greys(2.5) > 0);
    QVERIFY(greys(3) > 0);
    QCOMPARE(greys(3.5), 0);
    QCOMPARE(greys(4), 0);
    QCOMPARE(greys(1), 0);
}

void TestPictureCanvas::shrinksFromLevels()
{
    QImage board(2048, 2048, QImage::Format_RGB32);
    for (int y = 0; y < board.height(); ++y) {
        for (int x = 0; x < board.width(); ++x)
            board.setPixel(x, y, (x + y) % 2 ? 0xffffffff : 0xff000000);
    }
    PictureCanvas canvas;
    show(canvas, pictureOf(board), { 300, 300 });
    for (const double scale : { 0.146, 0.2, 0.25, 0.37, 0.49 }) {
        canvas.zoomTo(scale);
        const QImage seen = painted(canvas);
        for (int x = 30; x < 270; x += 7)
            QVERIFY2(qAbs(qGray(seen.pixel(x, 150)) - 128) <= 2, qPrintable(QString::number(scale)));
    }
}

void TestPictureCanvas::transparencyIsSeen()
{
    QImage image(200, 200, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    PictureCanvas canvas;
    show(canvas, pictureOf(image));
    const auto colours = [&canvas] {
        QSet<QRgb> seen;
        const QImage shot = painted(canvas);
        for (int x = 110; x < 290; ++x)
            seen.insert(shot.pixel(x, 150));
        return seen;
    };
    QCOMPARE(colours().size(), 2);
    canvas.setBackdrop(PictureCanvas::Backdrop::Black);
    QCOMPARE(colours(), QSet<QRgb> { 0xff000000 });
    canvas.setBackdrop(PictureCanvas::Backdrop::White);
    QCOMPARE(colours(), QSet<QRgb> { 0xffffffff });
    canvas.setBackdrop(PictureCanvas::Backdrop::Grey);
    QCOMPARE(colours(), QSet<QRgb> { 0xff808080 });
    QCOMPARE(painted(canvas).pixel(5, 150), coloursOf(canvas.palette()).viewing.rgb()); // beside it
}

void TestPictureCanvas::paintsOnlyWhatIsExposed()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 1000, 750 }));
    canvas.zoomTo(2);
    const QImage whole = painted(canvas);
    // A part alone looks just like that part of the whole: no seams.
    QImage image(canvas.size(), QImage::Format_RGB32);
    image.fill(Qt::magenta);
    for (const QRect part : { QRect(0, 0, 133, 300), QRect(133, 0, 267, 91), QRect(133, 91, 267, 209) })
        canvas.render(&image, part.topLeft(), part, QWidget::DrawWindowBackground);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor one = image.pixelColor(x, y), other = whole.pixelColor(x, y);
            QVERIFY2(qAbs(one.red() - other.red()) <= 2 && qAbs(one.green() - other.green()) <= 2,
                     qPrintable(u"%1,%2"_s.arg(x).arg(y)));
        }
    }
}

void TestPictureCanvas::largePicturesFarIn_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("8:1 at 4K") << QSize(12288, 1536);
    QTest::newRow("21:9 at 4K") << QSize(6336, 2688);
}

void TestPictureCanvas::largePicturesFarIn()
{
    QFETCH(QSize, size);
    PictureCanvas canvas;
    show(canvas, numbered(size));
    canvas.zoomTo(32);
    for (const double place : { 0.01, 0.5, 0.99 }) {
        canvas.setLook({ false, 32, { place, place } });
        const QPointF middle = canvas.viewport().toPicture({ 200, 150 });
        QCOMPARE(painted(canvas).pixel(200, 150), pixelAt(int(middle.x()), int(middle.y())));
    }
}

void TestPictureCanvas::pinchZoomsAtTheFingers()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 4000, 3000 }));
    canvas.zoomTo(1);
    const std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
    const QPoint middle(200, 150);
    const QPointF under = canvas.viewport().toPicture(middle);
    const auto fingers = [&](int apart) {
        return std::pair(middle - QPoint(apart / 2, 0), middle + QPoint(apart / 2, 0));
    };
    const auto [first, second] = fingers(40);
    QTest::touchEvent(&canvas, screen.get()).press(0, first, &canvas).press(1, second, &canvas);
    for (int apart = 50; apart <= 120; apart += 10) {
        const auto [left, right] = fingers(apart);
        QTest::touchEvent(&canvas, screen.get()).move(0, left, &canvas).move(1, right, &canvas);
    }
    const auto [left, right] = fingers(120);
    QTest::touchEvent(&canvas, screen.get()).release(0, left, &canvas).release(1, right, &canvas);
    QVERIFY2(std::abs(canvas.viewport().scale() - 3) < 0.01, qPrintable(QString::number(canvas.viewport().scale())));
    const QPointF now = canvas.viewport().toPicture(middle);
    QVERIFY2(QLineF(under, now).length() <= 1, qPrintable(u"%1 px away"_s.arg(QLineF(under, now).length())));
}

void TestPictureCanvas::gestureOfTouchpadZooms()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 4000, 3000 }));
    canvas.zoomTo(1);
    const QPointF at(320, 90);
    const QPointF under = canvas.viewport().toPicture(at);
    QNativeGestureEvent event(Qt::ZoomNativeGesture, QPointingDevice::primaryPointingDevice(), 2, at, at, canvas.mapToGlobal(at), 0.25, {});
    QApplication::sendEvent(&canvas, &event);
    QCOMPARE(canvas.viewport().scale(), 1.25);
    QVERIFY(QLineF(under, canvas.viewport().toPicture(at)).length() <= 1);
}

void TestPictureCanvas::lookIsKeptForTheSameSize()
{
    PictureCanvas canvas;
    show(canvas, numbered({ 1000, 750 }));
    canvas.setLook({ false, 2, { 0.3, 0.6 } });
    const auto look = canvas.viewport().look();
    canvas.setSubject({ 1000, 750 }, true);
    QCOMPARE(canvas.viewport().look(), look);
    canvas.setSubject({ 750, 1000 }, true);
    QVERIFY(canvas.viewport().isFitted());
    canvas.setLook({ false, 2, { 0.3, 0.6 } });
    canvas.setSubject({ 750, 1000 }, false);
    QVERIFY(canvas.viewport().isFitted());
}

void TestPictureCanvas::standInUntilItIsThere()
{
    PictureCanvas canvas;
    canvas.setSubject({ 800, 600 }, false);
    canvas.resize(400, 300);
    canvas.show();
    QPixmap thumbnail(80, 60);
    thumbnail.fill(Qt::red);
    canvas.setStandIn(thumbnail);
    QCOMPARE(painted(canvas).pixelColor(200, 150), QColor(Qt::red));
    QCOMPARE(painted(canvas).pixelColor(3, 3), QColor(Qt::red)); // as large as the picture will be
    canvas.setPicture(numbered({ 800, 600 }));
    QVERIFY(painted(canvas).pixelColor(200, 150) != QColor(Qt::red));
}

void TestPictureCanvas::zoomBoxTakesFigures_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("scale"); // 0: fit, -1: nothing
    QTest::newRow("figure") << u"150"_s << 1.5;
    QTest::newRow("percent") << u"75 %"_s << 0.75;
    QTest::newRow("decimal comma") << u"12,5"_s << 0.125;
    QTest::newRow("fit") << u"fit"_s << 0.0;
    QTest::newRow("nothing") << u""_s << -1.0;
    QTest::newRow("zero") << u"0"_s << -1.0;
}

void TestPictureCanvas::zoomBoxTakesFigures()
{
    QFETCH(QString, typed);
    QFETCH(double, scale);
    ZoomBox box;
    box.show();
    box.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&box));
    box.setScale(0.37);
    QCOMPARE(box.currentText(), u"37 %"_s);
    QSignalSpy fit(&box, &ZoomBox::fitRequested);
    QSignalSpy asked(&box, &ZoomBox::scaleRequested);
    box.lineEdit()->setFocus();
    box.lineEdit()->selectAll();
    if (typed.isEmpty())
        QTest::keyClick(box.lineEdit(), Qt::Key_Backspace);
    QTest::keyClicks(box.lineEdit(), typed);
    QTest::keyClicks(box.lineEdit(), u"x#"_s); // cannot be typed
    QTest::keyClick(box.lineEdit(), Qt::Key_Return);
    QCOMPARE(fit.size(), scale == 0 ? 1 : 0);
    QCOMPARE(asked.size(), scale > 0 ? 1 : 0);
    if (scale > 0)
        QCOMPARE(asked.at(0).at(0).toDouble(), scale);
    box.lineEdit()->clearFocus();
    box.setScale(0.5);
    QCOMPARE(box.currentText(), u"50 %"_s);
}

QTEST_MAIN(TestPictureCanvas)
#include "tst_picturecanvas.moc"
