#include "spendtoday.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QTimeZone zone(2 * 3600); // midnight here is 22:00 UTC

QDateTime local(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    time.setTimeZone(zone);
    return time;
}

RunSummary run(const QString &name, const QDateTime &created, std::optional<double> amount, RunState state = RunState::Done,
               bool estimated = false)
{
    RunSummary summary;
    summary.id = { name };
    summary.state = state;
    summary.createdAt = created.toUTC();
    if (amount)
        summary.price = Price { .amount = *amount, .currency = u"USD"_s, .estimated = estimated };
    if (state == RunState::Done)
        summary.imagesGiven = summary.imagesThere = 2;
    return summary;
}

struct Fixture
{
    QDateTime now = local(u"2026-03-02T23:59:00"_s);
    SpendToday spend { nullptr, [this] { return now; } };
};

} // namespace

class TestSpendToday : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsWhatWasCharged()
    {
        Fixture f;
        QCOMPARE(spendText(f.spend.sum()), u"Today: $0.00, 0 pictures"_s);
        QSignalSpy changed(&f.spend, &SpendToday::changed);
        f.spend.take(run(u"a"_s, f.now, 0.16));
        f.spend.take(run(u"b"_s, f.now, 0.32, RunState::Done, true));
        QCOMPARE(changed.size(), 2);
        f.spend.take(run(u"b"_s, f.now, 0.32, RunState::Done, true));
        QCOMPARE(changed.size(), 2);
        QCOMPARE(f.spend.sum(), (DaySpend { .amount = 0.48, .pictures = 4, .estimated = 1 }));
        QCOMPARE(spendText(f.spend.sum()), u"Today: about $0.48, 4 pictures"_s);
        f.spend.take(run(u"b"_s, f.now, 0.31)); // the server has told
        QCOMPARE(spendText(f.spend.sum()), u"Today: $0.47, 4 pictures"_s);
    }

    void onlyWhatMayBeCharged_data()
    {
        QTest::addColumn<RunState>("state");
        QTest::addColumn<int>("httpStatus");
        QTest::addColumn<bool>("counts");
        QTest::newRow("intent") << RunState::Intent << 0 << false;
        QTest::newRow("sending") << RunState::Sending << 0 << true;
        QTest::newRow("accepted") << RunState::Accepted << 0 << true;
        QTest::newRow("done") << RunState::Done << 0 << true;
        QTest::newRow("refused") << RunState::Refused << 422 << false;
        QTest::newRow("cancelled") << RunState::Cancelled << 0 << false;
        QTest::newRow("unknown") << RunState::Unknown << 0 << true;
        QTest::newRow("server's fault") << RunState::Failed << 500 << false;
        QTest::newRow("refused after the work") << RunState::Failed << 422 << true;
        QTest::newRow("result without pictures") << RunState::Failed << 200 << true;
    }

    void onlyWhatMayBeCharged()
    {
        QFETCH(RunState, state);
        QFETCH(int, httpStatus);
        QFETCH(bool, counts);
        Fixture f;
        RunSummary summary = run(u"a"_s, f.now, 0.08, state);
        if (httpStatus > 0)
            summary.error = Error { .kind = ErrorKind::Model, .httpStatus = httpStatus };
        f.spend.take(summary);
        QCOMPARE(f.spend.sum().amount, counts ? 0.08 : 0.0);
    }

    void sandboxIsFreeAndUnknownIsSaid()
    {
        Fixture f;
        f.spend.take(run(u"a"_s, f.now, 0));
        QCOMPARE(spendText(f.spend.sum()), u"Today: $0.00, 2 pictures"_s);
        f.spend.take(run(u"b"_s, f.now, std::nullopt));
        QCOMPARE(spendText(f.spend.sum()), u"Today: $0.00 + 1 of unknown price, 4 pictures"_s);
        QVERIFY(spendExplanation(f.spend.sum()).contains(u"not known"_s));
        f.spend.take(run(u"c"_s, f.now, std::nullopt, RunState::Refused));
        QCOMPARE(f.spend.sum().unknown, 1);
    }

    void todayIsLocal()
    {
        Fixture f;
        f.spend.take(run(u"first"_s, local(u"2026-03-02T00:00:00"_s), 0.08));
        f.spend.take(run(u"yesterday"_s, local(u"2026-03-01T23:59:59"_s), 0.08)); // the same day in UTC
        QCOMPARE(f.spend.sum().amount, 0.08);
    }

    void beginsAnewAtMidnight()
    {
        Fixture f;
        f.spend.take(run(u"a"_s, f.now, 0.08, RunState::Accepted));
        QSignalSpy changed(&f.spend, &SpendToday::changed);
        f.now = f.now.addSecs(59);
        f.spend.lookAtTheClock();
        QCOMPARE(changed.size(), 0);
        f.now = f.now.addSecs(1);
        f.spend.lookAtTheClock();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(f.spend.sum(), DaySpend());
        f.spend.take(run(u"a"_s, f.now.addSecs(-60), 0.08)); // ends today, was started yesterday
        f.spend.take(run(u"b"_s, f.now, 0.12));
        QCOMPARE(f.spend.sum().amount, 0.12);
    }
};

QTEST_GUILESS_MAIN(TestSpendToday)
#include "tst_spendtoday.moc"
