#pragma once

#include "picturelevels.h"

#include <QRect>

namespace plantain {

/// How two pictures differ, as they are shown: in sRGB, eight bits a channel, transparent pixels without a colour.
struct PictureDifference
{
    QSize size; ///< that was compared: of the picture with fewer pixels, to which the other was resampled
    bool resampled = false;
    qint64 pixels = 0; ///< that differ at all
    int largest = 0; ///< difference of a channel, alpha included, 0 to 255
    double mean = 0; ///< over all pixels and channels of colour
    QRect bounds; ///< of the pixels that differ; empty when none does
    QImage image; ///< difference of each channel; that of alpha counts for all three

    bool isIdentical() const { return pixels == 0; }
};

/// Both of one of the formats of forDisplay(). Pure; not for the GUI thread: a quarter of a second for 4096 x 4096.
PictureDifference differenceOf(const QImage &one, const QImage &other);

/// To be looked at: every channel times `gain`, up to white, and a pixel that differs is seen however small all is shown.
PictureLevels differenceLevels(const QImage &difference, int gain);

} // namespace plantain
