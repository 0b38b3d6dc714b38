#include "listcommand.h"

#include "runjson.h"
#include "whenfinished.h"

namespace plantain {

namespace {

constexpr int page = 200;

} // namespace

ListCommand::ListCommand(const QString &libraryFolder)
    : m_library(libraryFolder)
{
}

void ListCommand::start()
{
    whenFinished(m_library.open(), this, [this](const Result<OpenReport> &report) {
        if (!report) {
            complain(report.error());
            Q_EMIT finished(Bad);
            return;
        }
        printFrom(0);
    });
}

void ListCommand::printFrom(qint64 sequence)
{
    whenFinished(m_library.runs(sequence, page), this, [this](const Result<std::vector<RunRecord>> &runs) {
        if (!runs) {
            complain(runs.error());
            Q_EMIT finished(Bad);
            return;
        }
        for (const RunRecord &run : *runs)
            print(runLine(run, m_library.folder()));
        if (runs->size() < size_t(page))
            Q_EMIT finished(Good);
        else
            printFrom(runs->back().sequence);
    });
}

} // namespace plantain
