#pragma once

#include "imagedecoder.h"

#include <functional>
#include <optional>

namespace plantain {

/// The picture at `path`, at most `size` on a side: from the cache folder when it is there and whole, else made from the
/// file and stored there in every size. Nothing when `cancelled` says so between two steps. Pure but for the files;
/// any thread, also two at once for the same key.
std::optional<Result<QImage>> thumbnailFromFolder(const QString &folder, const QString &key, const QString &path,
                                                  int size, const std::function<bool()> &cancelled);

/// Where the thumbnail of a key lies; empty when the key is not a SHA-256 in lower-case hex: then it is not stored.
QString thumbnailFile(const QString &folder, const QString &key, int size);

} // namespace plantain
