#include "galleryview.h"

#include "gallerydelegate.h"
#include "theme.h"
#include "thumbnailplan.h"

#include <QDrag>
#include <QLocale>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace plantain {

GalleryView::GalleryView(ThumbnailStore &thumbnails, QWidget *parent)
    : QListView(parent)
    , m_thumbnails(thumbnails)
    , m_delegate(new GalleryDelegate(thumbnails, this))
{
    setAccessibleName(tr("Gallery"));
    setItemDelegate(m_delegate);
    // A list that wraps lays out a hundred thousand tiles in a few milliseconds; icon mode builds a tree of them.
    setViewMode(QListView::ListMode);
    setFlow(QListView::LeftToRight);
    setWrapping(true);
    setResizeMode(QListView::Adjust);
    setMovement(QListView::Static);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setSelectionRectVisible(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setDefaultDropAction(Qt::CopyAction);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // else the grid would change its columns with it
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setMinimumSize(leastTile + 40, leastTile + 40);

    m_refresh.setSingleShot(true);
    m_refresh.setInterval(0ms);
    connect(&m_refresh, &QTimer::timeout, this, &GalleryView::refreshVisible);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &GalleryView::repaintRunning);
    connect(&m_thumbnails, &ThumbnailStore::ready, this, &GalleryView::thumbnailReady);
    connect(&m_thumbnails, &ThumbnailStore::failed, this, &GalleryView::thumbnailReady);
    colour();
    fitGrid();
}

GalleryView::~GalleryView() = default;

void GalleryView::setTileSize(int size)
{
    size = std::clamp(size, leastTile, mostTile);
    if (size == m_tileSize)
        return;
    keepPlaceWhileResizing();
    m_tileSize = size;
    fitGrid();
    Q_EMIT tileSizeChanged(size);
}

GalleryView::Rows GalleryView::visibleRows() const
{
    const int rows = model() ? model()->rowCount(rootIndex()) : 0;
    const QSize cell = gridSize();
    if (rows == 0 || cell.isEmpty())
        return {};
    const int top = verticalOffset();
    const int first = std::clamp(top / cell.height() * m_columns, 0, rows - 1);
    const int last = std::clamp(((top + viewport()->height() - 1) / cell.height() + 1) * m_columns - 1, first, rows - 1);
    return { first, last };
}

void GalleryView::setModel(QAbstractItemModel *newModel)
{
    if (model())
        disconnect(model(), nullptr, this, nullptr);
    QListView::setModel(newModel);
    if (newModel) {
        const auto refresh = [this] { m_refresh.start(); };
        connect(newModel, &QAbstractItemModel::rowsAboutToBeInserted, this, &GalleryView::keepPlace);
        connect(newModel, &QAbstractItemModel::layoutAboutToBeChanged, this, &GalleryView::keepPlace);
        connect(newModel, &QAbstractItemModel::rowsInserted, this, refresh);
        connect(newModel, &QAbstractItemModel::rowsRemoved, this, refresh);
        connect(newModel, &QAbstractItemModel::dataChanged, this, refresh);
        connect(newModel, &QAbstractItemModel::modelReset, this, refresh);
    }
    m_refresh.start();
}

void GalleryView::doItemsLayout()
{
    QListView::doItemsLayout();
    QScrollBar *bar = verticalScrollBar();
    if (m_toBottom)
        bar->setValue(bar->maximum());
    else if (m_anchor.isValid())
        bar->setValue(bar->value() + visualRect(m_anchor).top() - m_anchorTop);
    m_anchor = QPersistentModelIndex();
    m_toBottom = false;
    m_refresh.start();
}

void GalleryView::updateGeometries()
{
    QListView::updateGeometries();
    verticalScrollBar()->setSingleStep(std::max(1, gridSize().height() / 3)); // a notch of the wheel is three steps
}

void GalleryView::resizeEvent(QResizeEvent *event)
{
    if (event->size().width() != event->oldSize().width())
        keepPlaceWhileResizing();
    QListView::resizeEvent(event);
    fitGrid();
    m_refresh.start();
}

void GalleryView::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QListView::wheelEvent(event);
        return;
    }
    constexpr int notch = 120, step = 16;
    setTileSize(m_tileSize + event->angleDelta().y() * step / notch);
    event->accept();
}

