#include "backdrop.h"

#include "theme.h"

#include <QPainter>

namespace plantain {

namespace {

constexpr int checker = 8; ///< side of a square, in device-independent pixels

} // namespace

void paintBackdrop(QPainter &painter, Backdrop backdrop, const QRectF &seen, const QPalette &palette, double ratio)
{
    switch (backdrop) {
    case Backdrop::Checkerboard: {
        const int side = qRound(checker * ratio);
        QPixmap tile(2 * side, 2 * side);
        const bool dark = isDark(palette);
        tile.fill(dark ? QColor(0x3a, 0x3a, 0x3a) : QColor(0xff, 0xff, 0xff));
        QPainter squares(&tile);
        const QColor other = dark ? QColor(0x50, 0x50, 0x50) : QColor(0xd0, 0xd0, 0xd0);
        squares.fillRect(0, 0, side, side, other);
        squares.fillRect(side, side, side, side, other);
        squares.end();
        painter.drawTiledPixmap(seen, tile, seen.topLeft());
        return;
    }
    case Backdrop::Grey:
        painter.fillRect(seen, QColor(0x80, 0x80, 0x80));
        return;
    case Backdrop::Black:
        painter.fillRect(seen, Qt::black);
        return;
    case Backdrop::White:
        painter.fillRect(seen, Qt::white);
        return;
    }
}

} // namespace plantain
