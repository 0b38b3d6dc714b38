#include "compareboard.h"
#include "dropmark.h"
#include "panecaption.h"
#include "picturedifference.h"

#include <QApplication>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

using Sizes = std::vector<QSize>;

/// Every pixel tells which share of the sides it is at: 4096 steps across and down.
QImage charted(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        const int down = int((y + 0.5) * 4096 / size.height());
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            const int across = int((x + 0.5) * 4096 / size.width());
            line[x] = 0xff000000 | QRgb(across << 12) | QRgb(down);
        }
    }
    return image;
}

QPointF placeOf(QRgb pixel)
{
    return { (((pixel >> 12) & 0xfff) + 0.5) / 4096, ((pixel & 0xfff) + 0.5) / 4096 };
}

SharedPicture pictureOf(QImage image)
{
    return std::make_shared<const PictureLevels>(PictureLevels { .levels = halvings(std::move(image)) });
}

/// The same in fewer steps, so that what lies between two pixels is a place too.
QImage shaded(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, qRgb(x * 255 / (size.width() - 1), y * 255 / (size.height() - 1), 0));
    }
    return image;
}

QPointF shadeOf(QRgb pixel)
{
    return { qRed(pixel) / 255.0, qGreen(pixel) / 255.0 };
}

/// One level alone, so that a colour is a place still, however small the picture is shown.
SharedPicture chart(QSize size)
{
    return std::make_shared<const PictureLevels>(PictureLevels { .levels = { charted(size) } });
}

std::vector<CompareBoard::Subject> subjectsOf(const std::vector<SharedPicture> &pictures)
{
    std::vector<CompareBoard::Subject> subjects;
    for (size_t number = 0; number < pictures.size(); ++number) {
        subjects.push_back({ .key = QString::number(number), .pixels = pictures[number]->size(), .picture = pictures[number],
                             .letter = QChar(u'A' + int(number)), .name = u"Picture %1"_s.arg(QChar(u'A' + int(number))) });
    }
    return subjects;
}

void wheel(QWidget &widget, QPointF at, int delta)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, { 0, delta }, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

/// As the screen has it, in device pixels.
QImage painted(QWidget &widget)
{
    return widget.grab().toImage();
}

} // namespace

/// Also run with the screen scaled by 2.
class TestCompareBoard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsPaintedAgrees_data();
    void whatIsPaintedAgrees();
    void hundredPercentIsSharp();
    void roughWhileMovingThenSmooth();
    void shiftMovesOneAlone();
    void offsetsStayWithThePicture();
    void arrowsAndPanes();
    void captionsCloseAndMove();
    void draggingShowsWhereItLands();
    void ghostAndLoupeAreAtTheSamePoint();
    void swipeAndItsLine();
    void lensKeepsTheLook();
    void differenceIsSeenWholeAndSmall();
    void transparencyHasItsBackdrop();
    void largestBesideSmallest();

private:
    void show(CompareBoard &board, QSize size = { 801, 603 })
    {
        board.resize(size);
        board.show();
        board.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&board));
        board.setActive(0);
    }
};

void TestCompareBoard::whatIsPaintedAgrees_data()
{
    QTest::addColumn<Sizes>("sizes");
    QTest::newRow("1K and 4K") << Sizes { { 1024, 1024 }, { 4096, 4096 } };
    QTest::newRow("16:9 and 1:1") << Sizes { { 1376, 768 }, { 1024, 1024 } };
    QTest::newRow("four of all kinds") << Sizes { { 2048, 2048 }, { 1376, 768 }, { 768, 1376 }, { 512, 512 } };
    QTest::newRow("8:1 and 512") << Sizes { { 12288, 1536 }, { 512, 512 } };
}

