#pragma once

#include "falclient.h"
#include "retrytimer.h"

namespace plantain {

/// Asks the server to cancel a request, again and again until it answers: a person who pressed Cancel is owed one of four
/// answers (fal-protocol.md 5). Ends with one `answered`, unless its owner drops it because the run has ended by itself.
class CancelRequest final : public QObject
{
    Q_OBJECT
public:
    CancelRequest(FalClient &client, Ticket ticket, QObject *parent = nullptr);

    void start();
    void tryNow(); ///< does not wait any longer for the next try

Q_SIGNALS:
    void waiting(const plantain::Error &error); ///< no answer; it is asked again
    void answered(plantain::CancelOutcome outcome); ///< Removed, Requested, TooLate or NotKnown

private:
    FalClient &m_client;
    const Ticket m_ticket;
    CallHandle m_call;
    RetryTimer m_retry;
    int m_failures = 0;
};

} // namespace plantain
