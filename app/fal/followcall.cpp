#include "followcall.h"

#include "exchangereplies.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

Error broken(const QString &type, const QString &message = {}, int status = 200)
{
    return { .kind = ErrorKind::BadReply, .type = type, .message = message, .httpStatus = status };
}

} // namespace

FollowCall::FollowCall(Wire &wire, const QUrl &url, Event event, Ended ended)
    : m_wire(wire)
    , m_event(std::move(event))
    , m_ended(std::move(ended))
{
    HttpRequest request { .verb = "GET", .url = url, .headers = { { "Accept", "text/event-stream" } }, .authorization = {},
        .body = {} };
    m_exchange = wire.prepare(std::move(request), wire.limits.stream, Wire::Lane::Alone);
    m_exchange->setSinks([this](const HttpHead &head) { return takeHead(head); },
        [this](const QByteArray &bytes) { return takeData(bytes); });
    connect(m_exchange.get(), &HttpExchange::finished, this, &FollowCall::exchangeFinished);
    wire.begin(*m_exchange, Wire::Lane::Alone);
}

void FollowCall::cancel()
{
    m_exchange->cancel();
}

void FollowCall::silence()
{
    m_event = nullptr;
    m_ended = nullptr;
    if (m_exchange)
        m_exchange->drop();
}

std::optional<Error> FollowCall::takeHead(const HttpHead &head)
{
    if (head.isSuccess() && (head.status != 200 || head.mediaType() != "text/event-stream"))
        return broken(u"content_type"_s, QString::fromLatin1(head.mediaType()), head.status);
    return std::nullopt;
}

std::optional<Error> FollowCall::takeData(const QByteArray &bytes)
{
    for (const StreamEvent &event : m_parser.feed(bytes)) {
        if (event.data.trimmed().isEmpty())
            continue; // a sign of life in other words
        if (std::optional<Error> error = takeEvent(event.data))
            return error;
        if (m_exchange->isOver())
            return std::nullopt;
        if (m_completed) {
            // What the server may still send after that says nothing, and waiting for its close would cost time.
            end({});
            return std::nullopt;
        }
    }
    if (m_parser.isBroken())
        return broken(u"too_large"_s);
    return std::nullopt;
}

std::optional<Error> FollowCall::takeEvent(const QByteArray &data)
{
    Result<QueueStatus> status = parseQueueStatus(m_wire.redacted(data));
    if (!status)
        return broken(status.error().type, status.error().message);
    m_completed = status->state == QueueStatus::State::Completed;
    // A copy: the handler may destroy this call.
    if (const Event event = m_event)
        event(*status);
    return std::nullopt;
}

void FollowCall::exchangeFinished(const HttpOutcome &outcome)
{
    const HttpOutcome clean = m_wire.cleaned(outcome);
    if (m_completed)
        end({});
    else if (clean.isComplete() && clean.head.status == 200)
        end(broken(u"ended_early"_s));
    else
        end(errorOf(clean));
}

void FollowCall::end(std::optional<Error> error)
{
    if (m_exchange)
        m_exchange->drop();
    m_event = nullptr;
    if (const Ended ended = std::exchange(m_ended, nullptr))
        ended(std::move(error));
}

} // namespace plantain
