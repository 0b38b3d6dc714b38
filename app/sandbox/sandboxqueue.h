#pragma once

#include "queuedrequest.h"
#include "sandboxstate.h"

#include <QHash>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace plantain {

/// What a running job may do: talk, and wait where it can be woken.
class JobControl
{
public:
    virtual ~JobControl() = default;
    virtual void log(const QByteArray &message) = 0;
    /// False when the job was cancelled or the sandbox stops: it should return then.
    virtual bool waitUntil(std::chrono::steady_clock::time_point time) = 0;
    virtual bool cancelled() const = 0;
    virtual void ignoreCancel() = 0; ///< runs to its end whatever the client says, as partner models may
    /// Puts the job back to IN_QUEUE until the time; it stays this job, on this thread.
    virtual bool requeueUntil(std::chrono::steady_clock::time_point time) = 0;
};

/// fal's queue: takes jobs in order, runs as many at once as it may, remembers how they ended. Threads of its own, one
/// a running job; no polling anywhere. Thread-safe. Results stay until `maxFinished` newer ones have come.
class SandboxQueue final
{
public:
    using Runner = std::function<SandboxOutcome(const SandboxJob &, JobControl &)>;

    /// `state` remembers what is submitted, and outlives the queue; may be null.
    SandboxQueue(int concurrency, FileStore &files, SandboxState *state, Runner runner);
    ~SandboxQueue();
    SandboxQueue(const SandboxQueue &) = delete;
    SandboxQueue &operator=(const SandboxQueue &) = delete;

    /// Goes on with what an earlier queue was given: what has not ended runs anew, its seed makes the same pictures of it.
    void restore(std::vector<SandboxState::Kept> requests);

    static QString newId();
    void submit(const QString &id, SandboxJob job);
    /// For the synchronous call: only where a place is free; false otherwise.
    bool submitIfFree(const QString &id, SandboxJob job);
    int length() const; ///< jobs that wait

    std::optional<SandboxSnapshot> snapshot(const QString &id, size_t firstLog);
    /// Waits until the request's version differs from the one given, at most so long.
    std::optional<SandboxSnapshot> waitForChange(const QString &id, quint64 version, size_t firstLog,
                                                 std::chrono::milliseconds patience);
    bool waitForEnd(const QString &id, std::chrono::milliseconds patience);
    /// The end of a completed request; `expired` when its body is no longer there.
    struct End
    {
        SandboxOutcome outcome;
        bool expired = false;
    };
    std::optional<End> end(const QString &id);

    enum class CancelResult { Unknown, Removed, Requested, TooLate };
    CancelResult cancel(const QString &id);

    /// Newest first.
    std::vector<SandboxHistoryEntry> history(const EndpointId &endpoint, const QByteArray &key, qint64 since) const;

    void stop(); ///< wakes everybody, ends all jobs, waits for the threads
    bool stopping() const { return m_stopping; }

private:
    class Control;
    using RequestPointer = std::shared_ptr<QueuedRequest>;

    void work();
    void runOne(const RequestPointer &request);
    RequestPointer makeRequest(const QString &id, SandboxJob job) const;
    void insert(const RequestPointer &request); // m_mutex held
    void finish(QueuedRequest &request, SandboxOutcome outcome); // m_mutex held
    void changed(QueuedRequest &request); // m_mutex held
    void removeWaiting(const RequestPointer &request); // m_mutex held
    void dropLateStarters(); // m_mutex held
    int positionOf(const RequestPointer &request) const; // m_mutex held

    static constexpr size_t maxFinished = 1000; // a few kB each

    const size_t m_concurrency;
    FileStore &m_files;
    SandboxState *const m_state;
    const Runner m_runner;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed, m_work;
    QHash<QString, RequestPointer> m_requests;
    std::map<quint64, RequestPointer> m_bySequence; // all of them, oldest first
    std::deque<RequestPointer> m_waiting, m_finished;
    size_t m_running = 0;
    quint64 m_sequence = 0;
    std::atomic<bool> m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace plantain