// Not what is computed but the pixels: under the cursor and under its crosses in the other panes lies the same point of
// the scene, within one device pixel (and half of one of the picture's, where that is larger), over random zooms and pans.
void TestCompareBoard::whatIsPaintedAgrees()
{
    QFETCH(Sizes, sizes);
    std::vector<SharedPicture> pictures;
    for (const QSize size : sizes)
        pictures.push_back(chart(size));
    CompareBoard board;
    board.setSubjects(subjectsOf(pictures));
    show(board);
    QRandomGenerator random(6);
    int looked = 0;
    for (int round = 0; round < 160; ++round) {
        const int from = int(random.bounded(board.count()));
        const QRect pane = board.pane(from)->geometry();
        const QPoint cursor = pane.topLeft() + QPoint(random.bounded(pane.width()), random.bounded(pane.height()));
        if (round % 10 == 9)
            board.fit();
        else if (round % 2)
            wheel(board, cursor, int(random.bounded(720)) - 300);
        QTest::mousePress(&board, Qt::LeftButton, {}, cursor);
        const QPoint to = cursor + QPoint(int(random.bounded(60)) - 30, int(random.bounded(60)) - 30);
        QTest::mouseMove(&board, to);
        QTest::mouseRelease(&board, Qt::LeftButton, {}, to);
        QEvent leave(QEvent::Leave); // and the crosses with it
        QApplication::sendEvent(&board, &leave);
        const LinkedViewports &views = board.viewports();
        const double ratio = board.devicePixelRatioF();
        const QPointF scene = views.toScene(from, QPointF(cursor - pane.topLeft()) * ratio);
        for (int number = 0; number < board.count(); ++number) {
            board.pane(number)->setQuality(LevelQuality::Rough); // smoothed between two pixels a colour is no place
            const QImage shot = painted(*board.pane(number));
            const QPointF at = views.toView(number, scene);
            const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
            const QRectF inside = views.pictureRect(number).adjusted(2, 2, -2, -2);
            if (!shot.rect().adjusted(6, 6, -6, -6).contains(pixel) || !inside.contains(at))
                continue;
            const double scale = views.scale(number);
            // A pixel of the screen shows one of the picture's somewhere in it, and a picture lies at whole pixels.
            const QPointF seen = placeOf(shot.pixel(pixel)), there = views.toScene(number, QPointF(pixel) + QPointF(0.5, 0.5));
            const QSizeF shown = views.pictureRect(number).size();
            const QPointF away((seen.x() - there.x()) * shown.width(), (seen.y() - there.y()) * shown.height());
            const double within = 0.5 + 0.5 * std::max(1.0, scale) + 0.5 * std::max(shown.width(), shown.height()) / 4096;
            QVERIFY2(std::abs(away.x()) <= within && std::abs(away.y()) <= within,
                     qPrintable(u"pane %1 at %2: %3, %4 px away"_s.arg(number).arg(scale).arg(away.x()).arg(away.y())));
            ++looked;
        }
    }
    QVERIFY2(looked >= 60, qPrintable(QString::number(looked)));
}

void TestCompareBoard::hundredPercentIsSharp()
{
    CompareBoard board;
    const SharedPicture wide = pictureOf(charted({ 1376, 768 })), square = pictureOf(charted({ 1024, 1024 }));
    board.setSubjects(subjectsOf({ wide, square }));
    show(board);
    board.zoomTo(1);
    const std::vector<SharedPicture> pictures { wide, square };
    for (int number = 0; number < 2; ++number) {
        const QImage shot = painted(*board.pane(number));
        const QPointF first = board.viewports().pictureRect(number).topLeft();
        for (const QPoint at : { QPoint(9, 9), QPoint(100, 77), QPoint(200, 150) }) {
            const QPoint source = at - QPoint(qRound(first.x()), qRound(first.y()));
            if (QRect(QPoint(), pictures[size_t(number)]->size()).contains(source))
                QCOMPARE(shot.pixel(at), pictures[size_t(number)]->levels.front().pixel(source));
        }
    }
}

