#pragma once

#include <QStyledItemDelegate>

namespace plantain {

/// A line of a combo box's list: the choice, and behind it, in second rank, what it is good for.
class ChoiceDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int NoteRole = Qt::UserRole + 1; ///< QString

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int noteStart(const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

} // namespace plantain
