#include "ratioicon.h"

#include "theme.h"

#include <QPainter>

#include <algorithm>

namespace plantain {

namespace {

constexpr int side = 16;
constexpr int scale = 2; ///< drawn for twice the density: sharp enough on both

QSizeF shapeOf(const QString &ratio)
{
    const QSizeF shape(ratio.section(u':', 0, 0).toDouble(), ratio.section(u':', 1).toDouble());
    return shape.isEmpty() ? QSizeF() : shape;
}

} // namespace

bool isRatio(const QString &text)
{
    return shapeOf(text).isValid();
}

QIcon ratioIcon(const QString &ratio, const QPalette &palette)
{
    const bool isOpen = !isRatio(ratio);
    const auto [width, height] = isOpen ? std::pair(1.0, 1.0) : std::pair(shapeOf(ratio).width(), shapeOf(ratio).height());
    const double longest = std::max(width, height);
    const double room = side - 2;
    const QSizeF size(std::max(3.0, room * width / longest), std::max(3.0, room * height / longest));
    QRectF shape({}, size);
    shape.moveCenter({ side / 2.0, side / 2.0 });
    QPixmap pixmap(side * scale, side * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(coloursOf(palette).muted, 1.5, isOpen ? Qt::DotLine : Qt::SolidLine));
    painter.drawRoundedRect(shape, 1, 1);
    return QIcon(pixmap);
}

} // namespace plantain
