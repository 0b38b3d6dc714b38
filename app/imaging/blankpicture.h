#pragma once

#include <QImage>

namespace plantain {

/// One colour all over, or nearly: what comes where a filter blanked a picture. Pure; any thread. Looks at a grid of
/// pixels, so that a picture of any size takes a millisecond.
bool isNearlyBlank(const QImage &image);

} // namespace plantain
