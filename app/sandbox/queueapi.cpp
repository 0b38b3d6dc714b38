#include "queueapi.h"

#include "misfits.h"
#include "queuejson.h"
#include "sandboxguard.h"
#include "server.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::chrono::milliseconds liveness { 1000 }; // how soon a client that hung up is noticed

bool wantsLogs(const ServerRequest &request)
{
    const QByteArray value = request.queryValue("logs").toLower();
    return value == "1" || value == "true" || value == "yes";
}

std::optional<double> startTimeout(const ServerRequest &request)
{
    for (const char *name : { "x-fal-request-start-timeout", "x-fal-request-timeout" }) {
        bool good = false;
        const double seconds = request.header(name).toDouble(&good);
        if (good && seconds > 0.1)
            return seconds;
    }
    return std::nullopt;
}

QString promptOf(const QByteArray &body)
{
    const Result<Json> parsed = parseJson(body, { .bytes = body.size() });
    return parsed ? stringAt(*parsed, "prompt") : QString();
}

void tag(ServerReply &reply, const QByteArray &id)
{
    reply.headers.append({ { "x-fal-request-id", id } });
}

ServerReply replyOf(const SandboxOutcome &outcome)
{
    ServerReply reply { .status = outcome.status, .contentType = outcome.contentType, .body = outcome.body,
                        .headers = outcome.headers };
    if (outcome.truncated)
        reply.cutAfter = outcome.body.size() / 2;
    return reply;
}

} // namespace

QueueApi::QueueApi(const EndpointCatalog &catalog, const KeyCheck &keys, SandboxQueue &queue, SandboxLedger &ledger,
                   std::chrono::milliseconds pingInterval)
    : m_catalog(catalog)
    , m_keys(keys)
    , m_queue(queue)
    , m_ledger(ledger)
    , m_pingInterval(pingInterval)
{
}

bool QueueApi::isKnown(const QByteArray &endpointId) const
{
    const QString app = queueAppOf({ QString::fromUtf8(endpointId) });
    for (const Endpoint &endpoint : m_catalog.endpoints()) {
        if (queueAppOf(endpoint.id) == app)
            return true;
    }
    return false;
}

std::optional<ServerReply> QueueApi::refusalOnDemand(const QString &submit) const
{
    if (submit == u"html"_s)
        return ServerReply { .contentType = "text/html", .body = webPage(200) };
    bool good = false;
    const int code = submit.toInt(&good);
    if (!good || code < 400 || code > 599)
        return std::nullopt;
    switch (code) {
    case 401:
        return refusal(401, "invalid key credentials");
    case 403:
        return refusal(403, "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing");
    case 404:
        return refusal(404, "Application not found");
    case 422:
        return replyOf(validationError(Json::array({ Json { { "loc", { "body", "prompt" } },
                                                            { "msg", "Value error, refused at the door" },
                                                            { "type", "value_error" } } })));
    case 429: {
        ServerReply reply = refusal(429, "Too many requests");
        reply.headers.append({ { "Retry-After", "1" } });
        return reply;
    }
    default:
        return refusal(code, "The sandbox refuses with " + QByteArray::number(code) + ", as it was asked to");
    }
}

QueueApi::Admission QueueApi::admit(const ServerRequest &request, const QByteArray &endpointId)
{
    const auto [key, refused] = m_keys.check(request, endpointId);
    if (refused)
        return { {}, {}, refused };
    if (!isKnown(endpointId))
        return { {}, {}, refusal(404, "Application \"" + endpointId + "\" not found") };
    const QByteArray body = request.body();
    if (body.size() != request.contentLength().value_or(0))
        return { {}, {}, ServerReply { .drop = true } }; // the client broke off: nothing is taken
    Admission admission { .job = { .endpoint = { QString::fromUtf8(endpointId) },
                                   .body = body,
                                   .key = key,
                                   .origin = request.origin(),
                                   .prompt = promptOf(body),
                                   .storePayloads = request.header("x-fal-store-io") != "0",
                                   .startTimeout = startTimeout(request) },
                          .directives = {},
                          .refusal = {} };
    admission.directives = directivesOf(admission.job.prompt);
    admission.refusal = refusalOnDemand(admission.directives.submit);
    bool limited = false;
    const int limit = request.queryValue("fal_max_queue_length").toInt(&limited);
    if (!admission.refusal && limited && m_queue.length() > limit)
        admission.refusal = refusal(429, "Queue is longer than fal_max_queue_length");
    return admission;
}

ServerReply QueueApi::submit(const ServerRequest &request, const QByteArray &endpointId)
{
    Admission admission = admit(request, endpointId);
    if (admission.refusal)
        return *admission.refusal;
    const QString id = SandboxQueue::newId();
    const EndpointId endpoint = admission.job.endpoint;
    if (!m_ledger.write("queue", id, endpoint.text, admission.job.body))
        return refusal(500, "The ledger cannot be written");
    const int position = m_queue.length();
    m_queue.submit(id, std::move(admission.job));
    if (admission.directives.submit == u"drop"_s)
        return { .drop = true };
    Json body = submitReply(request.origin(), endpoint, id, position);
    if (admission.directives.submit == u"noid"_s)
        body.erase("request_id");
    ServerReply reply { .body = toBytes(body) };
    if (admission.directives.submit != u"noid"_s)
        tag(reply, id.toLatin1());
    return reply;
}

