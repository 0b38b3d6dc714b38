#include "referencelistview.h"

#include "referencedelegate.h"
#include "referencemenu.h"
#include "referencemodel.h"
#include "theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>

#include <algorithm>

namespace plantain {

namespace {

constexpr int mostRowsShown = 4;

} // namespace

ReferenceListView::ReferenceListView(ReferenceModel &model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
{
    setModel(&model);
    setItemDelegate(new ReferenceDelegate(this));
    setUniformItemSizes(true);
    setSelectionMode(SingleSelection);
    setDropIndicatorShown(false); // paintEvent() shows it
    setDragDropMode(DragDrop);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTabKeyNavigation(false);
    const auto resized = [this] { updateGeometry(); };
    connect(&model, &QAbstractItemModel::rowsInserted, this, resized);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, resized);
    connect(&model, &QAbstractItemModel::modelReset, this, resized);
}

QSize ReferenceListView::sizeHint() const
{
    const int rowHeight = ReferenceDelegate::rowHeight(fontMetrics());
    const int rows = std::clamp(m_model.rowCount(), 1, mostRowsShown); // one when empty: room to drop on and for the hint
    return { 120, rows * rowHeight + 2 * frameWidth() };
}

void ReferenceListView::removeSelected()
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    if (rows.isEmpty())
        return;
    const int row = rows.front().row();
    m_model.removeRow(row);
    if (m_model.rowCount() > 0)
        setCurrentIndex(m_model.index(std::min(row, m_model.rowCount() - 1)));
}

void ReferenceListView::moveCurrent(int by)
{
    const int row = currentIndex().row();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_model.rowCount())
        return;
    m_model.moveRow({}, row, {}, by > 0 ? to + 1 : to);
    scrollTo(currentIndex());
}

void ReferenceListView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        if (const QMimeData *pasted = QGuiApplication::clipboard()->mimeData()) {
            if (const GivenPictures pictures = givenPictures(*pasted); !pictures.isEmpty())
                Q_EMIT given(pictures, -1);
        }
    } else if (event->key() == Qt::Key_Delete) {
        removeSelected();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()
               && !event->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT replaceRequested(currentIndex().row());
    } else if (event->modifiers() == Qt::AltModifier && event->key() == Qt::Key_Up) {
        moveCurrent(-1);
    } else if (event->modifiers() == Qt::AltModifier && event->key() == Qt::Key_Down) {
        moveCurrent(1);
    } else {
        QListView::keyPressEvent(event);
    }
}

void ReferenceListView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    auto *menu = new ReferenceMenu(m_model, *this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &ReferenceMenu::replaceRequested, this, &ReferenceListView::replaceRequested);
    connect(menu, &ReferenceMenu::fetchRequested, this, &ReferenceListView::fetchRequested);
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

int ReferenceListView::rowAt(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return m_model.rowCount();
    const QRect rect = visualRect(index);
    return position.y() > rect.center().y() ? index.row() + 1 : index.row();
}

void ReferenceListView::setDropRow(int row)
{
    if (row == m_dropRow)
        return;
    m_dropRow = row;
    viewport()->update();
}

void ReferenceListView::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->source() == this || mayGivePictures(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore();
}

void ReferenceListView::dragMoveEvent(QDragMoveEvent *event)
{
    QListView::dragMoveEvent(event); // scrolls at the edges; would take a drop between rows only
    event->acceptProposedAction();
    setDropRow(rowAt(event->position().toPoint()));
}

void ReferenceListView::dragLeaveEvent(QDragLeaveEvent *event)
{
    QListView::dragLeaveEvent(event);
    setDropRow(-1);
}

void ReferenceListView::dropEvent(QDropEvent *event)
{
    stopAutoScroll();
    setState(NoState);
    setDropRow(-1);
    // Never a move: a file stays where it came from, and a row of ours is moved here and now.
    event->setDropAction(Qt::CopyAction);
    event->accept();
    const int row = rowAt(event->position().toPoint());
    if (event->source() == this) {
        m_model.moveRow({}, currentIndex().row(), {}, row);
        return;
    }
    if (const GivenPictures pictures = givenPictures(*event->mimeData()); !pictures.isEmpty())
        Q_EMIT given(pictures, row);
}

void ReferenceListView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_dropRow < 0 || m_model.rowCount() == 0)
        return;
    const bool isEnd = m_dropRow >= m_model.rowCount();
    const QRect beside = visualRect(m_model.index(isEnd ? m_model.rowCount() - 1 : m_dropRow));
    QPainter painter(viewport());
    painter.fillRect(0, (isEnd ? beside.bottom() : beside.top()) - 1, viewport()->width(), 2, coloursOf(palette()).focus);
}

} // namespace plantain
