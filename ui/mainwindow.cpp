#include "mainwindow.h"

#include "aboutdialog.h"
#include "actions.h"
#include "choosingsettings.h"
#include "desktopnotices.h"
#include "detailspanel.h"
#include "docktitle.h"
#include "exporter.h"
#include "exportpanel.h"
#include "exportstrip.h"
#include "form.h"
#include "gallerymodel.h"
#include "gallerypage.h"
#include "generatepanel.h"
#include "icons.h"
#include "librarydialog.h"
#include "logpanel.h"
#include "menus.h"
#include "messagestrip.h"
#include "openlink.h"
#include "picturecentre.h"
#include "referencelist.h"
#include "referencemodel.h"
#include "requestform.h"
#include "runnotices.h"
#include "runpanel.h"
#include "serverchoice.h"
#include "session.h"
#include "shortcutsheet.h"
#include "spendlabel.h"
#include "theme.h"
#include "topbar.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDataStream>
#include <QDockWidget>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>
#include <QStatusBar>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int selectionPause = 200; // ms
constexpr int layoutVersion = 1; // of saveState; a layout of another version is not restored

std::vector<PictureId> picturesOf(const QModelIndexList &tiles)
{
    std::vector<PictureId> pictures;
    for (const QModelIndex &tile : tiles) {
        const auto state = TileState(tile.data(GalleryRole::State).toInt());
        // One whose file is gone is named among those that could not be exported.
        if (state == TileState::Picture || state == TileState::FileMissing || state == TileState::FileChanged)
            pictures.push_back(pictureIdOf(tile));
    }
    return pictures;
}

} // namespace

