#pragma once

#include "thumbnailstore.h"

#include <QListView>
#include <QTimer>

namespace plantain {

class GalleryDelegate;

/// The gallery's tiles in a grid that fills the width. Asks for thumbnails of what is visible first, keeps its place
/// when tiles come, go or change, and ticks only while a running tile is in view.
class GalleryView final : public QListView
{
    Q_OBJECT
public:
    static constexpr int leastTile = 96, usualTile = 200, mostTile = 512;

    /// `thumbnails` outlives the view.
    explicit GalleryView(ThumbnailStore &thumbnails, QWidget *parent = nullptr);
    ~GalleryView() override;

    int tileSize() const { return m_tileSize; }
    void setTileSize(int size); ///< clamped; the grid makes tiles at least that large
    int columns() const { return m_columns; }

    struct Rows
    {
        int first = 0, last = -1;
    };
    Rows visibleRows() const;
    bool isTicking() const { return m_tick.isActive(); }

    /// Which end stays in view while it is in view and tiles come there; else what is seen stays where it is.
    enum class Follow { Nothing, Top, Bottom };
    void setFollow(Follow end) { m_follow = end; }

    GalleryDelegate *delegate() const { return m_delegate; }
    QModelIndexList chosen() const; ///< the selected tiles in their order; without a selection the current one
    QPixmap dragPixmap(const QModelIndexList &pictures) const; ///< the first one, and how many there are

    void settle() { executeDelayedItemsLayout(); } ///< lays out what is pending
    QModelIndex indexAt(const QPoint &point) const override; ///< none between the tiles: there a rubber band begins
    void setModel(QAbstractItemModel *model) override;
    void doItemsLayout() override;

Q_SIGNALS:
    void tileSizeChanged(int size);
    void currentTileChanged(const QModelIndex &index);
    void copyRequested(); ///< the usual key for it

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    void updateGeometries() override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;

private:
    void fitGrid();
    void keepPlace();
    void keepPlaceWhileResizing();
    void anchor();
    void colour();
    void refreshVisible();
    void repaintRunning();
    void thumbnailReady(const QString &key);

    ThumbnailStore &m_thumbnails;
    GalleryDelegate *m_delegate;
    int m_tileSize = usualTile;
    int m_columns = 1;
    QTimer m_refresh, m_tick;
    QPersistentModelIndex m_anchor; ///< what keeps its height in the view over the next layout
    int m_anchorTop = 0;
    Follow m_follow = Follow::Top;
    bool m_toBottom = false; ///< the next layout shows the end
    bool m_colouring = false;
};

} // namespace plantain
