#pragma once

#include <QByteArray>

#include <optional>

namespace plantain {

/// Which bytes of a file a Range header asks for.
struct ByteRange
{
    qint64 first = 0, count = 0;
    bool partial = false;

    bool operator==(const ByteRange &) const = default;
};

/// A single "bytes=a-b"; anything else means the whole, as RFC 9110 allows. Nothing: it cannot be satisfied.
std::optional<ByteRange> rangeOf(const QByteArray &header, qint64 size);

} // namespace plantain
