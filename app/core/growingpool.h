#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace plantain {

/// Threads that are made when there is work and nobody is free, up to a limit; they stay. Jobs over the limit wait.
class GrowingPool final
{
public:
    explicit GrowingPool(size_t maxThreads);
    ~GrowingPool();
    GrowingPool(const GrowingPool &) = delete;
    GrowingPool &operator=(const GrowingPool &) = delete;

    void enqueue(std::function<void()> job);
    void shutdown(); ///< does what was enqueued, then waits for the threads; once

private:
    void work();

    const size_t m_maxThreads;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
    std::vector<std::thread> m_threads;
    size_t m_idle = 0;
    bool m_ending = false;
};

} // namespace plantain
