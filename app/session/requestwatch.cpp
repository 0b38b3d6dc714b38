#include "requestwatch.h"

#include "errortext.h"
#include "retrypolicy.h"

namespace plantain {

using namespace std::chrono_literals;

namespace {

constexpr int streamTries = 3; ///< failures in a row after which polling takes over
constexpr int streamRest = 10; ///< polls before the stream is tried again
constexpr int notFoundTries = 5;
constexpr auto notFoundPause = 30s; ///< five tries over two minutes (reliability.md 2.2)
constexpr auto pollInterval = 1s;

} // namespace

RequestWatch::RequestWatch(FalClient &client, Ticket ticket, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_ticket(std::move(ticket))
{
    m_progress.phase = RunProgress::Phase::Queued;
}

void RequestWatch::tryNow()
{
    m_timer.fireNow();
}

// One question first: what is over already, after a start for instance, needs no stream.
void RequestWatch::start()
{
    poll();
}

void RequestWatch::openStream()
{
    m_call = m_client.follow(
        m_ticket,
        [this](const QueueStatus &status) {
            m_streamFailures = 0;
            take(status, false);
        },
        [this](const std::optional<Error> &) {
            m_firstStream = false;
            if (m_over)
                return;
            ++m_streamFailures;
            poll();
        });
}

void RequestWatch::poll()
{
    m_call = m_client.status(m_ticket, [this](const Result<QueueStatus> &status) {
        if (!status) {
            pollFailed(status.error());
            return;
        }
        m_pollFailures = 0;
        m_notFound = 0;
        m_firstStream = m_firstStream && status->logs.empty(); // else the stream may say them again
        take(*status, true);
        if (m_over)
            return;
        const bool rested = m_streamFailures >= streamTries + streamRest;
        if (rested)
            m_streamFailures = 0;
        if (m_streamFailures < streamTries) {
            again(m_streamFailures == 0 ? 0ms : retryDelay(m_streamFailures), &RequestWatch::openStream);
        } else {
            ++m_streamFailures;
            again(pollInterval, &RequestWatch::poll);
        }
    });
}

void RequestWatch::again(std::chrono::milliseconds delay, void (RequestWatch::*next)())
{
    m_timer.disconnect(this);
    connect(&m_timer, &RetryTimer::timeout, this, next);
    m_timer.start(delay);
}

void RequestWatch::take(const QueueStatus &status, bool wholeLog)
{
    if (m_over)
        return;
    for (const LogLine &line : status.logs) {
        const size_t key = qHashMulti(0, line.time.toMSecsSinceEpoch(), line.text);
        const bool known = m_seenLines.contains(key);
        m_seenLines.insert(key);
        // A stream that never broke says each line once; only a second look can repeat lines.
        if (!known || (m_firstStream && !wholeLog))
            Q_EMIT logged(line);
    }

    m_progress.note.clear();
    switch (status.state) {
    case QueueStatus::State::InQueue:
        m_progress.phase = RunProgress::Phase::Queued;
        m_progress.queuePosition = status.queuePosition;
        break;
    case QueueStatus::State::InProgress:
        m_progress.phase = RunProgress::Phase::Running;
        m_progress.queuePosition.reset();
        if (!m_progress.runningSince.isValid())
            m_progress.runningSince = QDateTime::currentDateTimeUtc();
        break;
    case QueueStatus::State::Other:
        m_progress.note = status.word;
        break;
    case QueueStatus::State::Completed:
        m_over = true;
        m_timer.stop();
        m_call.reset();
        Q_EMIT completed(status);
        return;
    }
    Q_EMIT progressed(m_progress);
}

void RequestWatch::pollFailed(const Error &error)
{
    ++m_pollFailures;
    if (error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Expired) {
        if (++m_notFound >= notFoundTries) {
            m_over = true;
            Q_EMIT gone(error);
            return;
        }
        wait(error, notFoundPause);
        return;
    }
    wait(error, retryDelay(m_pollFailures, error.retryAfterSeconds));
}

void RequestWatch::wait(const Error &error, std::chrono::milliseconds delay)
{
    again(delay, &RequestWatch::poll);
    RunProgress progress = m_progress;
    progress.phase = RunProgress::Phase::Waiting;
    progress.note = errorText(error, RunState::Accepted).what;
    progress.needsKey = isAboutKey(error);
    progress.nextTry = QDateTime::currentDateTimeUtc().addMSecs(delay.count());
    Q_EMIT progressed(progress);
}

} // namespace plantain
