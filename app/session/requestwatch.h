#pragma once

#include "falclient.h"
#include "retrytimer.h"

#include <QSet>

namespace plantain {

/// Follows one accepted request until the server says COMPLETED: the status stream while it works, polling while it
/// does not, and back. Never gives up by itself but on a request the server has forgotten. Ends with exactly one of
/// `completed` and `gone`.
class RequestWatch final : public QObject
{
    Q_OBJECT
public:
    RequestWatch(FalClient &client, Ticket ticket, QObject *parent = nullptr);

    void start();
    void tryNow(); ///< does not wait any longer for the next try

Q_SIGNALS:
    void progressed(const plantain::RunProgress &progress);
    void logged(const plantain::LogLine &line);
    void completed(const plantain::QueueStatus &status);
    void gone(const plantain::Error &error); ///< 404 five times over two minutes

private:
    void openStream();
    void poll();
    void again(std::chrono::milliseconds delay, void (RequestWatch::*next)());
    void take(const QueueStatus &status, bool wholeLog);
    void pollFailed(const Error &error);
    void wait(const Error &error, std::chrono::milliseconds delay);

    FalClient &m_client;
    const Ticket m_ticket;
    CallHandle m_call;
    RetryTimer m_timer;
    RunProgress m_progress;
    QSet<size_t> m_seenLines;
    bool m_firstStream = true;
    bool m_over = false;
    int m_streamFailures = 0;
    int m_pollFailures = 0;
    int m_notFound = 0;
};

} // namespace plantain
