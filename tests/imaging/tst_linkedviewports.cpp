#include "linkedviewports.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

using Sizes = std::vector<QSize>;

LinkedViewports linked(const Sizes &pictures, QSize view)
{
    std::vector<LinkedViewports::Pane> panes;
    for (const QSize picture : pictures)
        panes.push_back({ picture, view, {} });
    LinkedViewports made;
    made.setPanes(panes);
    return made;
}

bool within(QPointF one, QPointF other, double distance)
{
    return std::abs(one.x() - other.x()) <= distance && std::abs(one.y() - other.y()) <= distance;
}

/// The pixel of its picture that a pane shows at a point, as fractions of its sides.
QPointF shownAt(const LinkedViewports &views, int pane, QPointF inView)
{
    const QRectF rect = views.pictureRect(pane);
    return { (inView.x() - rect.x()) / rect.width(), (inView.y() - rect.y()) / rect.height() };
}

} // namespace

class TestLinkedViewports : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void scenePointAgrees_data();
    void scenePointAgrees();
    void fitShowsAllOfEvery();
    void hundredPercentIsSharpInAll();
    void smallPicturesAreEnlargedBesideLargeOnesAlone();
    void oneMovesAloneAndKeepsIt();
    void panEndsAtTheEdgesOfTheLargest();
    void zoomHasLimits();
    void steppingKeepsTheLook();
    void nothingToShow();
};

void TestLinkedViewports::scenePointAgrees_data()
{
    QTest::addColumn<Sizes>("pictures");
    QTest::newRow("1K and 4K") << Sizes { { 1024, 1024 }, { 4096, 4096 } };
    QTest::newRow("16:9 and 1:1") << Sizes { { 1376, 768 }, { 1024, 1024 } };
    QTest::newRow("upright and turned") << Sizes { { 3072, 5504 }, { 5504, 3072 } };
    QTest::newRow("8:1 and 512") << Sizes { { 12288, 1536 }, { 512, 512 } };
    QTest::newRow("four of all kinds") << Sizes { { 4096, 4096 }, { 1376, 768 }, { 768, 1376 }, { 333, 2001 } };
}

// Over random zooms, pans and moves alone: what lay under the cursor in any pane lies there still after a zoom, in that
// pane and at the same point of the scene in every other, and a pan takes it along with the hand.
void TestLinkedViewports::scenePointAgrees()
{
    QFETCH(Sizes, pictures);
    QRandomGenerator random(20261128); // fixed, so that a failure can be had again
    const QSize view(797, 443);
    LinkedViewports views = linked(pictures, view);
    const auto count = int(pictures.size());
    int held = 0;
    for (int round = 0; round < 4000; ++round) {
        const int pane = int(random.bounded(count));
        const QPointF cursor(random.bounded(double(view.width())), random.bounded(double(view.height())));
        const QPointF scene = views.toScene(pane, cursor);
        std::vector<QPointF> before, seen;
        for (int other = 0; other < count; ++other) {
            before.push_back(views.toView(other, scene));
            seen.push_back(shownAt(views, other, before.back()));
        }
        if (round % 3 == 0) {
            views.panAlone(pane, { random.bounded(40.0) - 20, random.bounded(40.0) - 20 });
        } else if (round % 3 == 1) {
            const QPointF by(random.bounded(300.0) - 150, random.bounded(300.0) - 150);
            const QPointF place = views.toView(pane, scene);
            views.pan(pane, by);
            const QPointF moved = views.toView(pane, scene) - place;
            QVERIFY(std::abs(moved.x()) <= std::abs(by.x()) + 1e-6 && std::abs(moved.y()) <= std::abs(by.y()) + 1e-6);
        } else {
            views.zoomTo(pane, views.scale(pane) * std::pow(1.2, random.bounded(6.0) - 2.5), cursor);
            const bool all = views.scale(pane) * nominalSide(pictures[size_t(pane)]) <= nominalSide({ 1, 1 });
            QVERIFY(!all);
            for (int other = 0; other < count; ++other) {
                if (!views.canPan())
                    continue; // it is seen whole, in the middle
                QVERIFY2(within(views.toView(other, scene), before[size_t(other)], 1e-6), "the point has left its place");
                ++held;
            }
        }
        // Whatever happened: one point of the scene is the same pixel of each picture, its own offset aside.
        for (int other = 0; other < count; ++other) {
            const QPointF at = views.toView(other, scene);
            const QPointF offset = views.panes()[size_t(other)].offset;
            const QSizeF shown = views.pictureRect(other).size();
            const QPointF away = shownAt(views, other, at) - (scene + offset);
            QVERIFY(std::abs(away.x()) * shown.width() < 1 && std::abs(away.y()) * shown.height() < 1);
        }
    }
    QVERIFY(held > 1000);
}

void TestLinkedViewports::fitShowsAllOfEvery()
{
    const Sizes pictures { { 4096, 4096 }, { 1376, 768 }, { 12288, 1536 } };
    LinkedViewports views = linked(pictures, { 500, 400 });
    int touching = 0;
    for (int pane = 0; pane < 3; ++pane) {
        const QRectF rect = views.pictureRect(pane);
        QVERIFY(QRectF(0, 0, 500, 400).adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(rect));
        QVERIFY(within(rect.center(), { 250, 200 }, 1e-6));
        touching += std::abs(rect.width() - 500) < 1e-6 || std::abs(rect.height() - 400) < 1e-6;
    }
    QCOMPARE(touching, 1);
}

