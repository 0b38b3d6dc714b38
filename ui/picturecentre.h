#pragma once

#include <QStackedWidget>

namespace plantain {

struct Actions;
class GalleryPage;
class PictureStore;
class PictureViewer;
class ProofPage;
class Session;
class ThumbnailStore;
class TournamentPage;

/// The middle of the window: the gallery, and in its place the viewer while one looks at a picture.
class PictureCentre final : public QStackedWidget
{
    Q_OBJECT
public:
    /// All outlive the centre.
    PictureCentre(Session &session, ThumbnailStore &thumbnails, const Actions &actions, QWidget *parent = nullptr);

    GalleryPage *gallery() const { return m_gallery; }
    PictureViewer *viewer() const { return m_viewer; }
    TournamentPage *tournament() const { return m_tournament; }
    ProofPage *proofs() const { return m_proofs; }
    bool isViewing() const;

    void openPicture(); ///< what is current in the gallery; nothing when nothing is
    void openTournament(); ///< of the pictures chosen in the gallery
    void openProofs(); ///< of those that shall hold text; of the whole run where one is chosen
    void closePicture(); ///< back to the same tile
    void focusPage(); ///< whichever is there

Q_SIGNALS:
    void closed();

private:
    PictureStore *m_pictures;
    GalleryPage *m_gallery;
    PictureViewer *m_viewer;
    TournamentPage *m_tournament;
    ProofPage *m_proofs;
};

} // namespace plantain
