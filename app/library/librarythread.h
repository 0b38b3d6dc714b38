#pragma once

#include "completions.h"
#include "libraryjob.h"
#include "libraryopening.h"

#include <condition_variable>
#include <deque>
#include <thread>

namespace plantain {

/// The one thread that uses the database. Jobs run in the order they came; writes that wait at the same time share one
/// transaction and so one sync, each in a savepoint, so that one that fails takes nothing with it.
class LibraryThread
{
public:
    /// What is told when the disk does not take what is to be stored, and, with nothing, when it does again.
    using Trouble = std::function<void(const std::optional<Error> &)>;
    LibraryThread(LibraryFolder folder, std::shared_ptr<Completions> completions, Trouble trouble = nullptr);
    ~LibraryThread(); ///< as finish()

    QFuture<Result<OpenReport>> open(const std::optional<SweepLimits> &sweep);
    template <class T>
    QFuture<Result<T>> read(typename TypedLibraryJob<T>::Work work)
    {
        return submit(std::make_shared<TypedLibraryJob<T>>(LibraryJob::Kind::Read, std::move(work), nullptr));
    }
    template <class T>
    QFuture<Result<T>> write(typename TypedLibraryJob<T>::Work work, typename TypedLibraryJob<T>::Announce announce)
    {
        return submit(std::make_shared<TypedLibraryJob<T>>(LibraryJob::Kind::Write, std::move(work), std::move(announce)));
    }

    /// Does what waits, closes the database and lets go of the lock. Jobs that come later fail.
    void finish();

private:
    using Jobs = std::vector<std::shared_ptr<LibraryJob>>;
    class OpenJob;

    template <class Job>
    auto submit(std::shared_ptr<Job> job)
    {
        auto future = job->future();
        enqueue(std::move(job));
        return future;
    }
    void enqueue(std::shared_ptr<LibraryJob> job);
    void deliver(std::shared_ptr<LibraryJob> job);

    void work();
    void runRead(LibraryJob &job);
    void runWrites(const Jobs &jobs);
    std::optional<Error> tryTogether(const Jobs &jobs);
    void note(const Error &error);
    std::optional<Error> findAgain();
    void rememberFile();
    void tell(const std::optional<Error> &error);

    const LibraryFolder m_folder;
    const std::shared_ptr<Completions> m_completions;
    const Trouble m_trouble;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::shared_ptr<LibraryJob>> m_queue;
    bool m_finishing = false;

    // Of the library thread alone.
    std::optional<OpenLibrary> m_open;
    Error m_notOpen;
    bool m_damageSeen = false;
    std::pair<quint64, quint64> m_file; ///< device and number of the database that is open
    std::optional<Error> m_told, m_met; ///< trouble: what was said last, and what this round met

    std::thread m_thread; ///< last: it starts when all else is there
};

} // namespace plantain
