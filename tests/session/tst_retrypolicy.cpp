#include "retrypolicy.h"

#include <QTest>

using namespace plantain;
using namespace std::chrono_literals;

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesToAMinute_data()
    {
        QTest::addColumn<int>("attempt");
        QTest::addColumn<double>("random");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("first, middle") << 1 << 0.5 << qint64(500);
        QTest::newRow("first, least") << 1 << 0.0 << qint64(375);
        QTest::newRow("second") << 2 << 0.5 << qint64(1000);
        QTest::newRow("third") << 3 << 0.5 << qint64(2000);
        QTest::newRow("eighth is capped") << 8 << 0.5 << qint64(60'000);
        QTest::newRow("hundredth is capped") << 100 << 0.5 << qint64(60'000);
        QTest::newRow("nonsense") << -3 << 0.5 << qint64(500);
    }

    void doublesToAMinute()
    {
        QFETCH(int, attempt);
        QFETCH(double, random);
        QFETCH(qint64, milliseconds);
        QCOMPARE(qint64(retryDelay(attempt, 0, random).count()), milliseconds);
    }

    void theServersWordWins() { QCOMPARE(retryDelay(1, 7, 0.9), std::chrono::milliseconds(7s)); }
};

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
