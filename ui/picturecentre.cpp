#include "picturecentre.h"

#include "actions.h"
#include "comparepage.h"
#include "cullingactions.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "goonactions.h"
#include "lineagepage.h"
#include "marking.h"
#include "picturestore.h"
#include "pictureviewer.h"
#include "proofpage.h"
#include "session.h"
#include "thumbnailstore.h"
#include "tournamentpage.h"
#include "trash.h"
#include "trashstrip.h"

#include <QAction>
#include <QKeyEvent>

#include <utility>

namespace plantain {

PictureCentre::PictureCentre(Session &session, ThumbnailStore &thumbnails, const Actions &actions, QWidget *parent)
    : QStackedWidget(parent)
    , m_session(session)
    , m_actions(actions)
    , m_pictures(new PictureStore(thumbnails.pool(), 384 * 1024 * 1024, this))
    , m_gallery(new GalleryPage(*session.gallery(), thumbnails, actions, this))
    , m_viewer(new PictureViewer(session, thumbnails, *m_pictures, actions, this))
    , m_compare(new ComparePage(session, thumbnails, *m_pictures, actions, this))
    , m_tournament(new TournamentPage(session, thumbnails, *m_pictures, this))
    , m_proofs(new ProofPage(session, thumbnails, *m_pictures, this))
    , m_lineage(new LineagePage(session, thumbnails, this))
{
    new CullingActions(*session.marking(), *m_gallery, *m_viewer, *m_compare, actions);
    m_gallery->setSearch([&session](const SearchQuery &query) { return session.search(query); });
    addWidget(m_gallery);
    addWidget(m_viewer);
    new GoOnActions(session, *m_gallery->view(), actions, this);
    addWidget(m_compare);
    addWidget(m_tournament);
    addWidget(m_proofs);
    addWidget(m_lineage);
    connect(actions.showLineage, &QAction::triggered, this, &PictureCentre::openLineage);
    connect(m_lineage, &LineagePage::closeRequested, this, &PictureCentre::closePicture);
    connect(m_lineage, &LineagePage::chosen, m_gallery, &GalleryPage::showPicture);
    connect(m_lineage, &LineagePage::openRequested, this, [this](const PictureId &picture) {
        if (!m_gallery->shows(picture))
            m_gallery->clearFilter(); // else another one would be opened
        m_gallery->showPicture(picture);
        closePicture();
        openPicture();
    });
    connect(actions.proofread, &QAction::triggered, this, &PictureCentre::openProofs);
    connect(m_proofs, &ProofPage::closeRequested, this, &PictureCentre::closePicture);
    connect(actions.tournament, &QAction::triggered, this, &PictureCentre::openTournament);
    connect(actions.cull, &QAction::triggered, this, &PictureCentre::cull);
    connect(actions.fullScreen, &QAction::toggled, this, [this](bool on) {
        if (const auto advanced = on ? std::nullopt : std::exchange(m_advancedBefore, {}))
            m_actions.advance->setChecked(*advanced);
    });
    connect(m_tournament, &TournamentPage::closeRequested, this, &PictureCentre::closePicture);

    m_viewer->setSelectionModel(m_gallery->view()->selectionModel());
    connect(m_gallery, &GalleryPage::openRequested, this, [this](const QModelIndex &index) {
        m_gallery->view()->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        openPicture();
    });
    connect(m_gallery, &GalleryPage::currentChanged, this, [this](const QModelIndex &tile) {
        if (!tile.data(GalleryRole::File).toString().isEmpty())
            m_session.lookAt(pictureIdOf(tile));
    });
    connect(m_gallery, &GalleryPage::fetchAgainRequested, &session, &Session::fetchAgain);
    new TrashStrip(*session.trash(), *m_gallery, actions);
    m_viewer->addAction(actions.deletePictures);
    // What is deleted is seen: on the other pages it is not clear which picture would go.
    connect(this, &QStackedWidget::currentChanged, this,
            [this, &actions] { actions.deletePictures->setVisible(currentWidget() == m_gallery || currentWidget() == m_viewer); });
    connect(m_viewer, &PictureViewer::closeRequested, this, &PictureCentre::closePicture);
    m_compare->setSelectionModel(m_gallery->view()->selectionModel());
    connect(m_gallery, &GalleryPage::compareRequested, this, &PictureCentre::compare);
    connect(m_compare, &ComparePage::closeRequested, this, &PictureCentre::closePicture);
    connect(m_compare, &ComparePage::openRequested, this, [this] {
        closePicture();
        openPicture();
    });
}

/// Here the usual keys are about marks and deletions, whichever was the last, and never about a step of the form.
bool PictureCentre::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        if (QAction *action = actionOf(*static_cast<QKeyEvent *>(event))) {
            if (event->type() == QEvent::KeyPress)
                action->trigger();
            event->accept();
            return true;
        }
    }
    return QStackedWidget::event(event);
}

