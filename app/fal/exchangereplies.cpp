#include "exchangereplies.h"

#include "errorreply.h"
#include "replylimits.h"
#include "requesturls.h"
#include "urlgate.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

Error badReply(const HttpOutcome &outcome, const QString &type, const QString &message)
{
    return { .kind = ErrorKind::BadReply, .type = type, .message = message, .httpStatus = outcome.head.status };
}

/// The object of a complete reply of 200 and so on, or what is wrong.
Result<Json> objectOf(const HttpOutcome &outcome, qsizetype bytes)
{
    if (!outcome.isComplete() || !outcome.head.isSuccess())
        return failure(errorOf(outcome));
    Result<Json> root = parseJson(outcome.body, { .bytes = bytes });
    if (!root) {
        const bool page = outcome.head.mediaType() == "text/html" || outcome.body.trimmed().startsWith('<');
        return failure(badReply(outcome, page ? u"html"_s : u"json"_s,
            page ? plainFirstLine(outcome.body) : root.error().message));
    }
    if (!root->is_object())
        return failure(badReply(outcome, u"shape"_s, u"the reply is not an object"_s));
    return root;
}

SubmitOutcome::Fate fateOf(const HttpOutcome &outcome)
{
    using Fate = SubmitOutcome::Fate;
    if (outcome.error && outcome.error->kind == ErrorKind::BadEndpoint)
        return Fate::Refused; // by us; trying again would not help
    if (outcome.head.status == 0 && outcome.handedOut == 0)
        return Fate::NotSent;
    if (!outcome.isComplete())
        return Fate::Unknown;
    switch (outcome.head.status) {
    case 429:
        return Fate::NotTaken;
    case 400:
    case 401:
    case 402:
    case 403:
    case 404:
    case 405:
    case 413:
    case 415:
    case 422:
        return Fate::Refused;
    default:
        return outcome.head.isSuccess() ? Fate::Accepted : Fate::Unknown;
    }
}

QString idInHeader(const HttpOutcome &outcome)
{
    const QString id = QString::fromLatin1(outcome.head.header("x-fal-request-id")).trimmed();
    return isUsableRequestId(id) ? id : QString();
}

QUrl ownUrlAt(const Json &object, const char *key, const Server &server)
{
    const QUrl url(stringAt(object, key), QUrl::StrictMode);
    return isOwnUrl(url, server) ? url : QUrl();
}

/// An object, or text that holds one.
std::optional<Json> objectOrText(const Json &holder, const char *key)
{
    if (const Json *object = objectAt(holder, key))
        return *object;
    Result<Json> read = parseJson(stringAt(holder, key).toUtf8());
    return read && read->is_object() ? std::optional(std::move(*read)) : std::nullopt;
}

/// The field names of a history item's input are documented nowhere (fal-protocol.md 9.2): these are taken.
Json inputOf(const Json &item)
{
    for (const char *name : { "json_input", "input" }) {
        if (std::optional<Json> input = objectOrText(item, name))
            return *input;
    }
    for (const char *name : { "payloads", "payload", "request" }) {
        const std::optional<Json> holder = objectOrText(item, name);
        if (!holder)
            continue;
        for (const char *inner : { "json_input", "input", "request" }) {
            if (std::optional<Json> input = objectOrText(*holder, inner))
                return *input;
        }
        return *holder;
    }
    return Json::object();
}

/// Why a submit that may have been taken has no id: bytes left, so it is never "not sent".
Error unknownError(const HttpOutcome &outcome)
{
    Error error = errorOf(outcome);
    if (outcome.error && (error.kind == ErrorKind::TimedOut || error.kind == ErrorKind::NotSent))
        error.kind = ErrorKind::NoAnswer;
    return error;
}

} // namespace

Error errorOf(const HttpOutcome &outcome)
{
    if (outcome.error)
        return *outcome.error;
    Error error = errorOfReply(outcome.head, outcome.body);
    if (error.kind == ErrorKind::BadKey && !outcome.keySent)
        error.kind = ErrorKind::NoKey;
    return error;
}

SubmitOutcome submitOutcomeOf(const HttpOutcome &outcome, const Server &server)
{
    SubmitOutcome submit;
    submit.fate = fateOf(outcome);
    submit.reply = outcome.body.left(keptReplyBytes);
    if (submit.fate == SubmitOutcome::Fate::Accepted) {
        const Result<Json> root = objectOf(outcome, JsonLimits().bytes);
        const QString id = root ? stringAt(*root, "request_id") : QString();
        if (isUsableRequestId(id)) {
            submit.requestId = id;
            submit.statusUrl = ownUrlAt(*root, "status_url", server);
            submit.responseUrl = ownUrlAt(*root, "response_url", server);
            submit.cancelUrl = ownUrlAt(*root, "cancel_url", server);
            submit.queuePosition = queuePositionOf(*root);
            return submit;
        }
        submit.fate = SubmitOutcome::Fate::Unknown;
        submit.requestId = idInHeader(outcome);
        submit.error = root ? badReply(outcome, u"no_request_id"_s, {}) : root.error();
        return submit;
    }
    if (submit.fate == SubmitOutcome::Fate::Unknown) {
        submit.requestId = idInHeader(outcome);
        submit.error = unknownError(outcome);
    } else {
        submit.error = errorOf(outcome);
    }
    return submit;
}