void TestCompareBoard::roughWhileMovingThenSmooth()
{
    QImage stripes(1024, 1024, QImage::Format_RGB32);
    for (int y = 0; y < 1024; ++y) {
        for (int x = 0; x < 1024; ++x)
            stripes.setPixel(x, y, x % 2 ? 0xffffffff : 0xff000000);
    }
    CompareBoard board;
    board.setSubjects(subjectsOf({ pictureOf(stripes), pictureOf(stripes) }));
    show(board);
    const auto greys = [&board] {
        const QImage shot = painted(*board.pane(1));
        int between = 0;
        for (int x = 20; x < 200; ++x) {
            const int grey = qGray(shot.pixel(x, shot.height() / 2));
            between += grey > 20 && grey < 235;
        }
        return between;
    };
    board.zoomTo(1.5);
    QVERIFY(greys() > 20);
    QTest::mousePress(&board, Qt::LeftButton, {}, { 100, 300 });
    QTest::mouseMove(&board, { 104, 300 });
    QCOMPARE(greys(), 0);
    QTest::mouseRelease(&board, Qt::LeftButton, {}, { 104, 300 });
    QTRY_VERIFY(greys() > 20);
}

void TestCompareBoard::shiftMovesOneAlone()
{
    CompareBoard board;
    board.setSubjects(subjectsOf({ chart({ 1024, 1024 }), chart({ 2048, 2048 }) }));
    show(board);
    board.zoomTo(2);
    const double ratio = board.devicePixelRatioF();
    const auto left = [&board](int pane) { return board.viewports().pictureRect(pane).left(); };
    const double first = left(0), second = left(1);
    const QPoint start = board.pane(1)->geometry().center();
    QTest::mousePress(&board, Qt::LeftButton, Qt::ShiftModifier, start);
    QMouseEvent move(QEvent::MouseMove, start + QPoint(12, 0), board.mapToGlobal(QPointF(start + QPoint(12, 0))), Qt::NoButton,
                     Qt::LeftButton, Qt::ShiftModifier);
    QApplication::sendEvent(&board, &move);
    QTest::mouseRelease(&board, Qt::LeftButton, Qt::ShiftModifier, start + QPoint(12, 0));
    QCOMPARE(left(0), first);
    QVERIFY(std::abs(left(1) - second - 12 * ratio) < 1e-6);
    board.setActive(0);
    QTest::keyClick(board.pane(0), Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(left(0) > first);
    QVERIFY(std::abs(left(1) - second - 12 * ratio) < 1e-6);
    board.resetOffsets();
    QCOMPARE(left(0), first);
    QCOMPARE(left(1), second);
}

void TestCompareBoard::offsetsStayWithThePicture()
{
    CompareBoard board;
    auto subjects = subjectsOf({ chart({ 1024, 1024 }), chart({ 1024, 1024 }) });
    board.setSubjects(subjects);
    show(board);
    board.zoomTo(2);
    board.setActive(1);
    QTest::keyClick(board.pane(1), Qt::Key_Right, Qt::ShiftModifier);
    const QPointF offset = board.viewports().panes()[1].offset;
    QVERIFY(!offset.isNull());
    std::swap(subjects[0], subjects[1]);
    board.setSubjects(subjects);
    QCOMPARE(board.viewports().panes()[0].offset, offset);
    QVERIFY(board.viewports().panes()[1].offset.isNull());
    QCOMPARE(board.scale(), 2.0); // and the zoom survives
}

void TestCompareBoard::arrowsAndPanes()
{
    CompareBoard board;
    board.setSubjects(subjectsOf({ chart({ 1024, 1024 }), chart({ 1024, 1024 }), chart({ 1024, 1024 }) }));
    show(board);
    QSignalSpy active(&board, &CompareBoard::activeChanged);
    QCOMPARE(QApplication::focusWidget(), board.pane(0));
    QTest::keyClick(board.pane(0), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), board.pane(1));
    QCOMPARE(active.size(), 1);
    QCOMPARE(board.active(), 1);
    board.zoomTo(3);
    const auto middle = [&board](int pane) { return board.viewports().toScene(pane, board.viewports().viewCentre(pane)); };
    const QPointF before = middle(0);
    QTest::keyClick(board.pane(1), Qt::Key_Right);
    QVERIFY(middle(0).x() > before.x());
    QCOMPARE(middle(0), middle(2));
    QCOMPARE(board.pane(2)->accessibleName(), u"Picture C"_s);
}

