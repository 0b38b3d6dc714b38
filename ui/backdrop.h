#pragma once

#include <QRectF>

class QPainter;
class QPalette;

namespace plantain {

/// What lies behind transparent pixels.
enum class Backdrop { Checkerboard, Grey, Black, White };

/// Fills `seen`, in device pixels; a checkerboard has squares for a screen of that `ratio`.
void paintBackdrop(QPainter &painter, Backdrop backdrop, const QRectF &seen, const QPalette &palette, double ratio);

} // namespace plantain
