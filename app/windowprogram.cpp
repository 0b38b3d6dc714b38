#include "windowprogram.h"

#include "mainwindow.h"
#include "session.h"
#include "thumbnailstore.h"
#include "whenfinished.h"

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
    whenFinished(m_engine->library().open(), this, [this](const Result<OpenReport> &report) {
        if (report)
            m_session->begin(*report);
        else
            Q_EMIT m_session->said(report.error());
    });
}

void WindowProgram::close()
{
    m_window->close();
}

} // namespace plantain
