#include "librarythread.h"
#include "rebuild.h"

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

Error closedError()
{
    return { .kind = ErrorKind::Database, .type = u"io"_s, .message = u"the library is not open"_s };
}

} // namespace

class LibraryThread::OpenJob final : public LibraryJob
{
public:
    OpenJob(LibraryThread &thread, const std::optional<SweepLimits> &sweep)
        : LibraryJob(Kind::Read)
        , m_thread(thread)
        , m_sweep(sweep)
    {
        m_promise.start();
    }

    QFuture<Result<OpenReport>> future() const { return m_promise.future(); }

    void open()
    {
        if (m_thread.m_open && m_thread.m_open->report.onlyLooking
            && ::access(QFile::encodeName(m_thread.m_folder.path()).constData(), W_OK) == 0)
            m_thread.m_open.reset(); // it may be more by now
        if (m_thread.m_open) {
            m_result = m_thread.m_open->report;
            return;
        }
        auto opened = openLibrary(m_thread.m_folder, m_sweep);
        if (!opened) {
            fail(opened.error());
            m_thread.m_notOpen = opened.error();
            return;
        }
        m_thread.m_open.emplace(*std::move(opened));
        m_thread.rememberFile();
        m_result = m_thread.m_open->report;
    }

    std::optional<Error> run(Journal &) override { return std::nullopt; }
    void fail(const Error &error) override { m_result = failure(error); }
    void deliver() override
    {
        m_promise.addResult(*std::move(m_result));
        m_promise.finish();
    }

private:
    LibraryThread &m_thread;
    const std::optional<SweepLimits> m_sweep;
    std::optional<Result<OpenReport>> m_result;
    QPromise<Result<OpenReport>> m_promise;
};

LibraryThread::LibraryThread(LibraryFolder folder, std::shared_ptr<Completions> completions, Trouble trouble)
    : m_folder(std::move(folder))
    , m_completions(std::move(completions))
    , m_trouble(std::move(trouble))
    , m_notOpen(closedError())
    , m_thread([this] { work(); })
{
}

LibraryThread::~LibraryThread()
{
    finish();
}

QFuture<Result<OpenReport>> LibraryThread::open(const std::optional<SweepLimits> &sweep)
{
    return submit(std::make_shared<OpenJob>(*this, sweep));
}

void LibraryThread::enqueue(std::shared_ptr<LibraryJob> job)
{
    {
        const std::lock_guard guard(m_mutex);
        if (!m_finishing) {
            m_queue.push_back(std::move(job));
            m_wake.notify_one();
            return;
        }
    }
    job->fail(closedError());
    job->deliver();
}

