#pragma once

#include <QModelIndexList>
#include <QStackedWidget>

#include <optional>

class QAction;

namespace plantain {

struct Actions;
class ComparePage;
class GalleryPage;
class LineagePage;
class PictureStore;
class PictureViewer;
class ProofPage;
class Session;
class ThumbnailStore;
class TournamentPage;

/// The middle of the window: the gallery, and in its place the viewer while one looks at a picture, the tournament, the
/// lineage or the texts to be proofread, or the panes while one compares several; the panels beside it make room for those.
class PictureCentre final : public QStackedWidget
{
    Q_OBJECT
public:
    /// All outlive the centre.
    PictureCentre(Session &session, ThumbnailStore &thumbnails, const Actions &actions, QWidget *parent = nullptr);

    GalleryPage *gallery() const { return m_gallery; }
    PictureViewer *viewer() const { return m_viewer; }
    ComparePage *comparing() const { return m_compare; }
    TournamentPage *tournament() const { return m_tournament; }
    ProofPage *proofs() const { return m_proofs; }
    bool isViewing() const; ///< anything but the gallery

    void openPicture(); ///< what is current in the gallery; nothing when nothing is
    void compare(const QModelIndexList &pictures); ///< of the gallery as shown
    void openTournament(); ///< of the pictures chosen in the gallery
    void openLineage(); ///< of what is current in the gallery
    void openProofs(); ///< of those that shall hold text; of the whole run where one is chosen
    void closePicture(); ///< back to the same tile
    void focusPage(); ///< whichever is there

Q_SIGNALS:
    void closed();

protected:
    bool event(QEvent *event) override;

private:
    QAction *actionOf(const QKeyEvent &key) const; ///< undo and redo; null for other keys
    void cull();
    void makeRoom(const QList<QAction *> &panels);

    Session &m_session;
    const Actions &m_actions;
    PictureStore *m_pictures;
    GalleryPage *m_gallery;
    PictureViewer *m_viewer;
    ComparePage *m_compare;
    QList<QAction *> m_hidden; ///< panels, while comparing or proofreading
    TournamentPage *m_tournament;
    ProofPage *m_proofs;
    LineagePage *m_lineage;
    std::optional<bool> m_advancedBefore; ///< while one goes through pictures in full screen
};

} // namespace plantain
