#pragma once

#include "pictureid.h"

#include <QObject>

#include <functional>

namespace plantain {

struct Actions;
class ComparePage;
class GalleryPage;
class Marking;
class PictureViewer;

/// Marks by menu and by single keys: the pictures chosen in the gallery, the one that the viewer shows, whatever is selected
/// behind it, or while comparing that of the active pane. And takes it back by menu.
/// What lies in the trash is not marked.
class CullingActions final : public QObject
{
    Q_OBJECT
public:
    /// A child of the page; all outlive it.
    CullingActions(Marking &marking, GalleryPage &page, PictureViewer &viewer, ComparePage &comparing,
                   const Actions &actions);

private:
    std::vector<PictureId> pictures() const; ///< those that are meant and can be marked
    void mark(const std::function<void(const std::vector<PictureId> &)> &set);
    void openCollections();
    void enable();
    void nameUndo();
    void goOn();

    Marking &m_marking;
    GalleryPage &m_page;
    const Actions &m_actions;
    PictureViewer &m_viewer;
    ComparePage &m_comparing;
};

} // namespace plantain
