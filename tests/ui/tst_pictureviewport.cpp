#include "pictureviewport.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

bool close(QPointF one, QPointF other, double within)
{
    return std::abs(one.x() - other.x()) <= within && std::abs(one.y() - other.y()) <= within;
}

PictureViewport viewport(QSize picture, QSize view)
{
    PictureViewport made;
    made.setPicture(picture);
    made.setView(view);
    return made;
}

} // namespace

class TestPictureViewport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fits_data();
    void fits();
    void pointUnderTheCursorStays();
    void panEndsAtTheEdges();
    void smallPicturesLieInTheMiddle();
    void ladderLeadsPastFitAndOne();
    void togglesAtThePoint();
    void looksAreExchanged();
    void resizingKeepsTheMiddle();
    void nothingToShow();
};

void TestPictureViewport::fits_data()
{
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<QRectF>("rect");
    QTest::newRow("square") << QSize(4096, 4096) << QRectF(350, 0, 900, 900);
    QTest::newRow("wide") << QSize(12288, 1536) << QRectF(0, 350, 1600, 200);
    QTest::newRow("tall") << QSize(300, 1800) << QRectF(725, 0, 150, 900);
    QTest::newRow("small is not enlarged") << QSize(200, 100) << QRectF(700, 400, 200, 100);
}

void TestPictureViewport::fits()
{
    QFETCH(QSize, picture);
    const PictureViewport port = viewport(picture, { 1600, 900 });
    QVERIFY(port.isFitted());
    QTEST(port.pictureRect(), "rect");
    QVERIFY(!port.canPanAcross());
    QVERIFY(!port.canPanDown());
}

void TestPictureViewport::pointUnderTheCursorStays()
{
    QRandomGenerator random(20260718); // fixed, so that a failure can be had again
    const std::initializer_list<QSize> sizes { { 4096, 4096 }, { 12288, 1536 }, { 640, 480 }, { 333, 2001 } };
    int held = 0;
    for (const QSize size : sizes) {
        PictureViewport port = viewport(size, { 1237, 811 });
        for (int round = 0; round < 2000; ++round) {
            QPointF cursor(random.bounded(1237.0), random.bounded(811.0));
            if (!port.pictureRect().contains(cursor))
                cursor = port.pictureRect().center();
            const QPointF under = port.toPicture(cursor);
            const double factor = std::pow(1.2, random.bounded(6.0) - 2.5);
            port.zoomTo(port.scale() * factor, cursor);
            QVERIFY(port.scale() >= std::min(PictureViewport::leastScale, port.fitScale()));
            QVERIFY(port.scale() <= PictureViewport::mostScale);
            if (port.scale() > port.fitScale()) {
                QVERIFY(close(port.toView(under), cursor, 1e-6));
                ++held;
            } else {
                QVERIFY(close(port.pictureRect().center(), { 1237 / 2.0, 811 / 2.0 }, 1e-6));
                port.fit();
            }
            // Something of it is always to be seen.
            QVERIFY(port.pictureRect().intersects(QRectF(0, 0, 1237, 811)));
        }
    }
    QVERIFY(held > 3000);
}

void TestPictureViewport::panEndsAtTheEdges()
{
    QRandomGenerator random(7);
    PictureViewport port = viewport({ 2000, 1500 }, { 800, 600 });
    port.zoomTo(1.5);
    for (int round = 0; round < 500; ++round) {
        port.pan({ random.bounded(1000.0) - 500, random.bounded(1000.0) - 500 });
        const QRectF rect = port.pictureRect();
        QVERIFY(rect.left() <= 1e-6 && rect.top() <= 1e-6 && rect.right() >= 800 - 1e-6 && rect.bottom() >= 600 - 1e-6);
    }
    port.pan({ 1e6, 1e6 });
    QVERIFY(close(port.pictureRect().topLeft(), { 0, 0 }, 1e-6));
    const QPointF under = port.toPicture({ 400, 300 });
    port.pan({ -50, -30 });
    QVERIFY(close(port.toView(under), { 350, 270 }, 1e-6)); // by just so much
}

void TestPictureViewport::smallPicturesLieInTheMiddle()
{
    PictureViewport port = viewport({ 1000, 100 }, { 800, 600 });
    port.zoomTo(1);
    QVERIFY(port.canPanAcross());
    QVERIFY(!port.canPanDown());
    port.pan({ 20, 40 });
    QVERIFY(close(port.pictureRect().center(), { 420, 300 }, 1e-6));
}

void TestPictureViewport::ladderLeadsPastFitAndOne()
{
    PictureViewport port = viewport({ 4096, 4096 }, { 1600, 900 });
    QVector<double> seen;
    for (int step = 0; step < 40; ++step) {
        seen += port.scale();
        port.zoomStep(1, { 800, 450 });
    }
    QCOMPARE(port.scale(), PictureViewport::mostScale);
    QVERIFY(seen.contains(1.0));
    QVERIFY(seen.contains(port.fitScale()));
    seen.clear();
    for (int step = 0; step < 40; ++step) {
        port.zoomStep(-1, { 800, 450 });
        seen += port.scale();
    }
    QVERIFY(seen.contains(1.0));
    QVERIFY(seen.contains(port.fitScale()));
    QCOMPARE(port.scale(), PictureViewport::leastScale);
}

void TestPictureViewport::togglesAtThePoint()
{
    PictureViewport port = viewport({ 4096, 4096 }, { 1600, 900 });
    const QPointF cursor(700, 400);
    const QPointF under = port.toPicture(cursor);
    port.toggle(cursor);
    QCOMPARE(port.scale(), 1.0);
    QVERIFY(close(port.toView(under), cursor, 1e-6));
    port.toggle(cursor);
    QVERIFY(port.isFitted());
    port.zoomTo(3);
    port.toggle(cursor);
    QVERIFY(port.isFitted());
}

void TestPictureViewport::looksAreExchanged()
{
    PictureViewport one = viewport({ 4096, 2048 }, { 1000, 700 });
    PictureViewport other = viewport({ 2048, 1024 }, { 500, 350 });
    one.zoomTo(1.3, { 200, 300 });
    other.setLook(one.look());
    QCOMPARE(other.scale(), 1.3);
    QVERIFY(close(other.look().centre, one.look().centre, 1e-9));
    one.fit();
    other.setLook(one.look());
    QVERIFY(other.isFitted());
    QCOMPARE(other.scale(), 500.0 / 2048);
}

void TestPictureViewport::resizingKeepsTheMiddle()
{
    PictureViewport port = viewport({ 4096, 4096 }, { 1000, 700 });
    port.zoomTo(1);
    port.pan({ 300, 200 });
    const QPointF middle = port.toPicture({ 500, 350 });
    port.setView({ 600, 900 });
    QVERIFY(close(port.toPicture({ 300, 450 }), middle, 1e-6));
    QCOMPARE(port.scale(), 1.0);
}

void TestPictureViewport::nothingToShow()
{
    PictureViewport port;
    port.zoomTo(2);
    port.pan({ 5, 5 });
    port.zoomStep(3, {});
    port.toggle({});
    QCOMPARE(port.scale(), 0.0);
    QVERIFY(port.pictureRect().isEmpty());
    port.setView({ 100, 100 });
    port.setPicture({ 50, 50 });
    QVERIFY(port.scale() > 0);
}

QTEST_APPLESS_MAIN(TestPictureViewport)
#include "tst_pictureviewport.moc"