void GalleryView::showEvent(QShowEvent *event)
{
    QListView::showEvent(event);
    m_refresh.start();
}

void GalleryView::hideEvent(QHideEvent *event)
{
    QListView::hideEvent(event);
    m_refresh.start();
}

void GalleryView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QListView::changeEvent(event);
}

void GalleryView::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(dx, dy);
    m_refresh.start();
}

void GalleryView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    Q_EMIT currentTileChanged(current);
}

void GalleryView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        Q_EMIT copyRequested();
    else if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier && selectionModel()->hasSelection())
        clearSelection();
    else
        QListView::keyPressEvent(event);
}

void GalleryView::mouseMoveEvent(QMouseEvent *event)
{
    QListView::mouseMoveEvent(event);
    // Qt repaints a tile as the pointer comes and goes; its button lights up in between.
    if (const QModelIndex index = indexAt(event->position().toPoint()); m_delegate->wayOutOf(index) != TileAction::None)
        update(index);
}

QModelIndex GalleryView::indexAt(const QPoint &point) const
{
    const QModelIndex index = QListView::indexAt(point);
    return index.isValid() && GalleryDelegate::tileRect(visualRect(index)).contains(point) ? index : QModelIndex();
}

/// A rubber band takes the tiles it touches, not the gaps around them.
void GalleryView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (state() != DragSelectingState) {
        QListView::setSelection(rect, command);
        return;
    }
    // Qt gives the corners as they are, and QRect::normalized() loses a pixel of such.
    const QPoint one = rect.topLeft(), other = rect.bottomRight();
    const QRect band(QPoint(std::min(one.x(), other.x()), std::min(one.y(), other.y())),
                     QPoint(std::max(one.x(), other.x()), std::max(one.y(), other.y())));
    const QRect touched = GalleryDelegate::tileRect(band);
    const QRect nowhere(2 * viewport()->width(), 0, 1, 1);
    QListView::setSelection(touched.isValid() ? touched : nowhere, command);
}

QModelIndexList GalleryView::chosen() const
{
    QModelIndexList indexes = selectedIndexes();
    std::sort(indexes.begin(), indexes.end());
    if (indexes.isEmpty() && currentIndex().isValid())
        indexes << currentIndex();
    return indexes;
}

void GalleryView::startDrag(Qt::DropActions)
{
    QModelIndexList pictures = chosen();
    pictures.removeIf([](const QModelIndex &index) { return !index.flags().testFlag(Qt::ItemIsDragEnabled); });
    QMimeData *files = pictures.isEmpty() ? nullptr : model()->mimeData(pictures);
    if (!files)
        return;
    auto *drag = new QDrag(this);
    drag->setMimeData(files);
    drag->setPixmap(dragPixmap(pictures));
    drag->setHotSpot({ -spacing::related, -spacing::related });
    drag->exec(Qt::CopyAction); // the library keeps its files
}

QPixmap GalleryView::dragPixmap(const QModelIndexList &pictures) const
{
    constexpr int side = 96, step = 5, badge = 22;
    const qreal ratio = devicePixelRatioF();
    const QModelIndex &first = pictures.front();
    const QPixmap shown = m_thumbnails.thumbnail(first.data(GalleryRole::Sha256).toString(),
                                                 first.data(GalleryRole::File).toString(), ThumbnailSize::Small);
    QSize size = shown.isNull() ? QSize(side, side) : shown.size().scaled(side, side, Qt::KeepAspectRatio);
    const int behind = std::min<int>(int(pictures.size()) - 1, 2);
    const int room = badge / 2;
    QPixmap pixmap((size + QSize(behind * step + room, behind * step + room)) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const ThemeColours &colours = coloursOf(palette());
    for (int sheet = behind; sheet >= 0; --sheet) {
        const QRect rect(QPoint(sheet * step, room + (behind - sheet) * step), size);
        painter.setPen(colours.controlBorder);
        painter.setBrush(colours.viewing);
        painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5));
        if (sheet == 0 && !shown.isNull())
            painter.drawPixmap(rect, shown);
    }
    if (pictures.size() > 1) {
        const QString count = QLocale().toString(pictures.size());
        const int width = std::max(badge, fontMetrics().horizontalAdvance(count) + 2 * spacing::tight + 2);
        const int right = int(pixmap.width() / ratio);
        const QRect place(std::max(0, right - width), 0, width, badge);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.accent);
        painter.drawRoundedRect(place, badge / 2.0, badge / 2.0);
        painter.setPen(colours.onAccent);
        painter.drawText(place, Qt::AlignCenter, count);
    }
    return pixmap;
}