MainWindow::MainWindow(Session &session, ThumbnailStore &thumbnails, const QString &settingsFile, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
    , m_settingsFile(settingsFile)
{
    const Result<Settings> settings = loadSettings(settingsFile);
    if (settings)
        m_settings = *settings;
    m_theme = new Theme(*qApp, m_settings.theme, this);
    m_actions = std::make_unique<Actions>(this);
    setWindowTitle(tr("Plantain"));
    setWindowIcon(iconNamed(u"plantain"_s));

    buildCentre();
    buildDocks();
    statusBar()->addPermanentWidget(new SpendLabel(*m_session.spend(), statusBar()));
    m_notices = new RunNotices(*m_session.runs(), *this, this);
    fillMenus(*menuBar(), *m_actions, m_server->menu());
    connectActions();
    connectPanels();
    connectExport();
    restoreLayout();
    if (!settings)
        m_problem->say(settings.error());
    m_form->focusPrompt();
}

MainWindow::~MainWindow()
{
    hide(); // what is shown hears of it while the actions are still there
}

void MainWindow::comeForward()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void MainWindow::buildCentre()
{
    auto *centre = new QWidget(this);
    m_remark = new MessageStrip(MessageStrip::Kind::Remark, centre);
    m_problem = new MessageStrip(MessageStrip::Kind::Problem, centre);
    m_remark->setObjectName(u"remark"_s);
    m_problem->setObjectName(u"problem"_s);
    m_server = new ServerChoice(m_session, m_settings, *m_actions, *m_remark, this);
    m_splitter = new QSplitter(Qt::Horizontal, centre);
    m_form = new GeneratePanel(m_session, m_splitter);
    m_pictures = new PictureCentre(m_session, m_thumbnails, *m_actions, m_splitter);
    m_gallery = m_pictures->gallery();
    m_details = new DetailsPanel(m_session, m_thumbnails, m_splitter);
    m_gallery->setTileSize(m_settings.tileSize);
    applyChoosing(m_settings, *m_gallery, *m_actions);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_form->setMinimumWidth(300);
    m_pictures->setMinimumWidth(240);
    m_details->setMinimumWidth(200);

    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_topBar = new TopBar(m_session, *m_actions, m_server->menu(), centre);
    layout->addWidget(m_topBar);
    layout->addWidget(m_remark);
    layout->addWidget(m_problem);
    layout->addWidget(new ExportStrip(*m_session.exporter(), centre));
    layout->addWidget(m_splitter, 1);
    m_export = new ExportPanel(*m_session.exporter(), centre);
    m_export->setOptions(m_settings.exporting);
    layout->addWidget(m_export);
    setCentralWidget(centre);
}

void MainWindow::buildDocks()
{
    setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    m_runs = new RunPanel(m_session.runs(), *m_actions, this);
    m_log = new LogPanel(m_session.log(), *m_actions, this);
    const auto dock = [this](const QString &name, const QString &title, QWidget *panel, QWidget *titleBar, QAction *toggle) {
        auto *made = new QDockWidget(title, this);
        made->setObjectName(name); // saveState() needs it
        made->setWidget(panel);
        made->setTitleBarWidget(titleBar);
        addDockWidget(Qt::BottomDockWidgetArea, made);
        connect(toggle, &QAction::toggled, made, &QWidget::setVisible);
        connect(made->toggleViewAction(), &QAction::toggled, toggle, &QAction::setChecked);
        return made;
    };
    m_runsDock = dock(u"runs"_s, tr("Runs"), m_runs, m_runs->title(), m_actions->showRuns);
    m_logDock = dock(u"log"_s, tr("Log"), m_log, m_log->title(), m_actions->showLog);
}

void MainWindow::connectActions()
{
    const Actions &a = *m_actions;
    const auto on = [this](QAction *action, auto &&handler) {
        connect(action, &QAction::triggered, this, std::forward<decltype(handler)>(handler));
    };
    on(a.addReferences, [this] { m_form->form()->references()->askForFiles(); });
    on(a.openLibrary, [this] { askForLibrary(*this, m_session.libraryFolder()); });
    on(a.quit, [this] { close(); });
    on(a.undo, [this] { m_session.form()->undo(); });
    on(a.redo, [this] { m_session.form()->redo(); });
    on(a.earlierPrompts, [this] { m_form->form()->openPrompts(); });
    connect(a.showJson, &QAction::toggled, this, [this](bool json) {
        m_actions->showForm->setChecked(true);
        m_form->showJson(json);
    });
    connect(m_form, &GeneratePanel::jsonShown, a.showJson, &QAction::setChecked);
    on(a.generate, [this] { m_form->generate(); });
    on(a.cancelAll, [this] { m_session.cancelAll(); });
    on(a.cancelWaiting, [this] { m_session.cancelWaiting(); });
    a.pauseSending->setChecked(m_settings.sendingPaused);
    m_session.setSendingPaused(m_settings.sendingPaused);
    connect(a.pauseSending, &QAction::toggled, this, [this](bool paused) {
        m_session.setSendingPaused(paused);
        m_settings.sendingPaused = paused;
        save();
    });
    a.runNotices->setChecked(m_settings.notices);
    m_notices->setEnabled(m_settings.notices);
    connect(a.runNotices, &QAction::toggled, this, [this](bool enabled) {
        m_notices->setEnabled(enabled);
        m_settings.notices = enabled;
        save();
    });
    on(a.focusPrompt, [this] {
        m_actions->showForm->setChecked(true);
        m_form->focusPrompt();
    });
    on(a.focusGallery, [this] { m_pictures->focusPage(); });
    on(a.focusDetails, [this] {
        m_actions->showDetails->setChecked(true);
        m_details->setFocus(Qt::ShortcutFocusReason);
    });
    on(a.focusRuns, [this] {
        m_actions->showRuns->setChecked(true);
        m_runsDock->raise();
        m_runs->focusList();
    });
    on(a.focusLog, [this] {
        m_actions->showLog->setChecked(true);
        m_logDock->raise();
        m_log->focusList();
    });
    on(a.findInLog, [this] {
        m_actions->showLog->setChecked(true);
        m_logDock->raise();
        m_log->focusFilter();
    });
    on(a.nextPanel, [this] { movePanelFocus(1); });
    on(a.previousPanel, [this] { movePanelFocus(-1); });
    on(a.restoreLayout, [this] { resetLayout(); });
    on(a.themeSystem, [this] { chooseTheme(Settings::Theme::System); });
    on(a.themeLight, [this] { chooseTheme(Settings::Theme::Light); });
    on(a.themeDark, [this] { chooseTheme(Settings::Theme::Dark); });
    on(a.playground, [this] { openPage(m_session.endpoint()->playground); });
    on(a.documentation, [this] { openPage(m_session.endpoint()->documentation); });
    on(a.shortcuts, [this] { (new ShortcutSheet(*m_actions, this))->show(); });
    on(a.about, [this] { (new AboutDialog(this))->show(); });
    addAction(a.fullScreen); // its key counts also while the menu is hidden
    connect(a.fullScreen, &QAction::toggled, this, &MainWindow::setPicturesAlone);
    connect(m_pictures, &PictureCentre::closed, this, [this] { m_actions->fullScreen->setChecked(false); });
    connect(m_details, &DetailsPanel::openRequested, m_pictures, &PictureCentre::openPicture);
    connect(m_details, &DetailsPanel::chosen, m_gallery, &GalleryPage::showPicture);
    connect(m_details, &DetailsPanel::lineageRequested, a.showLineage, &QAction::trigger);
    a.keepZoom->setChecked(m_settings.keepZoom);
    a.pictureInfo->setChecked(m_settings.pictureInfo);
    a.backdrops().at(m_settings.backdrop)->setChecked(true);
    connect(a.showForm, &QAction::toggled, m_form, &QWidget::setVisible);
    connect(a.showDetails, &QAction::toggled, m_details, &QWidget::setVisible);
    const auto theme = m_theme->mode();
    (theme == Settings::Theme::Light ? a.themeLight : theme == Settings::Theme::Dark ? a.themeDark : a.themeSystem)
        ->setChecked(true);
}

void MainWindow::connectPanels()
{
    connect(m_runs, &RunPanel::showRun, m_gallery, &GalleryPage::showRun);
    connect(m_runs, &RunPanel::cancelRequested, &m_session, &Session::cancel);
    connect(m_runs, &RunPanel::lookUpRequested, &m_session, &Session::lookUp);
    connect(m_runs, &RunPanel::sendAgainRequested, &m_session, &Session::sendAgain);
    connect(m_runs, &RunPanel::tryNowRequested, &m_session, &Session::tryNow);
    connect(m_runs, &RunPanel::keyRequested, m_server, &ServerChoice::openKeyPageOfRun);
    connect(m_runs, &RunPanel::moveRequested, &m_session, &Session::moveWaiting);
    connect(m_runs, &RunPanel::logRequested, this, [this](const RunId &id) {
        m_actions->showLog->setChecked(true);
        m_logDock->raise();
        m_log->showRun(id);
    });
    connect(&m_session, &Session::settled, m_notices, &RunNotices::ended);
    auto *desktop = new DesktopNotices(this);
    connect(m_notices, &RunNotices::told, desktop, &DesktopNotices::show);
    connect(desktop, &DesktopNotices::opened, this, &MainWindow::comeForward);
    connect(m_gallery, &GalleryPage::currentChanged, m_details, &DetailsPanel::setCurrent);
    connect(m_gallery, &GalleryPage::searched, this, [this] { m_details->setMarkedWords(m_gallery->soughtWords()); });
    connect(m_gallery, &GalleryPage::tileSizeChanged, this, [this](int size) { m_settings.tileSize = size; });
    connect(&m_session, &Session::said, this, [this](const Error &error) {
        const bool isKey = error.kind == ErrorKind::NoKey || error.kind == ErrorKind::BadKey;
        const bool isLibrary = m_session.blocked() == error;
        m_problem->say(error, isKey ? m_actions->enterKey : isLibrary ? m_actions->openLibrary : nullptr);
        if (error.kind == ErrorKind::Disk || isLibrary)
            m_diskSaid = m_problem->text();
    });
    connect(&m_session, &Session::recovered, this, [this] {
        if (!m_diskSaid.isEmpty() && m_problem->text() == m_diskSaid)
            m_problem->dismiss();
    });
    connect(m_server, &ServerChoice::settingsChanged, this, &MainWindow::save);
    connect(m_gallery, &GalleryPage::useAsReferenceRequested, &m_session, &Session::addReferences);
    connect(m_gallery, &GalleryPage::recallRequested, &m_session, &Session::recall);
    connect(m_gallery, &GalleryPage::cancelRequested, &m_session, &Session::cancel);
    connect(m_gallery, &GalleryPage::lookUpRequested, &m_session, &Session::lookUp);
    connect(m_gallery, &GalleryPage::sendAgainRequested, &m_session, &Session::sendAgain);
    connect(m_gallery, &GalleryPage::said, this, [this](const Error &error) { m_problem->say(error); });
    connect(m_gallery, &GalleryPage::settingsRequested, m_server, &ServerChoice::openKeyPageOfRun);
    const auto refresh = [this] {
        const Endpoint *endpoint = m_session.endpoint();
        m_actions->generate->setEnabled(endpoint && !m_session.blocked());
        m_actions->addReferences->setEnabled(m_session.references()->isOffered());
        m_actions->playground->setEnabled(endpoint && isPageOfFal(endpoint->playground));
        m_actions->documentation->setEnabled(endpoint && isPageOfFal(endpoint->documentation));
    };
    connect(&m_session, &Session::endpointChanged, this, refresh);
    connect(&m_session, &Session::blockedChanged, this, refresh);
    refresh();
    connect(&m_session.form()->history(), &FormHistory::changed, this, &MainWindow::nameUndo);
    nameUndo();
}

void MainWindow::nameUndo()
{
    const FormHistory &history = m_session.form()->history();
    const auto name = [](QAction *action, bool can, const QString &text, const QString &what) {
        action->setEnabled(can);
        action->setText(can ? text + u' ' + QString(what).replace(u'&', u"&&"_s) : text);
    };
    name(m_actions->undo, history.canUndo(), tr("&Undo"), history.undoName());
    name(m_actions->redo, history.canRedo(), tr("&Redo"), history.redoName());
}

void MainWindow::connectExport()
{
    const auto takeSelection = [this] {
        const QModelIndexList tiles = m_gallery->selectedTiles();
        m_details->setSelection(tiles);
        if (m_export->isVisible())
            m_export->setPictures(picturesOf(tiles));
    };
    connect(m_gallery, &GalleryPage::selectionChanged, this, takeSelection);
    // What is selected may become a picture, and get its price.
    auto *soon = new QTimer(this);
    soon->setSingleShot(true);
    soon->setInterval(selectionPause);
    connect(soon, &QTimer::timeout, this, takeSelection);
    connect(m_session.gallery(), &QAbstractItemModel::dataChanged, soon,
            [soon](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
                if (roles.isEmpty() && !soon->isActive())
                    soon->start();
            });
    connect(m_gallery, &GalleryPage::exportRequested, this, [this](const QModelIndexList &pictures) {
        m_export->setPictures(picturesOf(pictures));
        m_export->open();
    });
    const auto alike = [this] { m_actions->exportAgain->setEnabled(m_actions->exportPictures->isEnabled()); };
    connect(m_actions->exportPictures, &QAction::changed, this, alike);
    alike();
    connect(m_actions->exportAgain, &QAction::triggered, this, &MainWindow::exportAgain);
    connect(m_export, &ExportPanel::closed, m_gallery, &GalleryPage::focusView);
    connect(m_export, &ExportPanel::exportRequested, this, [this](const ExportOptions &options) {
        m_settings.exporting = options;
        save();
        m_session.exporter()->start(picturesOf(m_gallery->selectedTiles()), options);
    });
    m_details->addSummaryAction(m_actions->exportPictures);
}

void MainWindow::exportAgain()
{
    if (m_settings.exporting.folder.isEmpty())
        m_actions->exportPictures->trigger(); // there is no last time
    else
        m_session.exporter()->start(picturesOf(m_gallery->selectedTiles()), m_settings.exporting);
}

void MainWindow::restoreLayout()
{
    QByteArray window;
    QByteArray splitter;
    bool form = true;
    bool details = true;
    QDataStream stream(m_settings.windowState);
    stream >> window >> splitter >> form >> details;
    resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
    if (!m_settings.windowGeometry.isEmpty())
        restoreGeometry(m_settings.windowGeometry);
    if (window.isEmpty() || !restoreState(window, layoutVersion) || !m_splitter->restoreState(splitter)) {
        resetLayout();
        return;
    }
    m_actions->showForm->setChecked(form);
    m_actions->showDetails->setChecked(details);
    m_actions->showRuns->setChecked(!m_runsDock->isHidden());
    m_actions->showLog->setChecked(!m_logDock->isHidden());
}

void MainWindow::resetLayout()
{
    for (QAction *action : { m_actions->showForm, m_actions->showDetails, m_actions->showRuns, m_actions->showLog })
        action->setChecked(true);
    for (QDockWidget *dock : { m_runsDock, m_logDock }) {
        dock->setFloating(false);
        removeDockWidget(dock); // one that has a place already would end up before the other
    }
    addDockWidget(Qt::BottomDockWidgetArea, m_runsDock);
    splitDockWidget(m_runsDock, m_logDock, Qt::Horizontal);
    m_runsDock->show();
    m_logDock->show();
    const int wide = width();
    const int left = std::clamp(wide * 27 / 100, 320, 420);
    const int right = std::clamp(wide * 22 / 100, 220, 360);
    m_splitter->setSizes({ left, wide - left - right, right });
    resizeDocks({ m_runsDock, m_logDock }, { wide * 58 / 100, wide * 42 / 100 }, Qt::Horizontal);
    const int high = std::clamp(height() * 23 / 100, 150, 280);
    resizeDocks({ m_runsDock, m_logDock }, { high, high }, Qt::Vertical);
}

QByteArray MainWindow::layoutState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << saveState(layoutVersion) << m_splitter->saveState() << m_actions->showForm->isChecked()
           << m_actions->showDetails->isChecked();
    return state;
}

