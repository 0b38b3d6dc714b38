#pragma once

#include "ids.h"

#include <QAbstractItemModel>
#include <QWidget>

class QSlider;

namespace plantain {

class GalleryModel;
class GalleryView;
class ThumbnailStore;

/// The gallery with its head: how many pictures, and how large their tiles are. Changes its selection and its place by a
/// person's hand alone.
class GalleryPage final : public QWidget
{
    Q_OBJECT
public:
    /// `model` and `thumbnails` outlive the page.
    GalleryPage(GalleryModel &model, ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    GalleryView *view() const { return m_view; }
    int tileSize() const; ///< side of a tile, in pixels; for the settings
    void setTileSize(int size);
    void showRun(const RunId &id); ///< by a person's word: selects its first tile and scrolls to it
    void focusView();
    QModelIndexList selectedTiles() const; ///< in order; the current one when nothing else is selected

Q_SIGNALS:
    void currentChanged(const QModelIndex &index); ///< of the gallery model; invalid when nothing is current
    void selectionChanged();
    void activated(const QModelIndex &index); ///< Return or double click
    void tileSizeChanged(int size);

private:
    GalleryModel &m_model;
    GalleryView *m_view;
    QSlider *m_slider;
};

} // namespace plantain
