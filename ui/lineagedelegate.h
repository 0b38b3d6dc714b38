#pragma once

#include <QStyledItemDelegate>

namespace plantain {

class ThumbnailStore;

/// Paints a row of a lineage: the picture, how it came from the one above, what is another than there, and the money.
class LineageDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// `thumbnails` outlive the delegate.
    explicit LineageDelegate(ThumbnailStore &thumbnails, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    void paintPicture(QPainter *painter, const QRect &place, const QModelIndex &index, const QPalette &palette) const;

    ThumbnailStore &m_thumbnails;
};

} // namespace plantain
