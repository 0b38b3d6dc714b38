#pragma once

#include "result.h"
#include "runsummary.h"

#include <QObject>

namespace plantain {

class GalleryModel;
class Library;
class PromptHistory;
class RunModel;
class SpendToday;

/// Brings what the library holds into the models, newest first in pages, and what is stored from then on as it happens.
/// Lives on the GUI thread; all of these outlive it.
class LibraryFeed final : public QObject
{
    Q_OBJECT
public:
    LibraryFeed(Library &library, RunModel &runs, GalleryModel &gallery, SpendToday &spend, PromptHistory &prompts,
                QObject *parent = nullptr);

    void load(); ///< once the library is open

Q_SIGNALS:
    void loaded(const std::vector<plantain::RunSummary> &runs); ///< a page of what the library held at start
    void failed(const plantain::Error &error);

private:
    void loadBefore(qint64 sequence);

    Library &m_library;
    RunModel &m_runs;
    GalleryModel &m_gallery;
    SpendToday &m_spend;
    PromptHistory &m_prompts;
};

} // namespace plantain
