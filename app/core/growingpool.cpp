#include "growingpool.h"

#include <utility>

namespace plantain {

GrowingPool::GrowingPool(size_t maxThreads)
    : m_maxThreads(maxThreads)
{
}

GrowingPool::~GrowingPool()
{
    shutdown();
}

void GrowingPool::enqueue(std::function<void()> job)
{
    const std::lock_guard lock(m_mutex);
    m_jobs.push_back(std::move(job));
    if (m_idle < m_jobs.size() && m_threads.size() < m_maxThreads)
        m_threads.emplace_back([this] { work(); });
    else
        m_changed.notify_one();
}

void GrowingPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_idle;
        m_changed.wait(lock, [this] { return m_ending || !m_jobs.empty(); });
        --m_idle;
        if (m_jobs.empty())
            return;
        const std::function<void()> job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job();
        lock.lock();
    }
}

void GrowingPool::shutdown()
{
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        threads = std::exchange(m_threads, {});
    }
    m_changed.notify_all();
    for (std::thread &thread : threads)
        thread.join();
}

} // namespace plantain
