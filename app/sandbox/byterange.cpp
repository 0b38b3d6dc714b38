#include "byterange.h"

namespace plantain {

std::optional<ByteRange> rangeOf(const QByteArray &header, qint64 size)
{
    const ByteRange whole { 0, size, false };
    if (!header.startsWith("bytes=") || header.contains(','))
        return whole;
    const QByteArray spec = header.sliced(6).trimmed();
    const qsizetype dash = spec.indexOf('-');
    if (dash < 0)
        return whole;
    bool firstGood = false;
    bool lastGood = false;
    const qint64 first = spec.first(dash).toLongLong(&firstGood);
    const qint64 last = spec.sliced(dash + 1).toLongLong(&lastGood);
    if (dash == 0) {
        if (!lastGood || last < 0)
            return whole;
        const qint64 count = qMin(last, size);
        return count > 0 ? std::optional(ByteRange { size - count, count, true }) : std::nullopt;
    }
    if (!firstGood || first < 0 || (!lastGood && dash + 1 < spec.size()) || (lastGood && last < first))
        return whole;
    if (first >= size)
        return std::nullopt;
    return ByteRange { first, (lastGood ? qMin(last, size - 1) : size - 1) - first + 1, true };
}

} // namespace plantain
