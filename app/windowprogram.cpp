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
    m_askHolder.setInterval(std::chrono::milliseconds(700));
    m_askHolder.setSingleShot(true);
    connect(&m_askHolder, &QTimer::timeout, this, &WindowProgram::askHolder);
    connect(m_session.get(), &Session::begun, this, [this] { m_door.open(m_session->libraryFolder()); });
    connect(m_session.get(), &Session::blockedChanged, this, &WindowProgram::askHolder);
    connect(&m_door, &HandoverDoor::asked, this, [this](const QStringList &files) {
        m_window->comeForward();
        m_session->addReferences(files);
    });
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

/// Of several that start at the same time one has the library, and may not have opened its door yet; or it is a program
/// without a window, which will be done some time.
void WindowProgram::askHolder()
{
    const std::optional<Error> &blocked = m_session->blocked();
    if (!blocked || blocked->kind != ErrorKind::LibraryInUse)
        return;
    m_handover = std::make_unique<Handover>(m_session->libraryFolder(), m_files);
    connect(m_handover.get(), &Handover::finished, this, [this](bool taken) {
        if (taken)
            close();
        else
            m_askHolder.start();
    });
    m_handover->start();
}

void WindowProgram::close()
{
    m_window->close();
}

} // namespace plantain
