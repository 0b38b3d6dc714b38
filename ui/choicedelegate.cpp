#include "choicedelegate.h"

#include "theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace plantain {

int ChoiceDelegate::noteStart(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // One column for all lines.
    int widest = 0;
    for (int row = 0; row < index.model()->rowCount(); ++row)
        widest = std::max(widest, option.fontMetrics.horizontalAdvance(index.siblingAtRow(row).data().toString()));
    QStyleOptionViewItem item(option);
    initStyleOption(&item, index);
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    const int start = style->subElementRect(QStyle::SE_ItemViewItemText, &item, item.widget).left() - item.rect.left();
    return start + widest + 2 * spacing::related;
}

void ChoiceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const QString note = index.data(NoteRole).toString();
    if (note.isEmpty())
        return;
    const QRect room = option.rect.adjusted(noteStart(option, index), 0, -spacing::related, 0);
    painter->save();
    painter->setFont(option.font);
    painter->setPen(coloursOf(option.palette).muted);
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(note, Qt::ElideRight, room.width()));
    painter->restore();
}

QSize ChoiceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(size.height(), spacing::control - spacing::tight));
    if (const QString note = index.data(NoteRole).toString(); !note.isEmpty())
        size.setWidth(noteStart(option, index) + option.fontMetrics.horizontalAdvance(note) + 3 * spacing::related);
    return size;
}

} // namespace plantain
