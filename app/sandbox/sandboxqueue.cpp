#include "sandboxqueue.h"

#include <QUuid>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace plantain {

using Clock = std::chrono::steady_clock;

class SandboxQueue::Control final : public JobControl
{
public:
    Control(SandboxQueue &queue, QueuedRequest &request)
        : m_queue(queue)
        , m_request(request)
    {
    }

    void log(const QByteArray &message) override
    {
        const std::lock_guard lock(m_queue.m_mutex);
        m_request.logs.push_back({ nowMicroseconds(), message });
        m_queue.changed(m_request);
    }
    bool waitUntil(Clock::time_point time) override
    {
        std::unique_lock lock(m_queue.m_mutex);
        return !m_queue.m_changed.wait_until(lock, time, [this] { return ended(); });
    }
    bool cancelled() const override
    {
        const std::lock_guard lock(m_queue.m_mutex);
        return ended();
    }
    void ignoreCancel() override
    {
        const std::lock_guard lock(m_queue.m_mutex);
        m_request.ignoresCancel = true;
    }
    bool requeueUntil(Clock::time_point time) override
    {
        std::unique_lock lock(m_queue.m_mutex);
        m_request.state = QueueState::InQueue;
        m_queue.changed(m_request);
        const bool stopped = m_queue.m_changed.wait_until(lock, time, [this] { return ended(); });
        m_request.state = QueueState::InProgress;
        m_queue.changed(m_request);
        return !stopped;
    }

private:
    bool ended() const { return m_request.endsEarly() || m_queue.m_stopping; }

    SandboxQueue &m_queue;
    QueuedRequest &m_request;
};

SandboxQueue::SandboxQueue(int concurrency, FileStore &files, SandboxState *state, Runner runner)
    : m_concurrency(size_t(std::clamp(concurrency, 1, 64)))
    , m_files(files)
    , m_state(state)
    , m_runner(std::move(runner))
{
    for (size_t i = 0; i < m_concurrency; ++i)
        m_threads.emplace_back([this] { work(); });
}

SandboxQueue::~SandboxQueue()
{
    stop();
}

QString SandboxQueue::newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

SandboxQueue::RequestPointer SandboxQueue::makeRequest(const QString &id, SandboxJob job) const
{
    auto request = std::make_shared<QueuedRequest>();
    request->id = id;
    if (job.startTimeout) {
        const std::chrono::duration<double> patience(*job.startTimeout);
        request->startDeadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(patience);
    }
    request->input = RetainedBytes::keep(job.body, m_files);
    job.body.clear();
    request->job = std::move(job);
    return request;
}

void SandboxQueue::insert(const RequestPointer &request)
{
    request->sequence = ++m_sequence;
    request->sentAt = nowMicroseconds();
    m_requests.insert(request->id, request);
    m_bySequence.emplace(request->sequence, request);
    m_waiting.push_back(request);
    m_work.notify_one();
}

void SandboxQueue::restore(std::vector<SandboxState::Kept> requests)
{
    for (SandboxState::Kept &kept : requests) {
        const RequestPointer request = makeRequest(kept.id, std::move(kept.job));
        const std::lock_guard lock(m_mutex);
        if (!kept.outcome) {
            insert(request);
            request->sentAt = kept.sentAt;
            continue;
        }
        request->sequence = ++m_sequence;
        request->sentAt = request->startedAt = kept.sentAt;
        m_requests.insert(request->id, request);
        m_bySequence.emplace(request->sequence, request);
        finish(*request, *std::move(kept.outcome));
    }
}

void SandboxQueue::submit(const QString &id, SandboxJob job)
{
    if (m_state)
        m_state->taken(id, job, nowMicroseconds());
    const RequestPointer request = makeRequest(id, std::move(job));
    const std::lock_guard lock(m_mutex);
    insert(request);
}

bool SandboxQueue::submitIfFree(const QString &id, SandboxJob job)
{
    const RequestPointer request = makeRequest(id, std::move(job));
    const std::lock_guard lock(m_mutex);
    if (m_running + m_waiting.size() >= m_concurrency)
        return false;
    insert(request);
    return true;
}

int SandboxQueue::length() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_waiting.size());
}

void SandboxQueue::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_work.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
        if (m_stopping)
            return;
        dropLateStarters();
        if (m_waiting.empty())
            continue;
        const RequestPointer request = m_waiting.front();
        removeWaiting(request);
        ++m_running;
        request->state = QueueState::InProgress;
        request->startedAt = nowMicroseconds();
        changed(*request);
        lock.unlock();
        runOne(request);
        lock.lock();
        --m_running;
    }
}

