#include "logdelegate.h"

#include "logmodel.h"
#include "plaintext.h"
#include "theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

namespace plantain {

bool LogDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &,
                            const QModelIndex &index)
{
    constexpr qsizetype shown = 2000;
    if (event->type() != QEvent::ToolTip)
        return false;
    QToolTip::showText(event->globalPos(), plainToolTip(index.data(LogModel::LogTextRole).toString().left(shown)),
                       view->viewport(), view->visualRect(index));
    return true;
}

void LogDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;
    const ThemeColours &colours = coloursOf(option->palette);
    const auto level = LogLine::Level(index.data(LogModel::LogLevelRole).toInt());
    QColor colour = option->palette.color(QPalette::Text);
    if (level == LogLine::Level::Error)
        colour = colours.bad;
    else if (level == LogLine::Level::Warning)
        colour = colours.attention;
    else if (level == LogLine::Level::Debug || index.column() != LogModel::TextColumn)
        colour = colours.muted;
    option->palette.setColor(QPalette::Text, colour);
}

} // namespace plantain
