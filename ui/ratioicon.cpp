#include "ratioicon.h"

#include "theme.h"

#include <QPainter>

#include <algorithm>

namespace plantain {

namespace {

constexpr int side = 16;
constexpr int scale = 2; ///< drawn for twice the density: sharp enough on both

} // namespace

QIcon ratioIcon(const QString &ratio, const QPalette &palette)
{
    bool isWidth = false, isHeight = false;
    const double width = ratio.section(u':', 0, 0).toDouble(&isWidth);
    const double height = ratio.section(u':', 1).toDouble(&isHeight);
    if (!isWidth || !isHeight || width <= 0 || height <= 0)
        return {};
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
    painter.setPen(QPen(coloursOf(palette).muted, 1.5));
    painter.drawRoundedRect(shape, 1, 1);
    return QIcon(pixmap);
}

} // namespace plantain