void TestLinkedViewports::hundredPercentIsSharpInAll()
{
    // Of every ratio a model makes 1K of a few pixels more or less.
    LinkedViewports views = linked({ { 1376, 768 }, { 1024, 1024 }, { 768, 1376 }, { 1584, 672 }, { 4096, 4096 } }, { 300, 300 });
    views.zoomTo(1, 1, { 10, 20 });
    for (int pane = 0; pane < 4; ++pane)
        QCOMPARE(views.scale(pane), 1.0);
    QCOMPARE(views.scale(4), 0.25);
    // And two of the same unusual size.
    views = linked({ { 1200, 801 }, { 801, 1200 } }, { 300, 300 });
    views.zoomTo(0, 1, { 10, 20 });
    QCOMPARE(views.scale(1), 1.0);
}

void TestLinkedViewports::smallPicturesAreEnlargedBesideLargeOnesAlone()
{
    QCOMPARE(linked({ { 200, 200 }, { 200, 100 } }, { 800, 800 }).scale(0), 1.0);
    const LinkedViewports views = linked({ { 256, 256 }, { 4096, 4096 } }, { 800, 800 });
    QCOMPARE(views.pictureRect(0), views.pictureRect(1));
    QCOMPARE(views.pictureRect(1).width(), 800.0);
}

void TestLinkedViewports::oneMovesAloneAndKeepsIt()
{
    LinkedViewports views = linked({ { 1024, 1024 }, { 2048, 2048 } }, { 400, 400 });
    views.zoomTo(0, 2, { 200, 200 });
    const QPointF first = views.pictureRect(0).topLeft(), second = views.pictureRect(1).topLeft();
    views.panAlone(1, { 30, -12 });
    QCOMPARE(views.pictureRect(0).topLeft(), first);
    QVERIFY(within(views.pictureRect(1).topLeft(), second + QPointF(30, -12), 1e-9));
    QVERIFY(views.hasOffsets());
    views.pan(0, { -17, 5 });
    QVERIFY(within(views.pictureRect(1).topLeft() - views.pictureRect(0).topLeft(), second - first + QPointF(30, -12), 1e-9));
    views.zoomTo(0, 4, { 200, 200 }); // twice as large: twice as far
    QVERIFY(within(views.pictureRect(1).topLeft() - views.pictureRect(0).topLeft(), { 60, -24 }, 1e-9));
    views.resetOffsets();
    QVERIFY(!views.hasOffsets());
    QCOMPARE(views.pictureRect(0).topLeft(), views.pictureRect(1).topLeft());
}

void TestLinkedViewports::panEndsAtTheEdgesOfTheLargest()
{
    LinkedViewports views = linked({ { 2048, 2048 }, { 2896, 1448 } }, { 600, 600 });
    views.zoomTo(0, 1, { 300, 300 });
    views.pan(0, { 1e6, 1e6 });
    // The one that reaches farther shows its edge, and goes no farther.
    QVERIFY(std::abs(std::max(views.pictureRect(0).left(), views.pictureRect(1).left())) < 700);
    QVERIFY(std::min(views.pictureRect(0).left(), views.pictureRect(1).left()) <= 1e-6);
    const QRectF before = views.pictureRect(1);
    views.pan(0, { 50, 50 });
    QCOMPARE(views.pictureRect(1), before);
}

void TestLinkedViewports::zoomHasLimits()
{
    LinkedViewports views = linked({ { 4096, 4096 }, { 512, 512 } }, { 400, 400 });
    for (int step = 0; step < 60; ++step)
        views.zoomStep(0, 1, { 17, 390 });
    QCOMPARE(views.scale(0), 32.0);
    bool fitted = false, whole = false;
    const double fit = 400.0 / 4096;
    for (int step = 0; step < 60; ++step) {
        views.zoomStep(0, -1, { 390, 3 });
        fitted = fitted || qFuzzyCompare(views.scale(0), fit);
        whole = whole || views.scale(0) == 1;
    }
    QVERIFY(fitted && whole);
    QVERIFY(within(views.pictureRect(0).center(), { 200, 200 }, 1e-6));
    views.toggle(1, { 200, 200 });
    QVERIFY(views.isFitted());
    views.toggle(1, { 200, 200 });
    QCOMPARE(views.scale(1), 1.0);
}

void TestLinkedViewports::steppingKeepsTheLook()
{
    LinkedViewports views = linked({ { 4096, 4096 }, { 1024, 1024 } }, { 400, 400 });
    views.zoomTo(0, 1, { 100, 120 });
    const QPointF scene = views.toScene(0, { 200, 200 });
    auto panes = views.panes();
    panes[1].picture = { 2048, 2048 };
    views.setPanes(panes);
    QCOMPARE(views.scale(0), 1.0);
    QCOMPARE(views.scale(1), 2.0);
    QVERIFY(within(views.toScene(1, { 200, 200 }), scene, 1e-9));
    panes.resize(1);
    views.setPanes(panes);
    QCOMPARE(views.scale(0), 1.0);
}

void TestLinkedViewports::nothingToShow()
{
    LinkedViewports views = linked({ {}, { 10, 10 } }, {});
    views.zoomTo(0, 2, {});
    views.zoomStep(1, 2, {});
    views.pan(0, { 3, 3 });
    views.panAlone(0, { 3, 3 });
    views.toggle(0, {});
    QCOMPARE(views.scale(0), 0.0);
    QVERIFY(views.pictureRect(0).isEmpty());
    views = linked({ {}, { 1024, 1024 } }, { 100, 100 }); // one is not known yet
    QCOMPARE(views.pictureRect(1).size(), QSizeF(100, 100));
    QVERIFY(!LinkedViewports().canPan());
}

QTEST_APPLESS_MAIN(TestLinkedViewports)
#include "tst_linkedviewports.moc"