void TestCompareBoard::draggingShowsWhereItLands()
{
    CompareBoard board;
    const SharedPicture picture = chart({ 64, 64 });
    auto subjects = subjectsOf({ picture, picture, picture });
    board.setSubjects(subjects);
    show(board);
    const auto captions = board.findChildren<PaneCaption *>();
    const auto *mark = board.findChild<DropMark *>();
    const auto dragTo = [&](QPoint onBoard) {
        const QPointF at = captions.at(2)->mapFrom(&board, onBoard);
        QMouseEvent move(QEvent::MouseMove, at, QPointF(board.mapToGlobal(onBoard)), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(captions.at(2), &move);
    };
    const QPoint first = board.pane(0)->geometry().center(), own = board.pane(2)->geometry().center();
    QVERIFY(!mark->isVisible());
    QTest::mousePress(captions.at(2), Qt::LeftButton, {}, { 20, 10 });
    dragTo(own);
    QVERIFY(!mark->isVisible()); // where it is already
    dragTo(first);
    QVERIFY(mark->isVisible());
    QCOMPARE(mark->geometry(), board.pane(0)->geometry() | captions.at(0)->geometry());
    dragTo({ -50, -50 });
    QVERIFY(!mark->isVisible());
    dragTo(first);
    QTest::mouseRelease(captions.at(2), Qt::LeftButton, {}, captions.at(2)->mapFrom(&board, first));
    QVERIFY(!mark->isVisible());

    subjects.front().champion = true; // whose place is the first
    board.setSubjects(subjects);
    QSignalSpy moves(&board, &CompareBoard::moveRequested);
    QTest::mousePress(captions.at(2), Qt::LeftButton, {}, { 20, 10 });
    dragTo(first);
    QVERIFY(!mark->isVisible());
    QTest::mouseRelease(captions.at(2), Qt::LeftButton, {}, captions.at(2)->mapFrom(&board, first));
    QVERIFY(moves.isEmpty());
}

void TestCompareBoard::captionsCloseAndMove()
{
    CompareBoard board;
    board.setSubjects(subjectsOf({ chart({ 1024, 1024 }), chart({ 1024, 1024 }), chart({ 1024, 1024 }) }));
    show(board);
    const auto captions = board.findChildren<PaneCaption *>();
    QCOMPARE(captions.size(), 3);
    QSignalSpy closed(&board, &CompareBoard::closeRequested), moved(&board, &CompareBoard::moveRequested);
    auto *button = captions.at(1)->findChild<QToolButton *>();
    QCOMPARE(button->accessibleName(), u"Close pane B"_s);
    button->click();
    QCOMPARE(closed.value(0).value(0).toInt(), 1);
    QTest::mousePress(captions.at(2), Qt::LeftButton, {}, { 20, 10 });
    const QPoint target = board.pane(0)->geometry().center();
    QTest::mouseRelease(captions.at(2), Qt::LeftButton, {}, captions.at(2)->mapFrom(&board, target));
    QCOMPARE(moved.value(0), (QVariantList { 2, 0 }));
    QTest::mouseClick(captions.at(1), Qt::LeftButton, {}, { 20, 10 });
    QCOMPARE(moved.size(), 1);
    QCOMPARE(board.active(), 1);
    board.setClosable(false);
    QVERIFY(!button->isVisible());
}

void TestCompareBoard::ghostAndLoupeAreAtTheSamePoint()
{
    CompareBoard board;
    board.setSubjects(subjectsOf({ pictureOf(shaded({ 1024, 1024 })), pictureOf(shaded({ 4096, 4096 })) }));
    show(board);
    const QImage before = painted(*board.pane(1)), own = painted(*board.pane(0));
    const QPoint cursor = board.pane(0)->geometry().center() + QPoint(30, -20);
    QTest::mouseMove(&board, cursor);
    QVERIFY(painted(*board.pane(1)) != before);
    QCOMPARE(painted(*board.pane(0)), own); // there the pointer itself is
    board.setLoupe(true);
    const double ratio = board.devicePixelRatioF();
    const QPointF inPane = QPointF(cursor - board.pane(0)->geometry().topLeft()) * ratio;
    const QPointF scene = board.viewports().toScene(0, inPane);
    for (int number = 0; number < 2; ++number) {
        const QImage shot = painted(*board.pane(number));
        const QPoint middle = board.viewports().toView(number, scene).toPoint();
        const QPointF there = shadeOf(shot.pixel(middle));
        QVERIFY(std::abs(there.x() - scene.x()) < 0.01 && std::abs(there.y() - scene.y()) < 0.01);
        // Beside the middle it is magnified: less of the scene for as many pixels.
        const QPointF aside = shadeOf(shot.pixel(middle + QPoint(40, 0)));
        const double plain = 40 / board.viewports().pictureRect(number).width();
        QVERIFY2(aside.x() - there.x() < plain * 0.7, qPrintable(QString::number((aside.x() - there.x()) / plain)));
    }
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&board, &leave);
    board.setLoupe(false);
    QCOMPARE(painted(*board.pane(1)), before);
}

