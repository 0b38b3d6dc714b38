#include "lineagedelegate.h"

#include "lineagemodel.h"
#include "plaintext.h"
#include "theme.h"
#include "thumbnailstore.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int textLines = 4; ///< step and money, two of changes, one of state

int pictureSide(const QFontMetrics &metrics)
{
    return textLines * metrics.height();
}

} // namespace

LineageDelegate::LineageDelegate(ThumbnailStore &thumbnails, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_thumbnails(thumbnails)
{
}

QSize LineageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return { 240, pictureSide(option.fontMetrics) + 2 * spacing::tight };
}

void LineageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem background(option);
    initStyleOption(&background, index);
    background.text.clear();
    option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    const ThemeColours &colours = coloursOf(option.palette);
    const QRect inner = option.rect.adjusted(spacing::tight, spacing::tight, -spacing::related, -spacing::tight);
    const int lineHeight = option.fontMetrics.height();
    const int side = pictureSide(option.fontMetrics);
    painter->save();
    paintPicture(painter, QRect(inner.topLeft(), QSize(side, side)), index, option.palette);
    const int left = inner.left() + side + spacing::related;
    int row = 0;
    const auto line = [&](const QString &text, const QColor &colour) {
        const QRect place(left, inner.top() + row++ * lineHeight, inner.right() - left, lineHeight);
        painter->setPen(colour);
        painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text.simplified(), Qt::ElideRight, place.width()));
    };
    const QColor text = option.palette.color(QPalette::Text);
    const QString state = index.data(LineageRole::State).toString();
    if (index.data(LineageRole::IsSibling).toBool()) {
        line(tr("Picture %1 of the same run").arg(index.data(LineageRole::ImageIndex).toInt() + 1), colours.muted);
    } else {
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        painter->setFont(bold);
        line(index.data(LineageRole::Step).toString(), text);
        painter->setFont(option.font);
        const QStringList changes = index.data(LineageRole::Changes).toStringList();
        const int room = textLines - 2;
        for (int number = 0; number < std::min(room, int(changes.size())); ++number)
            line(number + 1 == room ? changes.sliced(number).join(u" · "_s) : changes.at(number), text);
        line(index.data(LineageRole::Money).toString(), colours.muted);
    }
    if (!state.isEmpty() && row < textLines)
        line(state, colours.attention);
    painter->restore();
}

void LineageDelegate::paintPicture(QPainter *painter, const QRect &place, const QModelIndex &index, const QPalette &palette) const
{
    painter->fillRect(place, coloursOf(palette).viewing);
    const QString file = index.data(LineageRole::File).toString();
    if (file.isEmpty())
        return;
    const QPixmap picture = m_thumbnails.thumbnail(index.data(LineageRole::Sha256).toString(), file, ThumbnailSize::Small);
    if (picture.isNull())
        return;
    QRect target({}, picture.size().scaled(place.size(), Qt::KeepAspectRatio));
    target.moveCenter(place.center());
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawPixmap(target, picture);
}

bool LineageDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QStringList lines = QStringList { index.data(LineageRole::Step).toString() }
        + index.data(LineageRole::Changes).toStringList() + QStringList { index.data(LineageRole::Money).toString() };
    QToolTip::showText(event->globalPos(), plainToolTip(lines.join(u'\n')), view);
    return true;
}

} // namespace plantain
