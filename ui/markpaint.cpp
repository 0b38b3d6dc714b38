#include "markpaint.h"

#include "icons.h"
#include "theme.h"

#include <QPainter>
#include <QStyleOptionViewItem>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int side = 14; ///< of an icon
constexpr int margin = 4;
constexpr int roomForStars = 110; ///< narrower tiles say the number

void paintGround(QPainter &painter, const QRect &rect, const QPalette &palette)
{
    QColor ground = palette.color(QPalette::Window);
    ground.setAlpha(235);
    painter.setPen(coloursOf(palette).border);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

} // namespace

QColor colourOf(ColourLabel label)
{
    switch (label) {
    case ColourLabel::Red:
        return QColor(0xd6, 0x45, 0x45);
    case ColourLabel::Yellow:
        return QColor(0xe0, 0xb4, 0x00);
    case ColourLabel::Green:
        return QColor(0x3f, 0x9b, 0x4f);
    case ColourLabel::Blue:
        return QColor(0x3b, 0x7d, 0xd8);
    case ColourLabel::Purple:
        return QColor(0x8a, 0x5c, 0xc8);
    case ColourLabel::None:
        break;
    }
    return {};
}

void paintMarks(QPainter &painter, const QRect &tile, const QStyleOptionViewItem &option, const Marks &marks, Deviations deviations)
{
    const qreal ratio = painter.device()->devicePixelRatio();
    const ThemeColours &colours = coloursOf(option.palette);
    const bool wide = tile.width() >= roomForStars;
    const bool isMarked = marks.flag != Flag::None || marks.rating > 0 || marks.label != ColourLabel::None;
    if (isMarked) {
        const int stars = marks.rating == 0 ? 0 : wide ? marks.rating * side : 2 * side;
        const int width = (marks.flag != Flag::None ? side : 0) + stars + (marks.label != ColourLabel::None ? side : 0) + 2 * margin;
        QRect chip(tile.left() + margin, tile.bottom() - margin - side - 4, width, side + 5);
        paintGround(painter, chip, option.palette);
        int x = chip.left() + margin;
        const int y = chip.top() + 2;
        const auto icon = [&](const QString &name, const QColor &colour) {
            painter.drawPixmap(x, y, pixmapOfIcon(name, side, ratio, colour));
            x += side;
        };
        if (marks.flag != Flag::None)
            icon(marks.flag == Flag::Keep ? u"keep"_s : u"reject"_s, marks.flag == Flag::Keep ? colours.good : colours.bad);
        const QColor text = option.palette.color(QPalette::WindowText);
        if (!wide && marks.rating > 0) {
            painter.setPen(text);
            painter.drawText(QRect(x, chip.top(), side, chip.height()), Qt::AlignCenter, QString::number(marks.rating));
            x += side;
        }
        for (int star = 0; star < (wide ? marks.rating : std::min<int>(marks.rating, 1)); ++star)
            icon(u"star-filled"_s, text);
        if (marks.label != ColourLabel::None) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colourOf(marks.label));
            painter.drawEllipse(QRect(x + 2, y + 2, side - 4, side - 4));
        }
    }
    if (deviations) {
        const QRect chip(tile.right() - margin - side - 2, tile.top() + margin, side + 4, side + 5);
        paintGround(painter, chip, option.palette);
        painter.setPen(colours.attention);
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.drawText(chip, Qt::AlignCenter, u"\u2260"_s);
        painter.setFont(option.font);
    }
}

void paintGroupTitle(QPainter &painter, const QRect &cell, const QStyleOptionViewItem &option, const QString &title)
{
    const int width = std::min(option.fontMetrics.horizontalAdvance(title) + 2 * margin, cell.width() - 2 * margin);
    const QRect chip(cell.left() + margin, cell.top() + 1, width, option.fontMetrics.height() + 2);
    painter.fillRect(QRect(cell.left() + 1, cell.top() + 1, 2, cell.height() - 2), coloursOf(option.palette).accent);
    paintGround(painter, chip, option.palette);
    painter.setPen(option.palette.color(QPalette::WindowText));
    painter.drawText(chip, Qt::AlignCenter, option.fontMetrics.elidedText(title, Qt::ElideRight, width - 2 * margin));
}

} // namespace plantain
