#pragma once

#include "json.h"
#include "runprogress.h"
#include "runrecord.h"

#include <QDateTime>
#include <QUrl>

#include <vector>

namespace plantain {

/// What became of a submit: the table of reliability.md 1.
struct SubmitOutcome
{
    enum class Fate {
        NotSent, ///< no byte of the body left: may be tried again by itself
        NotTaken, ///< 429: likewise, after error->retryAfterSeconds
        Refused, ///< 400 401 402 403 404 405 413 415 422
        Accepted,
        Unknown, ///< everything else: it may have been taken
    };
    Fate fate = Fate::Unknown;
    QString requestId; ///< accepted; or from x-fal-request-id when the body was unusable
    QUrl statusUrl, responseUrl, cancelUrl;
    std::optional<int> queuePosition;
    QByteArray reply; ///< raw, at most 64 KiB
    std::optional<Error> error; ///< of everything but Accepted
};

struct QueueStatus
{
    enum class State { InQueue, InProgress, Completed, Other };
    State state = State::Other;
    QString word; ///< as sent, when Other
    std::optional<int> queuePosition;
    std::vector<LogLine> logs; ///< all so far when polled, the new ones in a stream; `run` is left empty
    std::optional<double> inferenceSeconds;
    std::optional<Error> error; ///< completed and failed: from `error` and `error_type`
};

/// The reply to the result call. `reply` and `error` are both set when the model or fal answered with an error body.
struct ResultOutcome
{
    QByteArray reply; ///< raw
    std::optional<Error> error;
    bool finalWord = false; ///< the error is the server's last word, not weather (issue text: list detail, error-type header)
    std::optional<double> billableUnits; ///< X-Fal-Billable-Units
};

struct SyncOutcome
{
    SubmitOutcome::Fate fate = SubmitOutcome::Fate::Unknown; ///< Accepted: the result is in `result.reply`
    QString requestId;
    ResultOutcome result;
};

struct CancelReply
{
    CancelOutcome outcome = CancelOutcome::NotKnown;
    QString word; ///< as the server said it
};

/// What a broken download left: enough to ask for the rest of the same file, and for nothing else.
struct PartOfFile
{
    qint64 bytes = 0; ///< there already
    qint64 total = -1; ///< of the whole file, as its first reply said; -1: not said
    QByteArray etag; ///< strong; empty: the server gave none

    bool canGoOn() const { return bytes > 0 && bytes < total && !etag.isEmpty(); }
};

/// The reply that brings a file has begun.
struct DownloadBegin
{
    bool goesOn = false; ///< with the part that is there; false: it begins at the first byte
    qint64 total = -1; ///< of the whole file
    QByteArray etag; ///< strong, or empty
};

struct DownloadedFile
{
    qint64 bytes = 0;
    QString contentType; ///< as the server said
    QString finalUrl;
};

struct HistoryEntry
{
    QString requestId;
    Json input;
    QDateTime startedAt, endedAt;
    int statusCode = 0;
};

/// One picture a result names.
struct ResultImage
{
    QString url, contentType, fileName;
    std::optional<QSize> size;
    std::optional<qint64> bytes;
};

/// A result, read liberally: pictures as they come, more, fewer, or none.
struct ResultContent
{
    std::vector<ResultImage> images;
    QString description;
};

/// `queue_position` of a status or a submit reply: requests ahead; nothing when it is no such number.
std::optional<int> queuePositionOf(const Json &reply);
Result<QueueStatus> parseQueueStatus(const QByteArray &body);
Result<ResultContent> parseResult(const QByteArray &body);

} // namespace plantain
