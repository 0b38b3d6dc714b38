#include "picturecentre.h"

#include "actions.h"
#include "gallerypage.h"
#include "galleryview.h"
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
    , m_pictures(new PictureStore(thumbnails.pool(), 384 * 1024 * 1024, this))
    , m_gallery(new GalleryPage(*session.gallery(), thumbnails, actions, this))
    , m_viewer(new PictureViewer(session, thumbnails, *m_pictures, actions, this))
{
    addWidget(m_gallery);
    addWidget(m_viewer);
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
    return currentWidget() == m_viewer;
}

void PictureCentre::openPicture()
{
    if (isViewing() || !m_gallery->view()->currentIndex().isValid())
        return;
    setCurrentWidget(m_viewer);
    m_viewer->focusPicture();
}

void PictureCentre::closePicture()
{
    if (!isViewing())
        return;
    const bool hadFocus = m_viewer->isAncestorOf(window()->focusWidget());
    setCurrentWidget(m_gallery);
    if (const QModelIndex current = m_gallery->view()->currentIndex(); current.isValid())
        m_gallery->view()->scrollTo(current);
    if (hadFocus)
        m_gallery->focusView();
    Q_EMIT closed();
}

void PictureCentre::focusPage()
{
    if (isViewing())
        m_viewer->focusPicture();
    else
        m_gallery->focusView();
}

} // namespace plantain
