#pragma once

#include "falclient.h"
#include "retrytimer.h"

namespace plantain {

/// Brings the result of a request that is over, or the server's final word about it; what is neither is weather and is
/// asked again. Ends with exactly one of `arrived` and `failed`.
class ResultFetch final : public QObject
{
    Q_OBJECT
public:
    /// `statusError`: what the status said went wrong, when it did.
    ResultFetch(FalClient &client, Ticket ticket, std::optional<Error> statusError, QObject *parent = nullptr);

    void start();
    void tryNow(); ///< does not wait any longer for the next try

Q_SIGNALS:
    void waiting(const plantain::Error &error, std::chrono::milliseconds delay);
    void arrived(const plantain::ResultOutcome &outcome); ///< without an error
    void failed(const plantain::Error &error, const QByteArray &reply); ///< for good; `reply` is all the server said

private:
    void take(const ResultOutcome &outcome);

    FalClient &m_client;
    const Ticket m_ticket;
    const std::optional<Error> m_statusError;
    CallHandle m_call;
    RetryTimer m_retry;
    int m_failures = 0, m_notFound = 0, m_unreadable = 0;
};

} // namespace plantain
