#include "errorreply.h"
#include "exchangereplies.h"
#include "fuzztarget.h"
#include "requesturls.h"
#include "urlgate.h"

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

constexpr int statuses[] = { 200, 200, 200, 202, 204, 302, 400, 401, 403, 404, 408, 410, 422, 429, 500, 503 };

void checkSubmit(const HttpOutcome &outcome, const Server &server)
{
    const SubmitOutcome submit = submitOutcomeOf(outcome, server);
    const bool accepted = submit.fate == SubmitOutcome::Fate::Accepted;
    fuzz::require(accepted == !submit.error.has_value(), "accepted or an error, never both");
    fuzz::require(!accepted || isUsableRequestId(submit.requestId), "an accepted run has a usable id");
    fuzz::require(submit.requestId.isEmpty() || isUsableRequestId(submit.requestId), "no other id is kept");
    fuzz::require(submit.reply.size() <= 64 * 1024, "no more than 64 KiB of a reply is kept");
    for (const QUrl &url : { submit.statusUrl, submit.responseUrl, submit.cancelUrl })
        fuzz::require(url.isEmpty() || isOwnUrl(url, server), "only the server's own addresses get the key");
    const bool isFinal = submit.fate == SubmitOutcome::Fate::Refused;
    fuzz::require(!isFinal || (outcome.head.status >= 400 && outcome.head.status < 500), "refused is what the server said");
    const Ticket ticket { .endpoint = { u"owner/model/edit"_s }, .requestId = u"764cabcf-b745"_s, .statusUrl = submit.statusUrl,
        .responseUrl = submit.responseUrl, .cancelUrl = submit.cancelUrl };
    for (const QUrl &url : { statusUrlOf(ticket, server), streamUrlOf(ticket, server), responseUrlOf(ticket, server), cancelUrlOf(ticket, server) })
        fuzz::require(sameOrigin(url, server.queue), "what is asked with the key is the server");
}

void checkStatus(const HttpOutcome &outcome)
{
    const Result<QueueStatus> status = statusOf(outcome);
    if (!status)
        return;
    fuzz::require(status->queuePosition.value_or(0) >= 0, "no negative position");
    fuzz::require(status->logs.size() <= 10'000, "no more lines than anybody reads");
    for (const LogLine &line : status->logs)
        fuzz::require(line.text.size() <= 16 * 1024, "a log line has an end");
    fuzz::require(status->word.size() <= 200, "an unknown word has an end");
}

void checkResult(const HttpOutcome &outcome)
{
    const ResultOutcome result = resultOutcomeOf(outcome);
    fuzz::require(result.reply == outcome.body, "the reply is kept as it came");
    fuzz::require(outcome.head.isSuccess() || result.error, "no success without one");
    const Result<ResultContent> content = parseResult(outcome.body);
    if (!content)
        return;
    for (const ResultImage &image : content->images) {
        fuzz::require(!image.size || (image.size->width() > 0 && image.size->height() > 0), "a size is one");
        fuzz::require(image.bytes.value_or(0) >= 0, "no negative bytes");
    }
}

} // namespace

/// First byte: the status and which server. Then two bytes of header, and the body, given to all that read replies.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Server fal = Server::fal();
    static const Server local = Server::at(QUrl(u"http://127.0.0.1:4170"_s), true);
    const QByteArray input = fuzz::copyOf(data, size);
    if (input.size() < 2)
        return 0;
    HttpOutcome outcome;
    outcome.head.status = statuses[uchar(input[0]) & 15];
    outcome.handedOut = 1;
    // Up to the first line end: the values of the headers that are read.
    const qsizetype lineEnd = input.indexOf('\n');
    const QByteArray value = lineEnd > 0 ? input.sliced(1, lineEnd - 1) : QByteArray();
    outcome.head.headers = { { "content-type", "application/json" }, { "retry-after", value }, { "x-fal-request-id", value },
        { "x-fal-billable-units", value }, { "x-fal-error-type", value } };
    outcome.body = input.sliced(std::max<qsizetype>(lineEnd, 0) + 1);
    const Server &server = uchar(input[0]) & 16 ? local : fal;

    checkSubmit(outcome, server);
    checkStatus(outcome);
    checkResult(outcome);
    (void)syncOutcomeOf(outcome);
    (void)cancelReplyOf(outcome);
    if (const Result<UploadAddress> address = uploadAddressOf(outcome, server))
        fuzz::require(gated(address->upload, server) && gated(address->file, server), "uploads go through the gate");
    if (const Result<HistoryPage> page = historyPageOf(outcome)) {
        for (const HistoryEntry &entry : page->entries)
            fuzz::require(isUsableRequestId(entry.requestId), "only usable ids of the history");
    }
    const Error error = errorOf(outcome);
    fuzz::require(error.retryAfterSeconds >= 0 && error.retryAfterSeconds <= 15 * 60, "waiting has an end");
    fuzz::require(error.message.size() <= 64 * 1024, "a message has an end");
    return 0;
}
