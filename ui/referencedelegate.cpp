#include "referencedelegate.h"

#include "plaintext.h"
#include "referencemodel.h"
#include "referencetext.h"
#include "theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

int pictureSide(const QFontMetrics &metrics)
{
    return 3 * metrics.height();
}

void paintPicture(QPainter &painter, const QRect &place, const QModelIndex &index, const QPalette &palette)
{
    painter.fillRect(place, coloursOf(palette).viewing);
    const auto picture = index.data(ReferenceModel::PictureRole).value<QImage>();
    if (!picture.isNull()) {
        QRect target({}, picture.size().scaled(place.size(), Qt::KeepAspectRatio));
        target.moveCenter(place.center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(target, picture);
    }
    const QString number = QString::number(index.data(ReferenceModel::NumberRole).toInt());
    const QRect badge(place.topLeft(), QSize(std::max(16, painter.fontMetrics().horizontalAdvance(number) + spacing::related),
                                             painter.fontMetrics().height()));
    painter.fillRect(badge, palette.color(QPalette::Window));
    painter.setPen(palette.color(QPalette::WindowText));
    painter.drawText(badge, Qt::AlignCenter, number);
}

} // namespace

int ReferenceDelegate::rowHeight(const QFontMetrics &metrics)
{
    return pictureSide(metrics) + spacing::related;
}

QSize ReferenceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 120, rowHeight(option.fontMetrics) };
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
    const int lineHeight = option.fontMetrics.height();
    const int side = pictureSide(option.fontMetrics);
    const int left = inner.left() + side + spacing::related;

    painter->save();
    painter->setFont(option.font);
    paintPicture(*painter, QRect(inner.topLeft(), QSize(side, side)), index, option.palette);
    const auto line = [&](int number, const QString &text, const QColor &colour, Qt::TextElideMode mode, int right) {
        const QRect place(left, inner.top() + number * lineHeight, right - left, lineHeight);
        painter->setPen(colour);
        painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(text.simplified(), mode, place.width()));
    };
    int right = inner.right();
    if (const auto part = static_cast<ReferencePart>(index.data(ReferenceModel::PartRole).toInt()); part != ReferencePart::None) {
        const QString label = textOf(part);
        const QRect place(inner.left(), inner.top(), inner.width(), lineHeight);
        painter->setPen(colours.muted);
        painter->drawText(place, Qt::AlignRight | Qt::AlignVCenter, label);
        right -= option.fontMetrics.horizontalAdvance(label) + spacing::related;
    }
    line(0, index.data(ReferenceModel::NameRole).toString(), option.palette.color(QPalette::Text), Qt::ElideMiddle, right);
    QString detail = index.data(ReferenceModel::DetailRole).toString();
    if (index.data(ReferenceModel::IsDuplicateRole).toBool())
        detail = tr("%1 (same as above)").arg(detail).trimmed();
    const bool hasAdvice = !index.data(ReferenceModel::AdviceTextRole).toString().isEmpty();
    line(1, detail, hasAdvice ? colours.attention : colours.muted, Qt::ElideRight, inner.right());
    const QString error = index.data(ReferenceModel::ErrorTextRole).toString();
    line(2, error.isEmpty() ? index.data(ReferenceModel::FateTextRole).toString() : error,
         error.isEmpty() ? colours.muted : colours.bad, Qt::ElideRight, inner.right());
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
                        index.data(ReferenceModel::FateTextRole).toString(),
                        index.data(ReferenceModel::AdviceTextRole).toString(),
                        index.data(ReferenceModel::ErrorTextRole).toString() };
    lines.removeAll(QString());
    QToolTip::showText(event->globalPos(), plainToolTip(lines.join(u'\n')), view);
    return true;
}

} // namespace plantain
