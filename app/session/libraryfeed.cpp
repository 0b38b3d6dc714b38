#include "libraryfeed.h"

#include "gallerymodel.h"
#include "library.h"
#include "prompthistory.h"
#include "runmodel.h"
#include "spendtoday.h"
#include "whenfinished.h"

#include <limits>

namespace plantain {

namespace {

constexpr int page = 1000; ///< runs read from the library at a time

} // namespace

LibraryFeed::LibraryFeed(Library &library, RunModel &runs, GalleryModel &gallery, SpendToday &spend, PromptHistory &prompts,
                         QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_runs(runs)
    , m_gallery(gallery)
    , m_spend(spend)
    , m_prompts(prompts)
{
    connect(&library, &Library::runAdded, &runs, &RunModel::runAdded);
    connect(&library, &Library::runChanged, &runs, &RunModel::runChanged);
    connect(&library, &Library::runAdded, &gallery, &GalleryModel::runAdded);
    connect(&library, &Library::runChanged, &gallery, &GalleryModel::runChanged);
    connect(&library, &Library::runAdded, &prompts, &PromptHistory::runAdded);
    const auto spent = [this](const RunRecord &run) { m_spend.take(summaryOf(run)); };
    connect(&library, &Library::runAdded, this, spent);
    connect(&library, &Library::runChanged, this, spent);
}

void LibraryFeed::load()
{
    loadBefore(std::numeric_limits<qint64>::max());
}

void LibraryFeed::loadBefore(qint64 sequence)
{
    whenFinished(m_library.summaries(sequence, page), this, [this](const Result<std::vector<RunSummary>> &runs) {
        if (!runs) {
            Q_EMIT failed(runs.error());
            return;
        }
        m_runs.addSummaries(*runs);
        m_gallery.addSummaries(*runs);
        for (const RunSummary &run : *runs)
            m_spend.take(run);
        m_prompts.addSummaries(*runs);
        Q_EMIT loaded(*runs);
        if (runs->size() == size_t(page))
            loadBefore(runs->back().sequence);
    });
}

} // namespace plantain
