#pragma once

#include "httpexchange.h"
#include "queuemessages.h"
#include "server.h"

namespace plantain {

/// What exchanges that have ended mean. All pure.

/// The error of an exchange that brought no success: why it ended, or what the reply said. 401 without a key sent is
/// ErrorKind::NoKey.
Error errorOf(const HttpOutcome &outcome);

/// The table of reliability.md 1, row by row. Given URLs that are not the server's own are left out.
SubmitOutcome submitOutcomeOf(const HttpOutcome &outcome, const Server &server);
SyncOutcome syncOutcomeOf(const HttpOutcome &outcome);
ResultOutcome resultOutcomeOf(const HttpOutcome &outcome);
Result<QueueStatus> statusOf(const HttpOutcome &outcome);
Result<CancelReply> cancelReplyOf(const HttpOutcome &outcome);

struct UploadAddress
{
    QUrl upload; ///< where the bytes go
    QUrl file; ///< what stands for them in an input
};
Result<UploadAddress> uploadAddressOf(const HttpOutcome &outcome, const Server &server);

struct HistoryPage
{
    std::vector<HistoryEntry> entries;
    QString nextCursor; ///< empty on the last page
};
Result<HistoryPage> historyPageOf(const HttpOutcome &outcome);

} // namespace plantain
