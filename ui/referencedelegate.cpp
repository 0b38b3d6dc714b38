#include "referencedelegate.h"

#include "plaintext.h"
#include "referencemodel.h"
#include "theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace plantain {

int ReferenceDelegate::rowHeight(const QFontMetrics &metrics)
{
    return 2 * metrics.height() + spacing::related;
}

QSize ReferenceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 80, rowHeight(option.fontMetrics) };
}

void ReferenceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem background(option);
    initStyleOption(&background, index);
    background.text.clear();
    const QStyle *style = option.widget->style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    const ThemeColours &colours = coloursOf(option.palette);
    const QRect inner = option.rect.adjusted(spacing::related, spacing::tight, -spacing::related, -spacing::tight);
    const int numberWidth = option.fontMetrics.horizontalAdvance(u"14"_s) + spacing::related;
    const QRect number(inner.left(), inner.top(), numberWidth, option.fontMetrics.height());
    const QRect name = inner.adjusted(numberWidth, 0, 0, 0);
    const int lineHeight = option.fontMetrics.height();

    painter->save();
    painter->setFont(option.font);
    painter->setPen(colours.muted);
    painter->drawText(number, Qt::AlignLeft | Qt::AlignVCenter, QString::number(index.data(ReferenceModel::NumberRole).toInt()));
    painter->setPen(option.palette.color(QPalette::Text));
    const auto elided = [&](const QString &text, Qt::TextElideMode mode) {
        return option.fontMetrics.elidedText(text.simplified(), mode, name.width());
    };
    painter->drawText(QRect(name.left(), name.top(), name.width(), lineHeight), Qt::AlignLeft | Qt::AlignVCenter,
                      elided(index.data(ReferenceModel::NameRole).toString(), Qt::ElideMiddle));
    const QString error = index.data(ReferenceModel::ErrorTextRole).toString();
    QString second = error.isEmpty() ? index.data(ReferenceModel::DetailRole).toString() : error;
    if (error.isEmpty() && index.data(ReferenceModel::IsDuplicateRole).toBool())
        second = tr("%1 (same as above)").arg(second).trimmed();
    const bool hasAdvice = !index.data(ReferenceModel::AdviceTextRole).toString().isEmpty();
    painter->setPen(!error.isEmpty() ? colours.bad : hasAdvice ? colours.attention : colours.muted);
    painter->drawText(QRect(name.left(), name.top() + lineHeight, name.width(), lineHeight),
                      Qt::AlignLeft | Qt::AlignVCenter, elided(second, Qt::ElideRight));
    painter->restore();
}

bool ReferenceDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                                  const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString file = index.data(ReferenceModel::FileRole).toString();
    QStringList lines { file.isEmpty() ? index.data(ReferenceModel::UrlRole).toUrl().toDisplayString().left(300) : file,
                        index.data(ReferenceModel::DetailRole).toString(),
                        index.data(ReferenceModel::AdviceTextRole).toString(),
                        index.data(ReferenceModel::ErrorTextRole).toString() };
    lines.removeAll(QString());
    QToolTip::showText(event->globalPos(), plainToolTip(lines.join(u'\n')), view);
    return true;
}

} // namespace plantain
