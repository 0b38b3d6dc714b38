#pragma once

#include "actions.h"
#include "examples.h"
#include "gallerypage.h"
#include "mainwindow.h"
#include "session.h"
#include "thumbnailstore.h"
#include "workbench.h"

/// A suite of the window as the program builds it: over a library in a temporary folder and a sandbox that answers at once.
/// Its init() calls start(), or prepare() and open(), its cleanup() end().
class WindowTest : public QObject
{
protected:
    void start(double latencySeconds = 0)
    {
        prepare(latencySeconds);
        open();
    }
    void prepare(double latencySeconds = 0)
    {
        m_bench = std::make_unique<plantain::Workbench>(latencySeconds);
        m_thumbnails = std::make_unique<plantain::ThumbnailStore>(m_bench->folder.filePath(QStringLiteral("thumbnails")), m_bench->pool);
    }
    /// The window is shown and active, and the session has begun.
    void open(const std::vector<plantain::Example> &examples = {})
    {
        m_session = std::make_unique<plantain::Session>(m_bench->catalog, *m_bench->library, *m_bench->servers, m_bench->pool,
                                                        examples, m_bench->folder.filePath(QStringLiteral("draft.json")));
        m_window = std::make_unique<plantain::MainWindow>(*m_session, *m_thumbnails,
                                                          m_bench->folder.filePath(QStringLiteral("settings.json")));
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_session->begin(plantain::OpenReport());
    }
    void close()
    {
        m_window.reset();
        m_session.reset();
    }
    void end()
    {
        close();
        m_thumbnails.reset();
        m_bench.reset();
    }

    const plantain::Actions &actions() const { return m_window->actionSet(); }
    plantain::GalleryPage &page() const { return *m_window->findChild<plantain::GalleryPage *>(); }
    plantain::GalleryView &view() const { return *page().view(); }

    std::unique_ptr<plantain::Workbench> m_bench;
    std::unique_ptr<plantain::ThumbnailStore> m_thumbnails;
    std::unique_ptr<plantain::Session> m_session;
    std::unique_ptr<plantain::MainWindow> m_window;
};
