#include "thumbnailplan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

class TestThumbnailPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void order_data();
    void order();
};

void TestThumbnailPlan::order_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QString>("expected");
    QTest::newRow("in the middle") << 10 << 12 << 100 << u"10 11 12 13 14 15 9 8 7"_s;
    QTest::newRow("at the top") << 0 << 2 << 100 << u"0 1 2 3 4 5"_s;
    QTest::newRow("at the end") << 97 << 99 << 100 << u"97 98 99 96 95 94"_s;
    QTest::newRow("all visible") << 0 << 2 << 3 << u"0 1 2"_s;
    QTest::newRow("rows went away") << 2 << 9 << 4 << u"2 3 1 0"_s;
    QTest::newRow("one row") << 0 << 0 << 1 << u"0"_s;
    QTest::newRow("nothing visible") << 0 << -1 << 100 << QString();
    QTest::newRow("empty") << 0 << 5 << 0 << QString();
    QTest::newRow("before the first") << -3 << 1 << 3 << u"0 1 2"_s;
}

void TestThumbnailPlan::order()
{
    QFETCH(int, first);
    QFETCH(int, last);
    QFETCH(int, rows);
    QFETCH(QString, expected);
    QStringList order;
    for (const int row : thumbnailOrder(first, last, rows))
        order << QString::number(row);
    QCOMPARE(order.join(u' '), expected);
}

QTEST_GUILESS_MAIN(TestThumbnailPlan)
#include "tst_thumbnailplan.moc"
