#pragma once

#include "sandboxrequest.h"

#include <chrono>

namespace plantain {

/// A request in the sandbox's queue, from its submit to its oblivion. Guarded by the queue's lock, but for `job`, which
/// does not change.
struct QueuedRequest
{
    QString id;
    quint64 sequence = 0; ///< order of arrival
    SandboxJob job; ///< without its body
    RetainedBytes input; ///< the body
    QueueState state = QueueState::InQueue;
    quint64 version = 1; ///< grows with every change
    bool cancelAsked = false, ignoresCancel = false;
    std::optional<std::chrono::steady_clock::time_point> startDeadline;
    std::vector<SandboxLogEntry> logs;
    qint64 sentAt = 0, startedAt = 0, endedAt = 0; ///< microseconds since 1970, 0: not yet
    SandboxOutcome outcome; ///< without its body
    RetainedBytes reply; ///< the body

    bool endsEarly() const { return cancelAsked && !ignoresCancel; }
};

SandboxSnapshot snapshotOf(const QueuedRequest &request, int position, size_t firstLog);
SandboxHistoryEntry historyEntryOf(const QueuedRequest &request);

} // namespace plantain
