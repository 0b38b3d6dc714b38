#pragma once

#include "settings.h"

#include <QMainWindow>

#include <memory>

class QDockWidget;
class QSplitter;

namespace plantain {

struct Actions;
class DetailsPanel;
class ExportPanel;
class GalleryPage;
class GeneratePanel;
class LogPanel;
class MessageStrip;
class PictureCentre;
class RunNotices;
class RunPanel;
class ServerChoice;
class Session;
class Theme;
class ThumbnailStore;
class TopBar;

/// The one window (design.md 1): what you ask for, what you got, what this picture is, what is happening. Puts the
/// panels together and binds them to the session; what a panel does is the panel's own.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// `session` and `thumbnails` outlive the window. `settingsFile` is read now and written when something in it
    /// changes and at close.
    MainWindow(Session &session, ThumbnailStore &thumbnails, const QString &settingsFile, QWidget *parent = nullptr);
    ~MainWindow() override;

    const Actions &actionSet() const { return *m_actions; }
    void comeForward(); ///< before the other windows

Q_SIGNALS:
    void libraryChosen(const QString &folder); ///< to go on with, in place of this one

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildCentre();
    void buildDocks();
    void connectActions();
    void connectPanels();
    void nameUndo();
    void resetLayout();
    void restoreLayout();
    QByteArray layoutState() const;
    void movePanelFocus(int step);
    void setPicturesAlone(bool alone);
    void chooseTheme(Settings::Theme theme);
    void connectExport();
    void exportAgain();
    void save();

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    const QString m_settingsFile;
    Settings m_settings;
    Theme *m_theme;
    std::unique_ptr<Actions> m_actions;
    ServerChoice *m_server = nullptr;
    MessageStrip *m_remark = nullptr;
    MessageStrip *m_problem = nullptr;
    QSplitter *m_splitter = nullptr;
    GeneratePanel *m_form = nullptr;
    TopBar *m_topBar = nullptr;
    PictureCentre *m_pictures = nullptr;
    GalleryPage *m_gallery = nullptr; ///< of m_pictures
    DetailsPanel *m_details = nullptr;
    ExportPanel *m_export = nullptr;
    RunPanel *m_runs = nullptr;
    RunNotices *m_notices = nullptr;
    LogPanel *m_log = nullptr;
    QDockWidget *m_runsDock = nullptr;
    QDockWidget *m_logDock = nullptr;
    QString m_diskSaid; ///< what the strip said of the disk, until that is well
    QList<bool> m_panelsBefore; ///< which were shown before full screen
};

} // namespace plantain