void TestCompareBoard::swipeAndItsLine()
{
    QImage red(600, 600, QImage::Format_RGB32), blue = red;
    red.fill(Qt::red);
    blue.fill(Qt::blue);
    CompareBoard board;
    board.setSubjects(subjectsOf({ pictureOf(red), pictureOf(blue) }));
    show(board, { 400, 400 });
    board.setLens(LensState { Lens::SwipeAcross, 0.25, false });
    QVERIFY(!board.pane(1)->isVisible());
    const double ratio = board.devicePixelRatioF();
    const auto at = [&](int x, int y) { return painted(*board.pane(0)).pixelColor(int(x * ratio), int(y * ratio)); };
    QCOMPARE(at(50, 200), QColor(Qt::red));
    QCOMPARE(at(150, 200), QColor(Qt::blue));
    QSignalSpy moved(&board, &CompareBoard::swipeMoved);
    QTest::mousePress(&board, Qt::LeftButton, {}, { 101, 200 });
    QTest::mouseMove(&board, { 300, 200 });
    QTest::mouseRelease(&board, Qt::LeftButton, {}, { 300, 200 });
    QCOMPARE(moved.last().at(0).toDouble(), 0.75);
    board.setLens(LensState { Lens::SwipeDown, 0.25, false });
    QCOMPARE(at(200, 50), QColor(Qt::red));
    QCOMPARE(at(200, 150), QColor(Qt::blue));
    // Shift moves the second over the first.
    board.zoomTo(2);
    QTest::keyClick(board.pane(0), Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(board.viewports().panes()[0].offset.isNull());
    QVERIFY(!board.viewports().panes()[1].offset.isNull());
}

void TestCompareBoard::lensKeepsTheLook()
{
    CompareBoard board;
    board.setSubjects(subjectsOf({ chart({ 1024, 1024 }), chart({ 2048, 2048 }), chart({ 1024, 1024 }) }));
    show(board);
    board.zoomTo(2);
    QTest::keyClick(board.pane(0), Qt::Key_Right);
    const QPointF middle = board.viewports().toScene(0, board.viewports().viewCentre(0));
    for (const Lens lens : { Lens::SwipeAcross, Lens::Onion, Lens::Flicker }) {
        board.setLens(LensState { lens, 0.5, false }, 0, 1);
        QCOMPARE(board.viewports().scale(0), 2.0);
        QCOMPARE(board.viewports().scale(1), 1.0);
        QCOMPARE(board.viewports().toScene(0, board.viewports().viewCentre(0)), middle);
        QCOMPARE(QApplication::focusWidget(), board.pane(0));
    }
    board.setLens({});
    QCOMPARE(board.viewports().count(), 3);
    QCOMPARE(board.viewports().toScene(2, board.viewports().viewCentre(2)), middle);
}

void TestCompareBoard::differenceIsSeenWholeAndSmall()
{
    const QImage one = charted({ 4096, 4096 });
    QImage other = one.copy();
    other.setPixel(1777, 3001, other.pixel(1777, 3001) ^ 0x010101);
    CompareBoard board;
    board.setSubjects(subjectsOf({ pictureOf(one), pictureOf(other) }));
    show(board, { 300, 300 });
    board.setLens(LensState { Lens::Difference, 0.5, false });
    const PictureDifference found = differenceOf(one, other);
    board.setDifference(std::make_shared<const PictureLevels>(differenceLevels(found.image, 128)));
    const QImage shot = painted(*board.pane(0));
    const QPointF at = board.viewports().toView(0, { 1777.5 / 4096, 3001.5 / 4096 });
    int brightest = 0, lit = 0;
    for (int y = 6; y < shot.height() - 6; ++y) { // within the ring of the keyboard
        for (int x = 6; x < shot.width() - 6; ++x) {
            const int grey = qGray(shot.pixel(x, y));
            lit += grey > 30;
            if ((QPointF(x, y) - at).manhattanLength() <= 3)
                brightest = std::max(brightest, grey);
        }
    }
    QVERIFY2(brightest >= 127, qPrintable(QString::number(brightest)));
    QVERIFY2(lit > 0 && lit <= 16, qPrintable(QString::number(lit)));
    board.showPlace({ 1777.5 / 4096, 3001.5 / 4096 }, 8);
    const QImage near = painted(*board.pane(0));
    QCOMPARE(qGray(near.pixel(near.rect().center())), 128);
}

void TestCompareBoard::transparencyHasItsBackdrop()
{
    QImage clear(500, 500, QImage::Format_ARGB32_Premultiplied);
    clear.fill(Qt::transparent);
    CompareBoard board;
    board.setSubjects(subjectsOf({ pictureOf(clear), chart({ 512, 512 }) }));
    show(board);
    board.setBackdrop(Backdrop::White);
    const QImage shot = painted(*board.pane(0));
    QCOMPARE(shot.pixelColor(shot.width() / 2, shot.height() / 2), QColor(Qt::white));
}

void TestCompareBoard::largestBesideSmallest()
{
    CompareBoard board;
    board.setSubjects(subjectsOf({ chart({ 12288, 1536 }), chart({ 512, 512 }) }));
    show(board, { 900, 700 });
    const double ratio = board.devicePixelRatioF();
    for (int number = 0; number < 2; ++number) {
        const QRectF shown = board.viewports().pictureRect(number);
        QVERIFY(QRectF(QPointF(), QSizeF(board.pane(number)->deviceSize())).adjusted(-1, -1, 1, 1).contains(shown));
        QVERIFY2(shown.width() * shown.height() > 250 * 250 * ratio, "wasted");
    }
    board.setActive(0);
    board.zoomTo(32);
    QCOMPARE(board.viewports().scale(1), 32.0 * 8);
    const QPointF middle = board.viewports().toScene(0, board.viewports().viewCentre(0));
    for (int number = 0; number < 2; ++number) {
        const QImage shot = painted(*board.pane(number));
        const QPointF seen = placeOf(shot.pixel(shot.width() / 2, shot.height() / 2));
        QVERIFY(std::abs(seen.x() - middle.x()) < 0.003 && std::abs(seen.y() - middle.y()) < 0.003);
    }
}

QTEST_MAIN(TestCompareBoard)
#include "tst_compareboard.moc"
