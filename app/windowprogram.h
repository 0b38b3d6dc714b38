#pragma once

#include "commandline.h"
#include "engine.h"
#include "examples.h"
#include "handover.h"
#include "handoverdoor.h"

#include <QObject>

namespace plantain {

class MainWindow;
class Session;
class ThumbnailStore;

/// The program with a window: builds everything once, in the order of dependence, and takes it down in the reverse.
class WindowProgram final : public QObject
{
    Q_OBJECT
public:
    WindowProgram(std::unique_ptr<Engine> engine, const CommandLine &line, const Paths &paths);
    ~WindowProgram() override;

    void start();
    void close(); ///< as if the person had closed the window

    const QString &nextLibrary() const { return m_nextLibrary; } ///< closed to go on with this one; empty: closed

    MainWindow &window() { return *m_window; }
    Session &session() { return *m_session; }

private:
    void askHolder();

    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ThumbnailStore> m_thumbnails;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    const QStringList m_files;
    QString m_nextLibrary;
    HandoverDoor m_door;
    std::unique_ptr<Handover> m_handover; ///< while another program has the library
    QTimer m_askHolder;
};

} // namespace plantain
