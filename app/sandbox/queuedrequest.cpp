#include "queuedrequest.h"

namespace plantain {

SandboxSnapshot snapshotOf(const QueuedRequest &request, int position, size_t firstLog)
{
    SandboxSnapshot snapshot { .id = request.id,
                               .endpoint = request.job.endpoint,
                               .state = request.state,
                               .position = position,
                               .version = request.version,
                               .logs = {},
                               .logCount = request.logs.size(),
                               .error = request.outcome.error,
                               .errorType = request.outcome.errorType };
    if (firstLog < request.logs.size())
        snapshot.logs.assign(request.logs.begin() + std::ptrdiff_t(firstLog), request.logs.end());
    if (request.startedAt > 0 && request.endedAt > 0)
        snapshot.inferenceSeconds = double(request.endedAt - request.startedAt) / 1e6;
    return snapshot;
}

SandboxHistoryEntry historyEntryOf(const QueuedRequest &request)
{
    const bool ended = request.endedAt > 0;
    const bool keeps = request.job.storePayloads;
    return { .id = request.id,
             .endpoint = request.job.endpoint,
             .sentAt = request.sentAt,
             .startedAt = request.startedAt,
             .endedAt = request.endedAt,
             .status = ended ? request.outcome.status : 0,
             .input = keeps ? std::optional(request.input) : std::nullopt,
             .output = ended && keeps && request.outcome.keepOutput ? std::optional(request.reply) : std::nullopt };
}

} // namespace plantain