ServerReply QueueApi::run(const ServerRequest &request, const QByteArray &endpointId)
{
    Admission admission = admit(request, endpointId);
    if (admission.refusal)
        return *admission.refusal;
    const QString id = SandboxQueue::newId();
    const QString endpoint = admission.job.endpoint.text;
    const QByteArray body = admission.job.body;
    if (!m_queue.submitIfFree(id, std::move(admission.job))) {
        ServerReply reply = refusal(429, "Concurrent requests limit reached");
        reply.body = toBytes(Json { { "detail", "Concurrent requests limit reached" },
                                    { "error_type", "concurrent_requests_limit" } });
        reply.headers.append({ { "X-Fal-Needs-Retry", "1" }, { "X-Fal-Error-Type", "concurrent_requests_limit" } });
        return reply;
    }
    if (!m_ledger.write("run", id, endpoint, body))
        return refusal(500, "The ledger cannot be written");
    if (admission.directives.submit == u"drop"_s)
        return { .drop = true };
    while (!m_queue.waitForEnd(id, liveness)) {
        if (request.peerGone()) { // dropping the connection cancels (fal-protocol.md 6)
            m_queue.cancel(id);
            return { .drop = true };
        }
    }
    const auto end = m_queue.end(id);
    ServerReply reply = end ? replyOf(end->outcome) : refusal(503, "The sandbox is shutting down");
    tag(reply, id.toLatin1());
    return reply;
}

ServerReply QueueApi::request(const ServerRequest &request, const QByteArray &app, const QByteArray &id,
                              const QList<QByteArray> &tail)
{
    const auto [key, refused] = m_keys.check(request, app);
    if (refused)
        return *refused;
    const bool isGet = request.method == "GET" || request.method == "HEAD";
    const QByteArray what = tail.join('/');
    const char *needed = what == "cancel" ? "PUT" : "GET";
    if (what != "" && what != "response" && what != "status" && what != "status/stream" && what != "cancel")
        return refusal(404, "Not Found");
    if (what == "cancel" ? request.method != "PUT" : !isGet) {
        ServerReply reply = refusal(405, "Method Not Allowed");
        reply.headers.append({ { "Allow", needed } });
        return reply;
    }
    const auto found = m_queue.snapshot(QString::fromUtf8(id), SIZE_MAX);
    // Both forms are served: below owner/alias, and below the full id, as fal's OpenAPI documents list it.
    const QString given = QString::fromUtf8(app);
    const bool belongs = found && (given == queueAppOf(found->endpoint) || given == found->endpoint.text);
    ServerReply reply;
    if (!belongs) {
        reply = { .status = 404, .body = R"({"status":"NOT_FOUND"})" };
        if (what == "" || what == "response")
            reply = refusal(404, "Request not found");
    } else if (what == "status") {
        reply = status(request, id);
    } else if (what == "status/stream") {
        reply = stream(request, id);
    } else {
        reply = what == "cancel" ? cancel(id) : result(id);
    }
    tag(reply, id);
    return reply;
}

ServerReply QueueApi::status(const ServerRequest &request, const QByteArray &id)
{
    const bool logs = wantsLogs(request);
    const auto snapshot = m_queue.snapshot(QString::fromLatin1(id), logs ? 0 : SIZE_MAX);
    if (!snapshot)
        return { .status = 404, .body = R"({"status":"NOT_FOUND"})" };
    return { .status = snapshot->state == QueueState::Completed ? 200 : 202,
             .body = toBytes(statusReply(request.origin(), *snapshot, logs)) };
}

ServerReply QueueApi::stream(const ServerRequest &request, const QByteArray &id)
{
    if (m_streams.fetch_add(1) >= maxStreams) {
        --m_streams;
        return refusal(429, "Too many status streams are open");
    }
    const std::shared_ptr<void> place(nullptr, [this](void *) { --m_streams; });
    const bool logs = wantsLogs(request);
    const auto send = [this, place, logs, id = QString::fromLatin1(id), origin = request.origin(),
                       gone = request.peerGone](const EventWriter &write) {
        auto snapshot = m_queue.snapshot(id, 0);
        quint64 told = 0;
        auto lastWrite = std::chrono::steady_clock::now();
        while (snapshot && !m_queue.stopping()) {
            if (snapshot->version != told) {
                if (!write("data: " + toBytes(statusReply(origin, *snapshot, logs)) + "\n\n"))
                    return;
                told = snapshot->version;
                lastWrite = std::chrono::steady_clock::now();
            } else if (std::chrono::steady_clock::now() - lastWrite >= m_pingInterval) {
                if (!write(": ping\n\n"))
                    return;
                lastWrite = std::chrono::steady_clock::now();
            }
            if (snapshot->state == QueueState::Completed || gone())
                return;
            snapshot = m_queue.waitForChange(id, told, snapshot->logCount, std::min(liveness, m_pingInterval));
        }
    };
    return { .contentType = "text/event-stream", .events = send };
}

ServerReply QueueApi::result(const QByteArray &id)
{
    const auto end = m_queue.end(QString::fromLatin1(id));
    if (!end)
        return refusal(400, "Request is still in progress");
    return end->expired ? refusal(404, "Request not found") : replyOf(end->outcome);
}

ServerReply QueueApi::cancel(const QByteArray &id)
{
    switch (m_queue.cancel(QString::fromLatin1(id))) {
    case SandboxQueue::CancelResult::Removed:
        return { .body = R"({"status":"OK"})" };
    case SandboxQueue::CancelResult::Requested:
        return { .status = 202, .body = R"({"status":"CANCELLATION_REQUESTED"})" };
    case SandboxQueue::CancelResult::TooLate:
        return { .status = 400, .body = R"({"status":"ALREADY_COMPLETED"})" };
    case SandboxQueue::CancelResult::Unknown:
        break;
    }
    return { .status = 404, .body = R"({"status":"NOT_FOUND"})" };
}

} // namespace plantain