/// Tiles go when a run ends with fewer than were asked: what was current stays with its run. Or they are filtered out:
/// then nothing is current, rather than a picture that nobody chose.
void GalleryView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    keepPlace();
    const QModelIndex current = currentIndex();
    if (current.row() >= start && current.row() <= end) {
        const QModelIndex before = model()->index(start - 1, 0);
        const bool isSameRun = before.isValid()
            && before.data(GalleryRole::RunId).value<RunId>() == current.data(GalleryRole::RunId).value<RunId>();
        if (!isSameRun)
            selectionModel()->clearCurrentIndex();
        else
            selectionModel()->setCurrentIndex(before, selectionModel()->isSelected(current)
                                                  ? QItemSelectionModel::Select
                                                  : QItemSelectionModel::NoUpdate);
    }
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

/// As many columns as fit, and each as wide as there is room.
void GalleryView::fitGrid()
{
    const int width = viewport()->width() - 1; // QListView wraps what would touch the last pixel
    m_columns = std::max(1, width / m_tileSize);
    const int side = std::max(leastTile, width / m_columns);
    if (gridSize() == QSize(side, side))
        return;
    m_delegate->setCellSize({ side, side });
    setGridSize({ side, side });
    executeDelayedItemsLayout(); // else the next paint would find nothing laid out
}

/// Before tiles come, go or change places.
void GalleryView::keepPlace()
{
    const QScrollBar *bar = verticalScrollBar();
    if (m_follow == Follow::Top && bar->value() == 0)
        return;
    if (m_follow == Follow::Bottom && bar->value() == bar->maximum())
        m_toBottom = true;
    else
        anchor();
}

void GalleryView::keepPlaceWhileResizing()
{
    if (verticalScrollBar()->value() > 0)
        anchor();
}

/// Remembers where a tile stands before the layout changes.
void GalleryView::anchor()
{
    if (m_anchor.isValid() || m_toBottom || !model())
        return;
    const Rows rows = visibleRows();
    if (rows.last < rows.first)
        return;
    const int current = currentIndex().row();
    const QModelIndex tile = model()->index(current >= rows.first && current <= rows.last ? current : rows.first, 0);
    m_anchorTop = visualRect(tile).top(); // may lay out what is pending, so before there is an anchor
    m_anchor = tile;
}

void GalleryView::colour()
{
    m_colouring = true;
    QPalette own = viewport()->palette();
    own.setColor(QPalette::Base, coloursOf(palette()).viewing);
    viewport()->setPalette(own);
    m_colouring = false;
}

void GalleryView::refreshVisible()
{
    std::vector<ThumbnailRequest> requests;
    bool running = false;
    if (isVisible()) {
        const Rows rows = visibleRows();
        const QSize tile = GalleryDelegate::tileRect(QRect({}, gridSize())).size();
        const ThumbnailSize size = thumbnailSizeFor(qRound(tile.width() * devicePixelRatioF()));
        for (const int row : thumbnailOrder(rows.first, rows.last, model() ? model()->rowCount() : 0)) {
            const QModelIndex index = model()->index(row, 0);
            const auto state = TileState(index.data(GalleryRole::State).toInt());
            if (state == TileState::Picture) {
                requests.push_back({ index.data(GalleryRole::Sha256).toString(), index.data(GalleryRole::File).toString(),
                                     size });
            }
            running = running || (state == TileState::Running && row >= rows.first && row <= rows.last);
        }
    }
    m_thumbnails.want(this, requests);
    if (running && !m_tick.isActive())
        m_tick.start();
    else if (!running)
        m_tick.stop();
}

void GalleryView::repaintRunning()
{
    const Rows rows = visibleRows();
    for (int row = rows.first; row <= rows.last; ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (TileState(index.data(GalleryRole::State).toInt()) == TileState::Running)
            update(index);
    }
}

void GalleryView::thumbnailReady(const QString &key)
{
    const Rows rows = visibleRows();
    for (int row = rows.first; row <= rows.last; ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (index.data(GalleryRole::Sha256).toString() == key)
            update(index);
    }
}

} // namespace plantain
