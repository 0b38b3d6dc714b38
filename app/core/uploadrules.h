#pragma once

#include "result.h"

#include <QStringList>

#include <chrono>

namespace plantain {

/// How files go to a server's storage (fal-protocol.md 7). Data: resources/uploads.json says who says so; what stands
/// here holds where that file says nothing.
struct UploadRules
{
    qint64 inlineBelow = 2048; ///< bytes; a smaller file goes inside the input, as a data URI
    qint64 partsAbove = 90LL * 1024 * 1024; ///< bytes; a larger file goes in parts
    qint64 partBytes = 10LL * 1024 * 1024;
    int filesAtOnce = 4; ///< to one server
    int partsAtOnce = 4; ///< of one file
    std::chrono::seconds lifetime = std::chrono::hours(7 * 24); ///< asked for
    std::chrono::seconds margin = std::chrono::hours(24); ///< before its end an address is no longer used

    bool operator==(const UploadRules &) const = default;

    /// Later files win, value by value; one that is not there is passed over. Error: one that cannot be read as such.
    static Result<UploadRules> load(const QStringList &files);
};

} // namespace plantain
