#pragma once

#include "result.h"

#include <QByteArrayView>
#include <QSize>

namespace plantain {

struct PictureLimits;

/// The errors a foreign picture can have; `type` is the word in front.
Error notAPicture(QByteArrayView bytes = {}); ///< says what they are instead, where that is known
Error truncatedPicture();
Error tooLargePicture(const QString &what);
Error brokenPicture(const QString &what = {});
Error animatedPicture();

/// The error of a size that is empty or over a limit; `bytesPerPixel` of what a decoder makes of it.
std::optional<Error> checkPixelSize(qint64 width, qint64 height, const PictureLimits &limits, int bytesPerPixel = 4);

} // namespace plantain
