#pragma once

#include "levelpainter.h"

namespace plantain {

/// How two pictures that lie over each other are told apart.
enum class Lens {
    SwipeAcross, ///< the first left of a line, the second right of it
    SwipeDown,
    Onion, ///< the second over the first, more or less transparent
    Flicker, ///< one or the other
    Difference, ///< PictureDifference, a picture of its own
};

struct LensState
{
    Lens lens = Lens::SwipeAcross;
    double share = 0.5; ///< of the view that the first has, or of the second's opacity
    bool second = false; ///< which one flicker shows
};

/// A picture and where all of it would lie, in device pixels of the view. Nothing is painted of a null picture.
struct LensPicture
{
    const PictureLevels *picture = nullptr;
    QRectF place;
};

/// Where the line of a swipe is, in pixels of the view: what is left of it or above is the first's.
int swipeLine(const LensState &state, QSize view);

/// Paints both through the lens onto what lies there already; not for Difference. Pure.
void paintLens(QPainter &painter, const LensState &state, const LensPicture &first, const LensPicture &second, QSize view,
               LevelQuality quality);

} // namespace plantain