void LibraryThread::finish()
{
    {
        const std::lock_guard guard(m_mutex);
        m_finishing = true;
        m_wake.notify_one();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void LibraryThread::deliver(std::shared_ptr<LibraryJob> job)
{
    m_completions->post([job = std::move(job)] { job->deliver(); });
}

void LibraryThread::work()
{
    while (true) {
        Jobs jobs;
        {
            std::unique_lock guard(m_mutex);
            m_wake.wait(guard, [this] { return m_finishing || !m_queue.empty(); });
            if (m_queue.empty())
                break;
            const bool writes = m_queue.front()->kind() == LibraryJob::Kind::Write;
            do {
                jobs.push_back(std::move(m_queue.front()));
                m_queue.pop_front();
            } while (writes && !m_queue.empty() && m_queue.front()->kind() == LibraryJob::Kind::Write);
        }
        if (jobs.front()->kind() == LibraryJob::Kind::Write)
            runWrites(jobs);
        else
            runRead(*jobs.front());
        for (auto &job : jobs)
            deliver(std::move(job));
    }

    if (!m_open)
        return;
    const bool inOrder = m_open->journal->finishSidecars() && m_folder.removeNoted() && !m_damageSeen;
    m_open->journal.reset();
    if (inOrder && !m_open->report.onlyLooking)
        m_open->lock.release();
    m_open.reset();
}

void LibraryThread::runRead(LibraryJob &job)
{
    if (auto *opening = dynamic_cast<OpenJob *>(&job)) {
        opening->open();
    } else if (!m_open) {
        job.fail(m_notOpen);
    } else if (const auto error = job.run(*m_open->journal)) {
        note(*error);
    }
}

void LibraryThread::runWrites(const Jobs &jobs)
{
    const auto refuse = [&jobs](const Error &error) {
        for (const auto &job : jobs)
            job->fail(error);
    };
    if (!m_open) {
        refuse(m_notOpen);
        return;
    }
    if (const auto away = findAgain()) {
        refuse(*away);
        tell(away);
        return;
    }
    if (m_open->report.onlyLooking) {
        refuse(*m_open->report.onlyLooking);
        return;
    }
    m_met.reset();
    if (const auto error = tryTogether(jobs)) {
        note(*error);
        if (jobs.size() == 1)
            jobs.front()->fail(*error);
        // The transaction as a whole did not come through, on a full disk for instance; a smaller one may.
        for (size_t i = 0; jobs.size() > 1 && i < jobs.size(); ++i) {
            if (const auto alone = tryTogether({ jobs[i] })) {
                note(*alone);
                jobs[i]->fail(*alone);
            }
        }
    }
    tell(m_met);
}

void LibraryThread::tell(const std::optional<Error> &error)
{
    const bool isNews = error ? !m_told || m_told->type != error->type : m_told.has_value();
    m_told = error;
    if (isNews && m_trouble)
        m_completions->post([trouble = m_trouble, error] { trouble(error); });
}

void LibraryThread::rememberFile()
{
    struct stat status { };
    const QString path = m_folder.pathOf(QString::fromLatin1(databaseFile));
    if (::stat(QFile::encodeName(path).constData(), &status) == 0)
        m_file = { quint64(status.st_dev), quint64(status.st_ino) };
}

/// A folder that was moved or whose drive went takes its open database along: what is written there would not be with the
/// files that are written here. So nothing is, until the library is back; as another copy of itself it is opened anew.
std::optional<Error> LibraryThread::findAgain()
{
    const Error away { .kind = ErrorKind::Disk, .type = u"away"_s, .message = m_folder.path() };
    struct stat status { };
    const QString path = m_folder.pathOf(QString::fromLatin1(databaseFile));
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return away;
    if (m_file == std::pair(quint64(status.st_dev), quint64(status.st_ino)))
        return std::nullopt;
    if (identityOf(m_folder) != m_open->identity)
        return away;
    auto opened = openLibrary(m_folder);
    if (!opened)
        return opened.error();
    m_open.reset();
    m_open.emplace(*std::move(opened));
    rememberFile();
    return std::nullopt;
}

// The error of the transaction; a job that failed by itself has kept its own.
std::optional<Error> LibraryThread::tryTogether(const Jobs &jobs)
{
    Journal &journal = *m_open->journal;
    const auto abandon = [&](const Error &error) {
        journal.rollback();
        return error;
    };
    if (const auto begun = journal.begin(); !begun)
        return abandon(begun.error());
    for (const auto &job : jobs) {
        if (const auto marked = journal.savepoint(); !marked)
            return abandon(marked.error());
        const auto error = job->run(journal);
        if (!error)
            continue;
        note(*error);
        if (const auto undone = journal.rollbackToSavepoint(); !undone)
            return abandon(*error);
    }
    if (const auto committed = journal.commit(); !committed)
        return abandon(committed.error());
    return std::nullopt;
}

void LibraryThread::note(const Error &error)
{
    if (error.kind == ErrorKind::Disk || (error.kind == ErrorKind::Database && error.type != u"missing"_s && error.type != u"transition"_s
                                          && error.type != u"id"_s))
        m_met = error;
    if (m_damageSeen || error.kind != ErrorKind::Database || error.type != u"damaged"_s)
        return;
    m_damageSeen = true; // the next start checks the whole database
    m_open->lock.noteDamage();
}

} // namespace plantain