QAction *PictureCentre::actionOf(const QKeyEvent &key) const
{
    if (key.matches(QKeySequence::Redo))
        return m_actions.redoMark;
    if (!key.matches(QKeySequence::Undo))
        return nullptr;
    const Marking &marking = *m_session.marking();
    const Trash &trash = *m_session.trash();
    const bool isDeletion = trash.canUndo() && (!marking.canUndo() || trash.lastStep() > marking.lastStep());
    return isDeletion ? m_actions.undoDeletion : m_actions.undoMark;
}

bool PictureCentre::isViewing() const
{
    return currentWidget() != m_gallery;
}

void PictureCentre::openPicture()
{
    if (isViewing() || !m_gallery->view()->currentIndex().isValid())
        return;
    setCurrentWidget(m_viewer);
    m_viewer->focusPicture();
}

/// Until the full screen ends.
void PictureCentre::cull()
{
    openPicture();
    if (currentWidget() != m_viewer)
        return;
    m_actions.fullScreen->setChecked(true);
    if (!m_advancedBefore)
        m_advancedBefore = m_actions.advance->isChecked();
    m_actions.advance->setChecked(true);
}

void PictureCentre::compare(const QModelIndexList &pictures)
{
    if (isViewing())
        return;
    makeRoom({ m_actions.showForm, m_actions.showDetails });
    m_compare->open(pictures);
    setCurrentWidget(m_compare);
    m_compare->focusPictures();
}

void PictureCentre::makeRoom(const QList<QAction *> &panels)
{
    for (QAction *panel : panels) {
        if (panel->isChecked()) {
            panel->setChecked(false);
            m_hidden << panel;
        }
    }
}

void PictureCentre::openTournament()
{
    std::vector<PictureId> pictures;
    for (const QModelIndex &tile : m_gallery->selectedTiles()) {
        if (TileState(tile.data(GalleryRole::State).toInt()) == TileState::Picture && !tile.data(GalleryRole::Trashed).toBool())
            pictures.push_back(pictureIdOf(tile));
    }
    if (isViewing() || pictures.size() < 2)
        return;
    setCurrentWidget(m_tournament);
    m_tournament->begin(pictures);
    m_tournament->focusPictures();
}

void PictureCentre::openLineage()
{
    const QModelIndex tile = m_gallery->view()->currentIndex();
    if ((isViewing() && currentWidget() != m_viewer) || !tile.isValid())
        return;
    setCurrentWidget(m_lineage);
    m_lineage->begin(pictureIdOf(tile));
    m_lineage->focusTree();
}

void PictureCentre::openProofs()
{
    QModelIndexList tiles = m_gallery->selectedTiles();
    if (isViewing())
        return;
    if (tiles.size() == 1) {
        const auto run = tiles.front().data(GalleryRole::RunId).value<RunId>();
        const auto isOfRun = [&run](const QModelIndex &tile) { return tile.data(GalleryRole::RunId).value<RunId>() == run; };
        while (tiles.front().row() > 0 && isOfRun(tiles.front().siblingAtRow(tiles.front().row() - 1)))
            tiles.prepend(tiles.front().siblingAtRow(tiles.front().row() - 1));
        while (isOfRun(tiles.back().siblingAtRow(tiles.back().row() + 1)))
            tiles.append(tiles.back().siblingAtRow(tiles.back().row() + 1));
    }
    if (m_proofs->begin(tiles)) {
        makeRoom({ m_actions.showDetails }); // the form is where an edit goes
        setCurrentWidget(m_proofs);
        m_proofs->setFocus(Qt::ShortcutFocusReason);
    }
}

void PictureCentre::closePicture()
{
    if (!isViewing())
        return;
    const bool hadFocus = currentWidget() == window()->focusWidget() || currentWidget()->isAncestorOf(window()->focusWidget());
    setCurrentWidget(m_gallery);
    if (const QModelIndex current = m_gallery->view()->currentIndex(); current.isValid())
        m_gallery->view()->scrollTo(current);
    if (hadFocus)
        m_gallery->focusView();
    Q_EMIT closed(); // full screen ends, and the panels are as they were in it
    for (QAction *panel : std::exchange(m_hidden, {}))
        panel->setChecked(true);
}

void PictureCentre::focusPage()
{
    if (currentWidget() == m_viewer)
        m_viewer->focusPicture();
    else if (currentWidget() == m_compare)
        m_compare->focusPictures();
    else if (currentWidget() == m_proofs)
        m_proofs->setFocus(Qt::ShortcutFocusReason);
    else if (currentWidget() == m_lineage)
        m_lineage->focusTree();
    else if (currentWidget() == m_tournament)
        m_tournament->focusPictures();
    else
        m_gallery->focusView();
}

} // namespace plantain
