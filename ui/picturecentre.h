#pragma once

#include <QStackedWidget>

namespace plantain {

struct Actions;
class GalleryPage;
class PictureStore;
class PictureViewer;
class Session;
class ThumbnailStore;

/// The middle of the window: the gallery, and in its place the viewer while one looks at a picture.
class PictureCentre final : public QStackedWidget
{
    Q_OBJECT
public:
    /// All outlive the centre.
    PictureCentre(Session &session, ThumbnailStore &thumbnails, const Actions &actions, QWidget *parent = nullptr);

    GalleryPage *gallery() const { return m_gallery; }
    PictureViewer *viewer() const { return m_viewer; }
    bool isViewing() const;

    void openPicture(); ///< what is current in the gallery; nothing when nothing is
    void closePicture(); ///< back to the same tile
    void focusPage(); ///< whichever is there

Q_SIGNALS:
    void closed();

protected:
    bool event(QEvent *event) override;

private:
    Session &m_session;
    PictureStore *m_pictures;
    GalleryPage *m_gallery;
    PictureViewer *m_viewer;
};

} // namespace plantain
