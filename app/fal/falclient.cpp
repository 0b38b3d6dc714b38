#include "falclient.h"

#include "apicall.h"
#include "downloadcall.h"
#include "exchangereplies.h"
#include "followcall.h"
#include "historycall.h"
#include "oneshotbody.h"
#include "partsuploadcall.h"
#include "requesturls.h"
#include "uploadcall.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

CallHandle handleOf(Call *call)
{
    return CallHandle(call);
}

HttpRequest get(const QUrl &url)
{
    return { .verb = "GET", .url = url, .headers = { { "Accept", "application/json" } }, .authorization = {}, .body = {} };
}

ApiCall::Plan onePost(const QUrl &base, const EndpointId &endpoint, const QByteArray &body, const HttpLimits &limits)
{
    ApiCall::Plan plan { .limits = limits, .lane = Wire::Lane::Alone };
    if (!isPlainEndpoint(endpoint)) {
        plan.refusal = Error { .kind = ErrorKind::BadEndpoint, .message = endpoint.text.left(200) };
        return plan;
    }
    plan.request = { .verb = "POST", .url = urlBelow(base, endpoint.text),
        .headers = { { "Accept", "application/json" }, { "Content-Type", "application/json" } }, .authorization = {},
        .body = std::make_unique<OneShotBody>(body) };
    return plan;
}

/// What cannot be asked about, because the ticket could lead anywhere.
std::optional<Error> refusalOf(const Ticket &ticket)
{
    if (!isPlainEndpoint(ticket.endpoint))
        return Error { .kind = ErrorKind::BadEndpoint, .message = ticket.endpoint.text.left(200) };
    if (!isUsableRequestId(ticket.requestId))
        return Error { .kind = ErrorKind::NotFound, .type = u"request_id"_s, .message = ticket.requestId.left(200) };
    return std::nullopt;
}

} // namespace

FalClient::FalClient(Server server, KeySource key, QObject *parent)
    : QObject(parent)
    , m_wire(std::make_unique<Wire>(std::move(server), std::move(key)))
{
}

bool FalClient::hasKey() const
{
    return m_wire->hasKey();
}

FalClient::~FalClient() = default;

const Server &FalClient::server() const
{
    return m_wire->server;
}

void FalClient::setLimits(const FalLimits &limits)
{
    m_wire->limits = limits;
}

void FalClient::setHostLookup(HostLookup lookup)
{
    m_wire->lookup = std::move(lookup);
}

CallHandle FalClient::submit(const EndpointId &endpoint, const QByteArray &body, std::function<void(SubmitOutcome)> finished)
{
    return handleOf(new ApiCall(*m_wire, onePost(server().queue, endpoint, body, m_wire->limits.submit),
        [finished = std::move(finished), server = server()](const HttpOutcome &outcome) {
            finished(submitOutcomeOf(outcome, server));
        }));
}

CallHandle FalClient::run(const EndpointId &endpoint, const QByteArray &body, std::function<void(SyncOutcome)> finished)
{
    return handleOf(new ApiCall(*m_wire, onePost(server().sync, endpoint, body, m_wire->limits.run),
        [finished = std::move(finished)](const HttpOutcome &outcome) { finished(syncOutcomeOf(outcome)); }));
}

CallHandle FalClient::status(const Ticket &ticket, std::function<void(Result<QueueStatus>)> finished)
{
    return handleOf(new ApiCall(*m_wire,
        { .request = get(statusUrlOf(ticket, server())), .limits = m_wire->limits.status, .refusal = refusalOf(ticket) },
        [finished = std::move(finished)](const HttpOutcome &outcome) { finished(statusOf(outcome)); }));
}

CallHandle FalClient::follow(const Ticket &ticket, std::function<void(const QueueStatus &)> event,
    std::function<void(std::optional<Error>)> ended)
{
    if (const std::optional<Error> refusal = refusalOf(ticket)) {
        return handleOf(new ApiCall(*m_wire, { .request = {}, .limits = {}, .refusal = refusal },
            [ended = std::move(ended)](const HttpOutcome &outcome) { ended(outcome.error); }));
    }
    return handleOf(new FollowCall(*m_wire, streamUrlOf(ticket, server()), std::move(event), std::move(ended)));
}

CallHandle FalClient::result(const Ticket &ticket, std::function<void(ResultOutcome)> finished)
{
    return handleOf(new ApiCall(*m_wire,
        { .request = get(responseUrlOf(ticket, server())),
            .limits = m_wire->limits.result,
            .refusal = refusalOf(ticket) },
        [finished = std::move(finished)](const HttpOutcome &outcome) { finished(resultOutcomeOf(outcome)); }));
}

CallHandle FalClient::cancel(const Ticket &ticket, std::function<void(Result<CancelReply>)> finished)
{
    HttpRequest request = get(cancelUrlOf(ticket, server()));
    request.verb = "PUT";
    return handleOf(new ApiCall(*m_wire,
        { .request = std::move(request), .limits = m_wire->limits.cancel, .refusal = refusalOf(ticket) },
        [finished = std::move(finished)](const HttpOutcome &outcome) { finished(cancelReplyOf(outcome)); }));
}

CallHandle FalClient::upload(const UploadPlan &plan, UploadEvents events)
{
    if (plan.partBytes > 0)
        return handleOf(new PartsUploadCall(*m_wire, plan, std::move(events)));
    return handleOf(new UploadCall(*m_wire, plan, std::move(events)));
}

CallHandle FalClient::download(const QString &url, std::function<std::optional<Error>(QByteArrayView)> data,
    std::function<void(qint64, qint64)> progressed, std::function<void(Result<DownloadedFile>)> finished,
    const PartOfFile &part, std::function<void(const DownloadBegin &)> begun)
{
    return handleOf(new DownloadCall(*m_wire, url, { std::move(begun), std::move(data), std::move(progressed), std::move(finished) },
        part));
}

CallHandle FalClient::history(const EndpointId &endpoint, const QDateTime &since,
    std::function<void(Result<std::vector<HistoryEntry>>)> finished)
{
    return handleOf(new HistoryCall(*m_wire, endpoint, since, std::move(finished)));
}

CallHandle FalClient::checkKey(const EndpointId &endpoint, std::function<void(std::optional<Error>)> finished)
{
    const Ticket ticket { .endpoint = endpoint, .requestId = QUuid::createUuid().toString(QUuid::WithoutBraces),
        .statusUrl = {}, .responseUrl = {}, .cancelUrl = {} };
    return handleOf(new ApiCall(*m_wire,
        { .request = get(statusUrlOf(ticket, server())), .limits = m_wire->limits.status, .refusal = refusalOf(ticket) },
        [finished = std::move(finished)](const HttpOutcome &outcome) {
            const bool known = outcome.isComplete() && (outcome.head.isSuccess() || outcome.head.status == 404);
            finished(known ? std::nullopt : std::optional(errorOf(outcome)));
        }));
}

} // namespace plantain
