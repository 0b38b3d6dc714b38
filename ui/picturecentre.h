#pragma once

#include <QModelIndexList>
#include <QStackedWidget>

class QAction;

namespace plantain {

struct Actions;
class ComparePage;
class GalleryPage;
class PictureStore;
class PictureViewer;
class Session;
class ThumbnailStore;

/// The middle of the window: the gallery, and in its place the viewer while one looks at a picture, or the
/// panes while one compares several; the panels beside it make room for those.
class PictureCentre final : public QStackedWidget
{
    Q_OBJECT
public:
    /// All outlive the centre.
    PictureCentre(Session &session, ThumbnailStore &thumbnails, const Actions &actions, QWidget *parent = nullptr);

    GalleryPage *gallery() const { return m_gallery; }
    PictureViewer *viewer() const { return m_viewer; }
    ComparePage *comparing() const { return m_compare; }
    bool isViewing() const; ///< one picture or several

    void openPicture(); ///< what is current in the gallery; nothing when nothing is
    void compare(const QModelIndexList &pictures); ///< of the gallery as shown
    void closePicture(); ///< back to the same tile
    void focusPage(); ///< whichever is there

Q_SIGNALS:
    void closed();

protected:
    bool event(QEvent *event) override;

private:
    void makeRoom();

    Session &m_session;
    const Actions &m_actions;
    PictureStore *m_pictures;
    GalleryPage *m_gallery;
    PictureViewer *m_viewer;
    ComparePage *m_compare;
    QList<QAction *> m_hidden; ///< panels, while comparing
};

} // namespace plantain
