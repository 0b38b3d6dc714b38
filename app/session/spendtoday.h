#pragma once

#include "runsummary.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>

namespace plantain {

/// What the runs of one day come to.
struct DaySpend
{
    double amount = 0; ///< US dollars that were charged or may be
    int pictures = 0; ///< that are in the library
    int estimated = 0; ///< runs whose price is an estimate
    int unknown = 0; ///< runs that may have been charged and whose price is not known

    bool operator==(const DaySpend &) const = default;
};

/// True when the server may have charged for the run: it was sent, and the server did not say that nothing is owed.
bool mayBeCharged(const RunSummary &run);

/// The sum of today's runs: those that were started since midnight, local time. Fed with the library's facts; begins
/// anew at midnight. GUI thread.
class SpendToday final : public QObject
{
    Q_OBJECT
public:
    using Clock = std::function<QDateTime()>; ///< of today; local time

    explicit SpendToday(QObject *parent = nullptr, Clock clock = &QDateTime::currentDateTime);

    DaySpend sum() const;

public Q_SLOTS:
    void take(const plantain::RunSummary &run); ///< a run that is new, or has changed
    void lookAtTheClock(); ///< forgets the runs of yesterday when it is past midnight

Q_SIGNALS:
    void changed();

private:
    struct Item
    {
        double amount = 0;
        int pictures = 0;
        bool estimated = false, unknown = false;
        bool operator==(const Item &) const = default;
    };

    Clock m_clock;
    QDate m_day;
    QHash<RunId, Item> m_items;
    QTimer m_midnight;
};

/// "Today: $0.48, 6 pictures", "Today: $0.48 + 2 of unknown price, 6 pictures".
QString spendText(const DaySpend &spend);
/// How the sum comes about.
QString spendExplanation(const DaySpend &spend);

} // namespace plantain
