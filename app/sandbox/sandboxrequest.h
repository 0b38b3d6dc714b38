#pragma once

#include "filestore.h"
#include "ids.h"
#include "sandboxoutcome.h"

#include <vector>

namespace plantain {

/// Bytes kept for later: short ones in memory, long ones in the file store, from where they can expire.
struct RetainedBytes
{
    QByteArray bytes;
    QString file;

    static RetainedBytes keep(const QByteArray &bytes, FileStore &files);
    std::optional<QByteArray> read() const; ///< nothing when expired
};

/// What a client handed in.
struct SandboxJob
{
    EndpointId endpoint; ///< the full id as called, sub path included
    QByteArray body; ///< as received
    QByteArray key; ///< whose it is
    QByteArray origin; ///< base of the URLs in replies
    QString prompt; ///< when the body has one
    bool storePayloads = true; ///< X-Fal-Store-IO
    std::optional<double> startTimeout; ///< seconds, X-Fal-Request-Start-Timeout
};

struct SandboxLogEntry
{
    qint64 microseconds = 0; ///< since 1970, UTC
    QByteArray message;
};

enum class QueueState { InQueue, InProgress, Completed };

/// A request as it stands, copied under the queue's lock.
struct SandboxSnapshot
{
    QString id;
    EndpointId endpoint;
    QueueState state = QueueState::InQueue;
    int position = 0; ///< requests ahead of it in the queue
    quint64 version = 0; ///< grows with every change
    std::vector<SandboxLogEntry> logs; ///< from the index asked for
    size_t logCount = 0;
    QString error, errorType;
    double inferenceSeconds = 0;
};

/// For fal's request history.
struct SandboxHistoryEntry
{
    QString id;
    EndpointId endpoint;
    qint64 sentAt = 0, startedAt = 0, endedAt = 0; ///< microseconds since 1970, 0: not yet
    int status = 0; ///< 0: not ended
    std::optional<RetainedBytes> input, output;
};

qint64 nowMicroseconds();

} // namespace plantain
