#pragma once

#include <QDateTime>
#include <QUrl>

#include <chrono>
#include <optional>
#include <vector>

namespace plantain {

/// A part that the storage has confirmed.
struct UploadedPart
{
    int number = 0; ///< from 1
    QString etag;

    bool operator==(const UploadedPart &) const = default;
};

/// An upload in parts that has begun: with it one can go on.
struct PartsUpload
{
    QUrl file; ///< what will stand for it in an input
    QUrl upload; ///< where the parts go; whoever has it may send some
    qint64 partBytes = 0;
    std::vector<UploadedPart> parts; ///< in the order they were confirmed

    bool operator==(const PartsUpload &) const = default;
};

/// What a server holds of a file.
struct UploadRecord
{
    QString sha256; ///< of the file
    QString server;
    QDateTime asked; ///< UTC, when it was uploaded
    std::chrono::seconds lifetime {}; ///< asked for then
    QUrl url; ///< empty until it is there whole
    std::optional<PartsUpload> begun; ///< while it is not

    bool isThere(const QDateTime &now, std::chrono::seconds margin = {}) const
    {
        return !url.isEmpty() && !isOver(now, margin);
    }
    bool isOver(const QDateTime &now, std::chrono::seconds margin = {}) const
    {
        return asked.addSecs((lifetime - margin).count()) <= now;
    }
    bool operator==(const UploadRecord &) const = default;
};

} // namespace plantain
