#include "pairranking.h"

#include <QTest>

#include <numeric>
#include <random>
#include <set>

using namespace plantain;

namespace {

/// Knows the order; some of the answers slip.
class Judge
{
public:
    Judge(int count, unsigned seed, double slip)
        : m_random(seed)
        , m_slip(slip)
        , m_worth(size_t(count))
    {
        std::iota(m_worth.begin(), m_worth.end(), 0);
        std::shuffle(m_worth.begin(), m_worth.end(), m_random);
    }

    Verdict operator()(PairRanking::Pair pair)
    {
        const bool slips = std::uniform_real_distribution<double>(0, 1)(m_random) < m_slip;
        const bool first = m_worth[size_t(pair.first)] > m_worth[size_t(pair.second)];
        return first != slips ? Verdict::First : Verdict::Second;
    }
    int best() const { return int(std::max_element(m_worth.begin(), m_worth.end()) - m_worth.begin()); }
    int worth(int item) const { return m_worth[size_t(item)]; }

private:
    std::mt19937 m_random;
    double m_slip;
    std::vector<int> m_worth;
};

void askUntilSettled(PairRanking &ranking, Judge &judge)
{
    while (!ranking.isSettled()) {
        const PairRanking::Pair pair = *ranking.next();
        ranking.answer(pair, judge(pair));
    }
}

} // namespace

class TestPairRanking : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheBestOfEight();
    void isNeverWrongWithoutSlips_data();
    void isNeverWrongWithoutSlips();
    void undoRestoresExactly();
    void ranksAfterManyAnswers();
    void whatIsAlikeSharesARank();
    void skippedAndTiedPairsAreNotAskedAgain();
    void bothSidesAreUsed();
    void fewerThanTwo();
};

// The measure: 200 seeds, 5 % of the answers flipped, at most half of the 28 pairs.
void TestPairRanking::findsTheBestOfEight()
{
    constexpr int seeds = 200;
    int right = 0, most = 0;
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        Judge judge(8, seed, 0.05);
        PairRanking ranking(8);
        askUntilSettled(ranking, judge);
        right += ranking.standings().front().item == judge.best();
        most = std::max(most, ranking.answers());
    }
    qInfo("right in %d of %d, at most %d answers", right, seeds, most);
    QVERIFY(right * 100 >= seeds * 95);
    QVERIFY(most * 2 <= PairRanking(8).pairs());
}

void TestPairRanking::isNeverWrongWithoutSlips_data()
{
    QTest::addColumn<int>("count");
    for (const int count : { 2, 3, 5, 8, 11, 16 })
        QTest::newRow(qPrintable(QString::number(count))) << count;
}

void TestPairRanking::isNeverWrongWithoutSlips()
{
    QFETCH(int, count);
    for (unsigned seed = 1; seed <= (count > 8 ? 3 : 20); ++seed) {
        Judge judge(count, seed, 0);
        PairRanking ranking(count);
        askUntilSettled(ranking, judge);
        QCOMPARE(ranking.standings().front().item, judge.best());
        QVERIFY(ranking.answers() <= ranking.mostAnswers());
    }
}

void TestPairRanking::undoRestoresExactly()
{
    Judge judge(8, 3, 0.3);
    PairRanking ranking(8);
    std::vector<std::vector<PairRanking::Standing>> standings;
    std::vector<PairRanking::Pair> asked;
    for (int answer = 0; answer < 12; ++answer) {
        standings.push_back(ranking.standings());
        asked.push_back(*ranking.next());
        if (answer % 4 == 3)
            ranking.skip(asked.back());
        else
            ranking.answer(asked.back(), answer % 5 == 4 ? Verdict::Tie : judge(asked.back()));
    }
    while (ranking.canUndo()) {
        QCOMPARE(ranking.undo(), asked.back());
        QCOMPARE(*ranking.next(), asked.back());
        QVERIFY(ranking.standings() == standings.back());
        asked.pop_back();
        standings.pop_back();
    }
    QVERIFY(asked.empty());
}

void TestPairRanking::ranksAfterManyAnswers()
{
    Judge judge(6, 11, 0);
    PairRanking ranking(6);
    for (int round = 0; round < 3; ++round) {
        for (int one = 0; one < 6; ++one) {
            for (int other = one + 1; other < 6; ++other)
                ranking.answer({ one, other }, judge({ one, other }));
        }
    }
    const auto standings = ranking.standings();
    for (int place = 0; place < 6; ++place) {
        QCOMPARE(judge.worth(standings[size_t(place)].item), 5 - place);
        QCOMPARE(standings[size_t(place)].rank, place + 1);
    }
    QVERIFY(standings.front().best > 0.99);
    QVERIFY(standings.front().spread < PairRanking(6).standings().front().spread);
}

void TestPairRanking::whatIsAlikeSharesARank()
{
    PairRanking ranking(3);
    for (int round = 0; round < 5; ++round) {
        ranking.answer({ 0, 1 }, Verdict::Tie);
        ranking.answer({ 0, 2 }, Verdict::First);
        ranking.answer({ 2, 1 }, Verdict::Second);
    }
    const auto standings = ranking.standings();
    QCOMPARE(standings[0].rank, 1);
    QCOMPARE(standings[1].rank, 1);
    QCOMPARE(standings[2].rank, 3);
    QCOMPARE(standings[2].item, 2);
}

void TestPairRanking::skippedAndTiedPairsAreNotAskedAgain()
{
    PairRanking ranking(4);
    std::set<PairRanking::Pair> seen;
    for (int question = 0; question < 6; ++question) {
        const PairRanking::Pair pair = *ranking.next();
        QVERIFY(seen.insert(std::minmax(pair.first, pair.second)).second);
        if (question % 2)
            ranking.skip(pair);
        else
            ranking.answer(pair, Verdict::Tie);
    }
    QVERIFY(ranking.next().has_value()); // there is no other left
    QCOMPARE(ranking.answers(), 3);
}

void TestPairRanking::bothSidesAreUsed()
{
    Judge judge(8, 5, 0);
    PairRanking ranking(8);
    int left = 0;
    while (!ranking.isSettled()) {
        const PairRanking::Pair pair = *ranking.next();
        const Verdict verdict = judge(pair);
        left += verdict == Verdict::First;
        ranking.answer(pair, verdict);
    }
    QVERIFY(left > 2);
    QVERIFY(left < ranking.answers() - 2);
}

void TestPairRanking::fewerThanTwo()
{
    QVERIFY(PairRanking(0).isSettled());
    QVERIFY(!PairRanking(0).next());
    QVERIFY(PairRanking(0).standings().empty());
    QVERIFY(PairRanking(1).isSettled());
    QCOMPARE(PairRanking(1).standings().front().rank, 1);
}

QTEST_GUILESS_MAIN(TestPairRanking)
#include "tst_pairranking.moc"
