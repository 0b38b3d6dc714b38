#include "ids.h"

#include <QDateTime>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace plantain {

RunId newRunId()
{
    const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s);
    const quint32 random = QRandomGenerator::system()->bounded(quint32(1) << 24);
    return { u"%1-%2"_s.arg(time).arg(random, 6, 16, QLatin1Char('0')) };
}

} // namespace plantain
