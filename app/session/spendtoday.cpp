#include "spendtoday.h"

#include "runroles.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace plantain {

bool mayBeCharged(const RunSummary &run)
{
    switch (run.state) {
    case RunState::Intent:
    case RunState::Refused:
    case RunState::Cancelled:
        return false;
    case RunState::Failed: // a server's own fault is never billed; what came back without pictures may be (fal-protocol 4.3)
        return !run.error || run.error->httpStatus < 500;
    case RunState::Sending:
    case RunState::Accepted:
    case RunState::Completed:
    case RunState::Fetched:
    case RunState::Done:
    case RunState::Unknown:
        return true;
    }
    return true;
}

SpendToday::SpendToday(QObject *parent, Clock clock)
    : QObject(parent)
    , m_clock(std::move(clock))
    , m_day(m_clock().date())
    , m_midnight(this)
{
    // A minute's grain, not one long timer: the machine may sleep over midnight and the clock may be set.
    m_midnight.setInterval(60s);
    m_midnight.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_midnight, &QTimer::timeout, this, &SpendToday::lookAtTheClock);
    m_midnight.start();
}

void SpendToday::lookAtTheClock()
{
    const QDate today = m_clock().date();
    if (today == m_day)
        return;
    m_day = today;
    m_items.clear();
    Q_EMIT changed();
}

void SpendToday::take(const RunSummary &run)
{
    lookAtTheClock();
    if (run.createdAt.toTimeZone(m_clock().timeZone()).date() != m_day)
        return;
    Item item { .pictures = run.imagesThere };
    if (mayBeCharged(run)) {
        item.unknown = !run.price || run.price->currency != u"USD"_s;
        item.amount = item.unknown ? 0 : run.price->amount;
        item.estimated = !item.unknown && run.price->estimated && item.amount > 0;
    }
    const auto known = m_items.constFind(run.id);
    if (known != m_items.cend() && *known == item)
        return;
    m_items.insert(run.id, item);
    Q_EMIT changed();
}

DaySpend SpendToday::sum() const
{
    DaySpend sum;
    for (const Item &item : m_items) {
        sum.amount += item.amount;
        sum.pictures += item.pictures;
        sum.estimated += item.estimated ? 1 : 0;
        sum.unknown += item.unknown ? 1 : 0;
    }
    return sum;
}

QString spendText(const DaySpend &spend)
{
    const QString amount = priceText(Price { .amount = spend.amount, .currency = u"USD"_s, .estimated = spend.estimated > 0 });
    const QString pictures
        = spend.pictures == 1 ? SpendToday::tr("1 picture") : SpendToday::tr("%1 pictures").arg(spend.pictures);
    return spend.unknown > 0 ? SpendToday::tr("Today: %1 + %2 of unknown price, %3").arg(amount).arg(spend.unknown).arg(pictures)
                             : SpendToday::tr("Today: %1, %2").arg(amount, pictures);
}

QString spendExplanation(const DaySpend &spend)
{
    QStringList sentences { SpendToday::tr(
        "The prices of all runs started since midnight that were charged or may be: not those that were never sent, refused, "
        "cancelled, or ended by a fault of the server. Runs in the sandbox cost nothing.") };
    if (spend.estimated > 0)
        sentences << SpendToday::tr("Estimated from the price list in it: %1.").arg(spend.estimated);
    if (spend.unknown > 0)
        sentences << SpendToday::tr("Not in it, since their price is not known: %1.").arg(spend.unknown);
    sentences << SpendToday::tr("What is owed in the end is what the server's bill says.");
    return sentences.join(u' ');
}

} // namespace plantain
