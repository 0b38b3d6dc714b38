#pragma once

#include "settings.h"

#include <QMainWindow>

#include <memory>

class QDockWidget;
class QSplitter;

namespace plantain {

struct Actions;
class DetailsPanel;
class GalleryPage;
class GeneratePanel;
class LogPanel;
class MessageStrip;
class RunPanel;
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

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildCentre();
    void buildDocks();
    void buildMenus();
    void connectActions();
    void connectPanels();
    void nameUndo();
    void fillStrips();
    void resetLayout();
    void restoreLayout();
    QByteArray layoutState() const;
    void movePanelFocus(int step);
    void chooseTheme(Settings::Theme theme);
    void openAbout();
    void openShortcuts();
    void save();

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    const QString m_settingsFile;
    Settings m_settings;
    Theme *m_theme;
    std::unique_ptr<Actions> m_actions;
    MessageStrip *m_remark = nullptr;
    MessageStrip *m_problem = nullptr;
    QSplitter *m_splitter = nullptr;
    GeneratePanel *m_form = nullptr;
    GalleryPage *m_gallery = nullptr;
    DetailsPanel *m_details = nullptr;
    RunPanel *m_runs = nullptr;
    LogPanel *m_log = nullptr;
    QDockWidget *m_runsDock = nullptr;
    QDockWidget *m_logDock = nullptr;
};

} // namespace plantain
