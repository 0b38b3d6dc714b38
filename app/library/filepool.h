#pragma once

#include "completions.h"
#include "growingpool.h"
#include "result.h"

#include <QFuture>
#include <QPromise>

#include <atomic>

namespace plantain {

/// Where files are hashed, copied and synced: few threads, as the disk is the limit. Futures are finished on the
/// Library's thread. Outlives the Library in files still being written; after stop() nothing runs any more.
class FilePool
{
public:
    explicit FilePool(std::shared_ptr<Completions> completions)
        : m_completions(std::move(completions))
    {
    }

    /// Runs `work` on the pool.
    template <class T>
    QFuture<Result<T>> run(std::function<Result<T>()> work)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        const auto future = promise->future();
        if (m_stopping) {
            promise->addResult(failure(stopped()));
            promise->finish();
            return future;
        }
        m_threads.enqueue([work = std::move(work), promise, completions = m_completions]() mutable {
            auto result = std::make_shared<Result<T>>(work());
            work = nullptr;
            completions->post([promise = std::move(promise), result] {
                promise->addResult(std::move(*result));
                promise->finish();
            });
        });
        return future;
    }
    void runDetached(std::function<void()> work)
    {
        if (!m_stopping)
            m_threads.enqueue(std::move(work));
    }

    bool isStopping() const { return m_stopping; } ///< long work looks at it and ends with stopped()
    static Error stopped();

    /// The Library's thread: waits for what runs.
    void stop();

private:
    const std::shared_ptr<Completions> m_completions;
    std::atomic<bool> m_stopping = false;
    GrowingPool m_threads { 4 };
};

} // namespace plantain
