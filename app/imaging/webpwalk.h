#pragma once

#include "containerwalk.h"

namespace plantain {

/// `bytes` begin with RIFF, a size and WEBP.
Result<WalkedPicture> walkWebP(QByteArrayView bytes, const PictureLimits &limits);

} // namespace plantain
