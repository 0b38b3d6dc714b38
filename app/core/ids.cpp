#include "ids.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace plantain {

RunId newRunId()
{
    // No two of one process within the same millisecond: pictures are named by it.
    static std::atomic<qint64> latest = 0;
    qint64 now = QDateTime::currentMSecsSinceEpoch();
    qint64 before = latest;
    while (!latest.compare_exchange_weak(before, std::max(now, before + 1))) { }
    now = std::max(now, before + 1);
    const QString time = QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).toString(u"yyyyMMdd'T'HHmmsszzz"_s);
    const quint32 random = QRandomGenerator::system()->bounded(quint32(1) << 24);
    return { u"%1-%2"_s.arg(time).arg(random, 6, 16, QLatin1Char('0')) };
}

} // namespace plantain
