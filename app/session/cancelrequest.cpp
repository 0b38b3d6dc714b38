#include "cancelrequest.h"

#include "retrypolicy.h"

namespace plantain {

CancelRequest::CancelRequest(FalClient &client, Ticket ticket, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_ticket(std::move(ticket))
{
    connect(&m_retry, &RetryTimer::timeout, this, &CancelRequest::start);
}

void CancelRequest::start()
{
    m_call = m_client.cancel(m_ticket, [this](const Result<CancelReply> &reply) {
        if (reply) {
            Q_EMIT answered(reply->outcome);
            return;
        }
        m_retry.start(retryDelay(++m_failures, reply.error().retryAfterSeconds));
        Q_EMIT waiting(reply.error());
    });
}

void CancelRequest::tryNow()
{
    m_retry.fireNow();
}

} // namespace plantain
