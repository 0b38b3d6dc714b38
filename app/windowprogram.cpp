#include "windowprogram.h"

#include "mainwindow.h"
#include "session.h"
#include "thumbnailstore.h"

using namespace Qt::StringLiterals;

namespace plantain {

WindowProgram::WindowProgram(std::unique_ptr<Engine> engine, const CommandLine &line, const Paths &paths)
    : m_engine(std::move(engine))
    , m_thumbnails(std::make_unique<ThumbnailStore>(paths.thumbnails, m_engine->decodePool()))
    , m_session(std::make_unique<Session>(m_engine->catalog(), m_engine->library(), m_engine->servers(),
                                          m_engine->decodePool(), loadExamples(u":/examples"_s).examples, paths.draft))
    , m_window(std::make_unique<MainWindow>(*m_session, *m_thumbnails, paths.settings))
    , m_files(line.files)
{
}

WindowProgram::~WindowProgram() = default;

void WindowProgram::start()
{
    m_session->addReferences(m_files);
    m_window->show();
    connect(m_window.get(), &MainWindow::libraryChosen, this, [this](const QString &folder) {
        m_nextLibrary = folder;
        close();
    });
    m_session->open();
}

void WindowProgram::close()
{
    m_window->close();
}

} // namespace plantain
