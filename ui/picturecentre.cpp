#include "picturecentre.h"

#include "actions.h"
#include "comparepage.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "goonactions.h"
#include "picturestore.h"
#include "pictureviewer.h"
#include "session.h"
#include "thumbnailstore.h"
#include "trash.h"
#include "trashstrip.h"

#include <QAction>
#include <QKeyEvent>

namespace plantain {

PictureCentre::PictureCentre(Session &session, ThumbnailStore &thumbnails, const Actions &actions, QWidget *parent)
    : QStackedWidget(parent)
    , m_session(session)
    , m_actions(actions)
    , m_pictures(new PictureStore(thumbnails.pool(), 384 * 1024 * 1024, this))
    , m_gallery(new GalleryPage(*session.gallery(), thumbnails, actions, this))
    , m_viewer(new PictureViewer(session, thumbnails, *m_pictures, actions, this))
    , m_compare(new ComparePage(session, thumbnails, *m_pictures, actions, this))
{
    addWidget(m_gallery);
    addWidget(m_viewer);
    new GoOnActions(session, *m_gallery->view(), actions, this);
    addWidget(m_compare);
    m_viewer->setSelectionModel(m_gallery->view()->selectionModel());
    connect(m_gallery, &GalleryPage::openRequested, this, [this](const QModelIndex &index) {
        m_gallery->view()->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        openPicture();
    });
    connect(m_gallery, &GalleryPage::currentChanged, this, [this](const QModelIndex &tile) {
        if (!tile.data(GalleryRole::File).toString().isEmpty())
            m_session.lookAt({ tile.data(GalleryRole::RunId).value<RunId>(), tile.data(GalleryRole::ImageIndex).toInt() });
    });
    connect(m_gallery, &GalleryPage::fetchAgainRequested, &session, &Session::fetchAgain);
    new TrashStrip(*session.trash(), *m_gallery, actions);
    m_viewer->addAction(actions.deletePictures);
    connect(m_viewer, &PictureViewer::closeRequested, this, &PictureCentre::closePicture);
    m_compare->setSelectionModel(m_gallery->view()->selectionModel());
    connect(m_gallery, &GalleryPage::compareRequested, this, &PictureCentre::compare);
    connect(m_compare, &ComparePage::closeRequested, this, &PictureCentre::closePicture);
    connect(m_compare, &ComparePage::openRequested, this, [this] {
        closePicture();
        openPicture();
    });
}

/// Here the usual key takes back a deletion, and not a step of the form.
bool PictureCentre::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) && m_session.trash()->canUndo()) {
            if (event->type() == QEvent::KeyPress)
                m_session.trash()->undo();
            event->accept();
            return true;
        }
    }
    return QStackedWidget::event(event);
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

void PictureCentre::compare(const QModelIndexList &pictures)
{
    if (isViewing())
        return;
    makeRoom();
    m_compare->open(pictures);
    setCurrentWidget(m_compare);
    m_compare->focusPictures();
}

/// What differs takes the place of the details, and the panes need that of the form.
void PictureCentre::makeRoom()
{
    for (QAction *panel : { m_actions.showForm, m_actions.showDetails }) {
        if (panel->isChecked()) {
            panel->setChecked(false);
            m_hidden << panel;
        }
    }
}

void PictureCentre::closePicture()
{
    if (!isViewing())
        return;
    const bool hadFocus = currentWidget()->isAncestorOf(window()->focusWidget());
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
    else
        m_gallery->focusView();
}

} // namespace plantain
