#include "runtiming.h"

#include "library.h"
#include "whenfinished.h"

namespace plantain {

namespace {

constexpr int pageSize = 25; // whole records, with their raw replies
constexpr qint64 runsRead = 500;

} // namespace

RunTiming::RunTiming(Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
}

void RunTiming::readHistory()
{
    whenFinished(m_library.summaries(0, 1), this, [this](const Result<std::vector<RunSummary>> &newest) {
        if (newest && !newest->empty()) // what cannot be read is said by those who need it
            readPage(std::max<qint64>(newest->front().sequence - runsRead, 0), newest->front().sequence);
    });
}

void RunTiming::readPage(qint64 afterSequence, qint64 last)
{
    whenFinished(m_library.runs(afterSequence, pageSize), this, [this, last](const Result<std::vector<RunRecord>> &page) {
        if (!page || page->empty())
            return;
        for (const RunRecord &run : *page) {
            if (!isFinal(run.state))
                m_open.insert(run.id, traitsOf(run)); // it goes on now
            const auto seconds = workSecondsOf(run);
            if (run.sequence <= last && run.state == RunState::Done && seconds && !m_counted.contains(run.id))
                m_estimator.add(traitsOf(run), *seconds);
        }
        if (page->back().sequence < last) {
            readPage(page->back().sequence, last);
            return;
        }
        const QHash<RunId, RunProgress> told = m_last; // progressed() writes into it
        for (auto run = told.cbegin(); run != told.cend(); ++run)
            progressed(run.key(), run.value());
    });
}

void RunTiming::take(const RunRecord &run)
{
    if (!isFinal(run.state)) {
        m_open.insert(run.id, traitsOf(run));
        return;
    }
    m_open.remove(run.id);
    m_last.remove(run.id);
    const auto seconds = workSecondsOf(run);
    if (run.state == RunState::Done && seconds && !m_counted.contains(run.id)) {
        m_counted.insert(run.id);
        m_estimator.add(traitsOf(run), *seconds);
    }
}

void RunTiming::progressed(const RunId &id, const RunProgress &progress)
{
    RunProgress told = progress;
    if (const auto traits = m_open.constFind(id); traits != m_open.cend()) {
        told.estimate = m_estimator.estimate(*traits);
        m_last.insert(id, progress);
    }
    Q_EMIT estimated(id, told);
}

} // namespace plantain