SyncOutcome syncOutcomeOf(const HttpOutcome &outcome)
{
    SyncOutcome sync;
    sync.fate = fateOf(outcome);
    sync.requestId = idInHeader(outcome);
    sync.result = resultOutcomeOf(outcome);
    if (sync.fate == SubmitOutcome::Fate::Unknown)
        sync.result.error = unknownError(outcome);
    return sync;
}

ResultOutcome resultOutcomeOf(const HttpOutcome &outcome)
{
    ResultOutcome result;
    result.reply = outcome.body;
    bool numeric = false;
    if (const double units = outcome.head.header("x-fal-billable-units").toDouble(&numeric); numeric && units >= 0)
        result.billableUnits = units;
    if (outcome.isComplete() && outcome.head.isSuccess()) {
        // A page or a torso is no result: the next try may bring it.
        if (const Result<Json> root = objectOf(outcome, resultBytes); !root)
            result.error = root.error();
        return result;
    }
    result.error = errorOf(outcome);
    result.finalWord = outcome.isComplete() && isFinalWord(outcome.head, outcome.body);
    return result;
}

Result<QueueStatus> statusOf(const HttpOutcome &outcome)
{
    const Result<Json> root = objectOf(outcome, JsonLimits().bytes);
    if (!root)
        return failure(root.error());
    Result<QueueStatus> status = parseQueueStatus(outcome.body);
    if (!status)
        status.error().httpStatus = outcome.head.status;
    return status;
}

Result<CancelReply> cancelReplyOf(const HttpOutcome &outcome)
{
    if (!outcome.isComplete())
        return failure(*outcome.error);
    const Result<Json> root = parseJson(outcome.body);
    const QString word = root && root->is_object() ? stringAt(*root, "status") : QString();
    const int status = outcome.head.status;
    if (status == 404)
        return CancelReply { CancelOutcome::NotKnown, word };
    if (status == 400 && word == u"ALREADY_COMPLETED"_s)
        return CancelReply { CancelOutcome::TooLate, word };
    if (outcome.head.isSuccess()) {
        const Json none = Json::object();
        const Json &object = root && root->is_object() ? *root : none;
        if (word == u"OK"_s || boolAt(object, "success").value_or(false))
            return CancelReply { CancelOutcome::Removed, word };
        if (word == u"ALREADY_COMPLETED"_s || !boolAt(object, "success").value_or(true))
            return CancelReply { CancelOutcome::TooLate, word };
        if (word == u"NOT_FOUND"_s)
            return CancelReply { CancelOutcome::NotKnown, word };
        if (status == 202 || word == u"CANCELLATION_REQUESTED"_s)
            return CancelReply { CancelOutcome::Requested, word };
        return failure(badReply(outcome, u"shape"_s, plainFirstLine(outcome.body)));
    }
    return failure(errorOf(outcome));
}

Result<UploadAddress> uploadAddressOf(const HttpOutcome &outcome, const Server &server)
{
    const Result<Json> root = objectOf(outcome, keptReplyBytes);
    if (!root)
        return failure(root.error());
    const Result<QUrl> upload = gated(stringAt(*root, "upload_url"), server);
    const Result<QUrl> file = gated(stringAt(*root, "file_url"), server);
    if (!upload || !file)
        return failure(upload ? file.error() : upload.error());
    return UploadAddress { *upload, *file };
}

Result<HistoryPage> historyPageOf(const HttpOutcome &outcome)
{
    const Result<Json> root = objectOf(outcome, historyBytes);
    if (!root)
        return failure(root.error());
    const Json *items = arrayAt(*root, "items");
    for (const char *name : { "requests", "data", "results" })
        items = items ? items : arrayAt(*root, name);
    if (!items)
        return failure(badReply(outcome, u"shape"_s, u"the history has no list"_s));
    const auto timeOf = [](const Json &item, std::initializer_list<const char *> names) {
        for (const char *name : names) {
            QDateTime time = QDateTime::fromString(stringAt(item, name), Qt::ISODateWithMs);
            if (!time.isValid())
                continue;
            if (time.timeSpec() == Qt::LocalTime)
                time.setTimeSpec(Qt::UTC);
            return time.toUTC();
        }
        return QDateTime();
    };
    HistoryPage page;
    for (const Json &item : *items) {
        HistoryEntry entry;
        entry.requestId = stringAt(item, "request_id", stringAt(item, "id"));
        if (!isUsableRequestId(entry.requestId))
            continue;
        entry.input = inputOf(item);
        entry.startedAt = timeOf(item, { "started_at", "sent_at", "created_at", "submitted_at" });
        entry.endedAt = timeOf(item, { "ended_at", "completed_at", "finished_at" });
        const std::optional<qint64> code = integerAt(item, "status_code");
        entry.statusCode = code && *code >= 0 && *code < 1000 ? int(*code) : 0;
        page.entries.push_back(std::move(entry));
    }
    if (boolAt(*root, "has_more").value_or(true))
        page.nextCursor = stringAt(*root, "next_cursor");
    return page;
}

} // namespace plantain
