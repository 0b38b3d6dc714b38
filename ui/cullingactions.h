#pragma once

#include "pictureid.h"

#include <QObject>

#include <functional>

namespace plantain {

struct Actions;
class GalleryPage;
class Marking;
class PictureViewer;

/// Marks the chosen pictures by menu and by single keys, in the gallery and in the viewer, and takes it back by menu.
/// What lies in the trash is not marked.
class CullingActions final : public QObject
{
    Q_OBJECT
public:
    /// A child of the page; all outlive it.
    CullingActions(Marking &marking, GalleryPage &page, PictureViewer &viewer, const Actions &actions);

private:
    std::vector<PictureId> pictures() const; ///< chosen tiles that can be marked
    void mark(const std::function<void(const std::vector<PictureId> &)> &set);
    void openCollections();
    void enable();
    void nameUndo();
    void goOn();

    Marking &m_marking;
    GalleryPage &m_page;
    const Actions &m_actions;
    PictureViewer &m_viewer;
};

} // namespace plantain
