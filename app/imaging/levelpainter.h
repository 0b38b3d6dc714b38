#pragma once

#include "picturelevels.h"

#include <QRectF>

class QPainter;

namespace plantain {

enum class LevelQuality {
    Rough, ///< for frames of a movement: whichever is painted fastest
    Smooth,
};

/// Above, a pixel of the picture is a sharp square.
inline constexpr double smoothUpTo = 3;

/// Paints the part of a picture that is seen in `exposed`, from the level that fits its scale. All of the picture would lie
/// in `place`; both in device pixels of the painter, which must not be scaled. Pure.
void paintLevels(QPainter &painter, const PictureLevels &picture, const QRectF &place, const QRectF &exposed, LevelQuality quality);

} // namespace plantain
