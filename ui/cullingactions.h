#pragma once

#include "exportitems.h"

#include <QObject>

#include <functional>

namespace plantain {

struct Actions;
class GalleryPage;
class Marking;
class PictureViewer;

/// Marks the chosen pictures by menu and by single keys, in the gallery and in the viewer, and takes it back.
class CullingActions final : public QObject
{
    Q_OBJECT
public:
    /// A child of the page; all outlive it.
    CullingActions(Marking &marking, GalleryPage &page, PictureViewer &viewer, const Actions &actions);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< undo and redo where pictures have the keyboard

private:
    std::vector<PictureId> pictures() const; ///< chosen tiles that have a picture
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
