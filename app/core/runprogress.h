#pragma once

#include "ids.h"
#include "runestimate.h"

#include <QDateTime>

#include <optional>

namespace plantain {

/// Where a run stands right now; telemetry, never stored.
struct RunProgress
{
    enum class Phase { Preparing, Uploading, Sending, Queued, Running, Fetching, Waiting };
    Phase phase = Phase::Preparing;
    std::optional<int> queuePosition; ///< requests ahead
    qint64 bytesDone = 0, bytesTotal = 0; ///< of uploads or downloads
    QString note; ///< why it waits: "no connection, next try in 4 s"
    QDateTime runningSince; ///< UTC; when the server first said IN_PROGRESS
    std::optional<RunEstimate> estimate; ///< none: not enough is known of such runs
    bool needsKey = false; ///< it waits for the key of its server
    QDateTime nextTry; ///< UTC; when what failed is tried again by itself, invalid when nothing is

    bool operator==(const RunProgress &) const = default;
};

/// One line of the live log.
struct LogLine
{
    enum class Level { Debug, Info, Warning, Error };
    QDateTime time; ///< UTC
    RunId run; ///< empty for lines of the program itself
    Level level = Level::Info;
    QString text; ///< plain text; of the server or of ours
    bool fromServer = false;
};

} // namespace plantain

Q_DECLARE_METATYPE(plantain::RunProgress)
Q_DECLARE_METATYPE(plantain::LogLine)
