#pragma once

#include "containerwalk.h"

namespace plantain {

/// `bytes` begin with the PNG signature.
Result<WalkedPicture> walkPng(QByteArrayView bytes, const PictureLimits &limits);

} // namespace plantain
