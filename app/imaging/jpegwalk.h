#pragma once

#include "containerwalk.h"

namespace plantain {

/// `bytes` begin with a JPEG's SOI marker.
Result<WalkedPicture> walkJpeg(QByteArrayView bytes, const PictureLimits &limits);

} // namespace plantain
