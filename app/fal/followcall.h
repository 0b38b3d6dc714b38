#pragma once

#include "call.h"
#include "eventstreamparser.h"
#include "wire.h"

namespace plantain {

/// A status stream from its first event to its end.
class FollowCall final : public Call
{
    Q_OBJECT
public:
    using Event = std::function<void(const QueueStatus &)>;
    using Ended = std::function<void(std::optional<Error>)>;

    FollowCall(Wire &wire, const QUrl &url, Event event, Ended ended);

    void cancel() override;
    void silence() override;

private:
    std::optional<Error> takeHead(const HttpHead &head);
    std::optional<Error> takeData(const QByteArray &bytes);
    std::optional<Error> takeEvent(const QByteArray &data);
    void exchangeFinished(const HttpOutcome &outcome);
    void end(std::optional<Error> error);

    Wire &m_wire;
    Event m_event;
    Ended m_ended;
    EventStreamParser m_parser;
    HttpExchangePtr m_exchange;
    bool m_completed = false;
};

} // namespace plantain