void MainWindow::movePanelFocus(int step)
{
    struct Panel
    {
        QWidget *widget;
        QAction *enter;
    };
    const std::vector<Panel> panels { { m_form, m_actions->focusPrompt },
                                      { m_pictures, m_actions->focusGallery },
                                      { m_details, m_actions->focusDetails },
                                      { m_runs, m_actions->focusRuns },
                                      { m_log, m_actions->focusLog } };
    const auto count = int(panels.size());
    int at = step > 0 ? -1 : count;
    for (int place = 0; place < count; ++place) {
        if (focusWidget() && panels[size_t(place)].widget->isAncestorOf(focusWidget()))
            at = place;
    }
    for (int tries = 0; tries < count; ++tries) {
        at = (at + step + count) % count;
        if (panels[size_t(at)].widget->isVisible()) {
            panels[size_t(at)].enter->trigger();
            return;
        }
    }
}

/// Full screen: the centre without everything around it, which comes back as it was.
void MainWindow::setPicturesAlone(bool alone)
{
    const std::initializer_list<QAction *> panels { m_actions->showForm, m_actions->showDetails, m_actions->showRuns,
                                                    m_actions->showLog };
    if (alone) {
        m_panelsBefore.clear();
        for (QAction *panel : panels)
            m_panelsBefore.append(panel->isChecked());
        for (QAction *panel : panels)
            panel->setChecked(false);
    }
    menuBar()->setVisible(!alone);
    m_topBar->setVisible(!alone);
    m_remark->setVisible(!alone && !m_remark->text().isEmpty());
    setWindowState(windowState().setFlag(Qt::WindowFullScreen, alone));
    if (!alone) {
        auto before = m_panelsBefore.cbegin();
        for (QAction *panel : panels)
            panel->setChecked(*before++);
    }
    m_pictures->focusPage();
}

void MainWindow::chooseTheme(Settings::Theme theme)
{
    m_theme->setMode(theme);
    m_settings.theme = theme;
    save();
}

void MainWindow::save()
{
    m_settings.windowGeometry = saveGeometry();
    m_settings.keepZoom = m_actions->keepZoom->isChecked();
    m_settings.pictureInfo = m_actions->pictureInfo->isChecked();
    keepChoosing(m_settings, *m_gallery, *m_actions);
    const QList<QAction *> backdrops = m_actions->backdrops();
    m_settings.backdrop = int(backdrops.indexOf(backdrops.first()->actionGroup()->checkedAction()));
    m_settings.windowState = layoutState();
    if (const Result<void> saved = saveSettings(m_settingsFile, m_settings); !saved)
        m_problem->say(saved.error());
}

// Runs under way are in the journal and go on at the next start: closing asks nothing and waits for nothing.
void MainWindow::closeEvent(QCloseEvent *event)
{
    m_actions->fullScreen->setChecked(false); // the layout to remember is the one with the panels
    m_pictures->closePicture();
    save();
    event->accept();
}

} // namespace plantain
