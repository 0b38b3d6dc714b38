#include "panegrid.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

using Boxes = std::vector<QSizeF>;

QSizeF boxOf(double ratio)
{
    return { std::sqrt(ratio), 1 / std::sqrt(ratio) };
}

double magnification(const Boxes &boxes, const std::vector<QRect> &panes)
{
    double least = 1e9;
    for (size_t number = 0; number < boxes.size(); ++number)
        least = std::min({ least, panes[number].width() / boxes[number].width(), panes[number].height() / boxes[number].height() });
    return least;
}

} // namespace

class TestPaneGrid : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void panesFillTheArea();
    void arranges_data();
    void arranges();
    void isNeverWorseThanAPlainGrid();
    void headersCostRoom();
};

void TestPaneGrid::panesFillTheArea()
{
    const QRect area(7, 11, 1601, 899);
    for (int count = 1; count <= 9; ++count) {
        Boxes boxes;
        for (int number = 0; number < count; ++number)
            boxes.push_back(boxOf(0.5 + number * 0.4));
        for (const int gap : { 0, 4 }) {
            const std::vector<QRect> panes = paneGrid(boxes, area, gap);
            QCOMPARE(int(panes.size()), count);
            QRegion all;
            qint64 pixels = 0;
            for (const QRect &pane : panes) {
                QVERIFY(area.contains(pane));
                QVERIFY(!all.intersects(pane));
                all += pane;
                pixels += qint64(pane.width()) * pane.height();
            }
            QCOMPARE(all.boundingRect(), area);
            if (gap == 0)
                QCOMPARE(pixels, qint64(area.width()) * area.height());
        }
    }
    QVERIFY(paneGrid({}, area, 4).empty());
}

void TestPaneGrid::arranges_data()
{
    QTest::addColumn<Boxes>("boxes");
    QTest::addColumn<QSize>("area");
    QTest::addColumn<QList<int>>("rows"); // panes in each
    const QSizeF square(1, 1), wide = boxOf(16.0 / 9), tall = boxOf(9.0 / 16), banner = boxOf(8);
    QTest::newRow("two squares in a wide view") << Boxes { square, square } << QSize(1600, 900) << QList<int> { 2 };
    QTest::newRow("two wide ones in a square") << Boxes { wide, wide } << QSize(800, 800) << QList<int> { 1, 1 };
    QTest::newRow("two tall ones") << Boxes { tall, tall } << QSize(1600, 900) << QList<int> { 2 };
    QTest::newRow("four squares") << Boxes { square, square, square, square } << QSize(1000, 1000) << QList<int> { 2, 2 };
    QTest::newRow("four wide ones") << Boxes { wide, wide, wide, wide } << QSize(1600, 900) << QList<int> { 2, 2 };
    QTest::newRow("nine wide ones") << Boxes(9, wide) << QSize(1600, 900) << QList<int> { 3, 3, 3 };
    QTest::newRow("banners under each other") << Boxes { banner, banner, banner } << QSize(1600, 900) << QList<int> { 1, 1, 1 };
    QTest::newRow("a banner and a square") << Boxes { banner, square } << QSize(1600, 900) << QList<int> { 1, 1 };
}

void TestPaneGrid::arranges()
{
    QFETCH(Boxes, boxes);
    QFETCH(QSize, area);
    QFETCH(QList<int>, rows);
    QList<int> found;
    int top = -1;
    for (const QRect &pane : paneGrid(boxes, QRect(QPoint(), area), 4)) {
        if (pane.top() != top)
            found << 0;
        top = pane.top();
        ++found.back();
    }
    QCOMPARE(found, rows);
}

void TestPaneGrid::isNeverWorseThanAPlainGrid()
{
    for (const QSize area : { QSize(1600, 900), QSize(600, 900), QSize(900, 900) }) {
        for (size_t count = 2; count <= 9; ++count) {
            Boxes boxes;
            for (size_t number = 0; number < count; ++number)
                boxes.push_back(boxOf(number % 3 == 0 ? 1 : number % 3 == 1 ? 16.0 / 9 : 2.0 / 3));
            const double ours = magnification(boxes, paneGrid(boxes, QRect(QPoint(), area), 0));
            for (size_t columns = 1; columns <= count; ++columns) {
                const size_t lines = (count + columns - 1) / columns;
                const std::vector<QRect> plain(count, QRect(0, 0, area.width() / int(columns), area.height() / int(lines)));
                QVERIFY2(ours >= magnification(boxes, plain) * 0.99,
                         qPrintable(u"%1 in %2 columns of %3"_s.arg(count).arg(columns).arg(area.width())));
            }
        }
    }
}

void TestPaneGrid::headersCostRoom()
{
    // Without headers three in a row would be a little smaller than in two; with them each row costs one.
    const Boxes boxes(3, QSizeF(1, 1));
    const auto rowsWith = [&boxes](int header) {
        const std::vector<QRect> panes = paneGrid(boxes, QRect(0, 0, 600, 420), 0, header);
        return panes.front().top() == panes.back().top() ? 1 : 2;
    };
    QCOMPARE(rowsWith(0), 2);
    QCOMPARE(rowsWith(40), 1);
    const std::vector<QRect> panes = paneGrid({ { 1, 1 }, { 4, 1 } }, QRect(0, 0, 400, 540), 4, 20);
    QCOMPARE(panes.front().height() + panes.back().height() + 4, 540);
}

QTEST_APPLESS_MAIN(TestPaneGrid)
#include "tst_panegrid.moc"
