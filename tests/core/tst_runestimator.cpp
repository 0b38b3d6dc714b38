#include "runestimator.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

RunTraits traits(const QString &resolution, int references = 0, const QString &thinking = {},
                 const QString &endpoint = u"house/drawing"_s, const QString &server = u"fal"_s)
{
    return { server, { endpoint }, resolution, references, thinking };
}

RunEstimator taught(const RunTraits &of, std::initializer_list<double> seconds)
{
    RunEstimator estimator;
    for (const double sample : seconds)
        estimator.add(of, sample);
    return estimator;
}

} // namespace

class TestRunEstimator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingAtFirst()
    {
        QVERIFY(!RunEstimator().estimate(traits(u"1K"_s)));
        QVERIFY(!taught(traits(u"1K"_s), { 10, 10 }).estimate(traits(u"1K"_s)));
    }

    void medianAndP90OfTheSameKind()
    {
        const RunTraits kind = traits(u"2K"_s, 3, u"high"_s);
        const auto estimate = taught(kind, { 10, 1, 9, 2, 8, 3, 7, 4, 6, 5 }).estimate(kind);
        QVERIFY(estimate);
        QCOMPARE(estimate->median, 5.0);
        QCOMPARE(estimate->p90, 9.0);
    }

    void theSameKindWinsOverTheSameResolution()
    {
        RunEstimator estimator = taught(traits(u"1K"_s), { 10, 10, 10, 10, 10, 10 });
        for (int run = 0; run < RunEstimator::enoughAlike; ++run) {
            QCOMPARE(estimator.estimate(traits(u"1K"_s, 4))->median, 10.0);
            estimator.add(traits(u"1K"_s, 4), 30);
        }
        QCOMPARE(estimator.estimate(traits(u"1K"_s, 4))->median, 30.0);
        QCOMPARE(estimator.estimate(traits(u"1K"_s))->median, 10.0);
    }

    void scalesByThePriors_data()
    {
        QTest::addColumn<QString>("learnt");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<double>("seconds");
        QTest::addColumn<double>("median");
        QTest::addColumn<double>("p90");
        QTest::newRow("1K to 2K") << u"1K"_s << u"2K"_s << 10.0 << 17.5 << 20.0;
        QTest::newRow("1K to 4K") << u"1K"_s << u"4K"_s << 10.0 << 25.0 << 30.0;
        QTest::newRow("4K to 1K") << u"4K"_s << u"1K"_s << 25.0 << 10.0 << 10.0;
        QTest::newRow("a resolution nobody knows") << u"1K"_s << u"16K"_s << 10.0 << 10.0 << 10.0;
    }

    void scalesByThePriors()
    {
        QFETCH(QString, learnt);
        QFETCH(QString, asked);
        QFETCH(double, seconds);
        const auto estimate = taught(traits(learnt), { seconds, seconds, seconds }).estimate(traits(asked));
        QVERIFY(estimate);
        QTEST(estimate->median, "median");
        QTEST(estimate->p90, "p90");
    }

    void anotherEndpointOfTheServerIsBetterThanNothing()
    {
        const RunEstimator estimator = taught(traits(u"1K"_s), { 12, 12, 12 });
        QCOMPARE(estimator.estimate(traits(u"1K"_s, 0, {}, u"house/other"_s))->median, 12.0);
        QVERIFY(!estimator.estimate(traits(u"1K"_s, 0, {}, u"house/drawing"_s, u"sandbox"_s)));
    }

    void nonsenseIsNotLearnt()
    {
        QVERIFY(!taught(traits(u"1K"_s), { 0, -1, 1e9, 0, 0 }).estimate(traits(u"1K"_s)));
    }

    void oldRunsAreForgotten()
    {
        RunEstimator estimator;
        for (int run = 0; run < 300; ++run)
            estimator.add(traits(u"1K"_s), 100);
        for (int run = 0; run < 300; ++run)
            estimator.add(traits(u"1K"_s), 1);
        QCOMPARE(estimator.estimate(traits(u"1K"_s))->p90, 1.0);
    }

    void whatARecordTells()
    {
        RunRecord record;
        record.server = u"fal"_s;
        record.endpoint = { u"house/drawing"_s };
        record.input = Json { { "prompt", "a plantain" } };
        QCOMPARE(traitsOf(record), traits(u"1K"_s));
        record.input = Json { { "resolution", "4K" }, { "thinking_level", "high" } };
        record.references.resize(2);
        QCOMPARE(traitsOf(record), traits(u"4K"_s, 2, u"high"_s));
        QVERIFY(!workSecondsOf(record));
        record.startedAt = QDateTime::fromSecsSinceEpoch(100);
        record.completedAt = QDateTime::fromMSecsSinceEpoch(112'500);
        QCOMPARE(workSecondsOf(record), std::optional(12.5));
        record.inferenceSeconds = 11.0; // the server's own word
        QCOMPARE(workSecondsOf(record), std::optional(11.0));
    }
};

QTEST_APPLESS_MAIN(TestRunEstimator)
#include "tst_runestimator.moc"