void SandboxQueue::runOne(const RequestPointer &request)
{
    Control control(*this, *request);
    SandboxJob job = request->job;
    const std::optional<QByteArray> body = request->input.read();
    job.body = body.value_or(QByteArray());
    SandboxOutcome outcome = body ? m_runner(job, control) : requestError(u"internal_error"_s);
    const RetainedBytes reply = RetainedBytes::keep(outcome.body, m_files);
    if (m_state && !m_stopping) // else it was broken off, and goes on at the next start
        m_state->ended({ request->id, job, request->sentAt, outcome });
    const std::lock_guard lock(m_mutex);
    if (request->endsEarly() || m_stopping) {
        if (m_state && !m_stopping)
            m_state->forget(request->id);
        finish(*request, requestError(u"client_cancelled"_s));
        return;
    }
    outcome.body.clear();
    finish(*request, std::move(outcome));
    request->reply = reply;
}

void SandboxQueue::finish(QueuedRequest &request, SandboxOutcome outcome)
{
    request.reply = { std::exchange(outcome.body, {}), {} };
    request.outcome = std::move(outcome);
    request.state = QueueState::Completed;
    request.endedAt = nowMicroseconds();
    changed(request);
    m_finished.push_back(m_requests.value(request.id));
    if (m_finished.size() > maxFinished) {
        m_bySequence.erase(m_finished.front()->sequence);
        m_requests.remove(m_finished.front()->id);
        m_finished.pop_front();
    }
}

void SandboxQueue::changed(QueuedRequest &request)
{
    ++request.version;
    m_changed.notify_all();
}

void SandboxQueue::removeWaiting(const RequestPointer &request)
{
    const auto place = std::find(m_waiting.begin(), m_waiting.end(), request);
    for (auto behind = m_waiting.erase(place); behind != m_waiting.end(); ++behind)
        ++(*behind)->version; // its position
    m_changed.notify_all();
}

void SandboxQueue::dropLateStarters()
{
    const Clock::time_point now = Clock::now();
    const std::deque<RequestPointer> waiting = m_waiting;
    for (const RequestPointer &request : waiting) {
        if (!request->startDeadline || *request->startDeadline > now)
            continue;
        removeWaiting(request);
        SandboxOutcome outcome = requestError(u"request_timeout"_s);
        outcome.headers.emplaceBack("X-Fal-Request-Timeout-Type", "user");
        finish(*request, std::move(outcome));
    }
}

int SandboxQueue::positionOf(const RequestPointer &request) const
{
    const auto place = std::find(m_waiting.begin(), m_waiting.end(), request);
    return place == m_waiting.end() ? 0 : int(place - m_waiting.begin());
}

std::optional<SandboxSnapshot> SandboxQueue::snapshot(const QString &id, size_t firstLog)
{
    const std::lock_guard lock(m_mutex);
    dropLateStarters();
    const RequestPointer request = m_requests.value(id);
    return request ? std::optional(snapshotOf(*request, positionOf(request), firstLog)) : std::nullopt;
}

std::optional<SandboxSnapshot> SandboxQueue::waitForChange(const QString &id, quint64 version, size_t firstLog,
                                                           std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    const RequestPointer request = m_requests.value(id);
    if (!request)
        return std::nullopt;
    m_changed.wait_for(lock, patience, [&] { return m_stopping || request->version != version; });
    dropLateStarters();
    return snapshotOf(*request, positionOf(request), firstLog);
}

bool SandboxQueue::waitForEnd(const QString &id, std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    const RequestPointer request = m_requests.value(id);
    return !request || m_changed.wait_for(lock, patience, [&] {
        return m_stopping || request->state == QueueState::Completed;
    });
}

std::optional<SandboxQueue::End> SandboxQueue::end(const QString &id)
{
    SandboxOutcome outcome;
    RetainedBytes reply;
    {
        const std::lock_guard lock(m_mutex);
        dropLateStarters();
        const RequestPointer request = m_requests.value(id);
        if (!request || request->state != QueueState::Completed)
            return std::nullopt;
        outcome = request->outcome;
        reply = request->reply;
    }
    const std::optional<QByteArray> body = reply.read();
    outcome.body = body.value_or(QByteArray());
    return End { std::move(outcome), !body };
}

SandboxQueue::CancelResult SandboxQueue::cancel(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    dropLateStarters();
    const RequestPointer request = m_requests.value(id);
    if (!request)
        return CancelResult::Unknown;
    if (request->state == QueueState::Completed)
        return CancelResult::TooLate;
    request->cancelAsked = true;
    if (std::find(m_waiting.begin(), m_waiting.end(), request) == m_waiting.end()) {
        m_changed.notify_all();
        return CancelResult::Requested;
    }
    removeWaiting(request);
    if (m_state)
        m_state->forget(id);
    finish(*request, requestError(u"client_cancelled"_s));
    return CancelResult::Removed;
}

std::vector<SandboxHistoryEntry> SandboxQueue::history(const EndpointId &endpoint, const QByteArray &key, qint64 since) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<SandboxHistoryEntry> entries;
    for (auto it = m_bySequence.rbegin(); it != m_bySequence.rend() && it->second->sentAt >= since; ++it) {
        const QueuedRequest &request = *it->second;
        if (request.job.endpoint == endpoint && request.job.key == key)
            entries.push_back(historyEntryOf(request));
    }
    return entries;
}

void SandboxQueue::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_work.notify_all();
    m_changed.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

} // namespace plantain
