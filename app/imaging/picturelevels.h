#pragma once

#include "pictureinfo.h"
#include "result.h"

#include <QImage>

#include <functional>
#include <optional>
#include <vector>

namespace plantain {

/// A picture ready to be painted at any scale: itself and its halves, quarters and so on. Immutable once made, so that
/// views and threads share one.
struct PictureLevels
{
    PictureInfo info;
    /// Level n is 1/2^n of the picture; level 0 has its pixels, in sRGB and the format that paints fastest. Where a side
    /// is odd the next level rounds up: a pixel of level n is always 2^n pixels wide, the last ones perhaps in part.
    std::vector<QImage> levels;
    bool keepsPeaks = false; ///< a level holds the brightest of the one before it; painted by enlargedLevelFor()

    QSize size() const { return levels.front().size(); }
    bool hasAlpha() const { return levels.front().hasAlphaChannel(); }
    qint64 bytes() const; ///< of all pixels

    /// The smallest level that need not be enlarged at this scale (device pixels an image pixel).
    int levelFor(double scale) const;
    /// The largest level that need not be made smaller: none of its pixels is skipped.
    int enlargedLevelFor(double scale) const;
};

/// `picture` is of one of the formats of forDisplay().
std::vector<QImage> halvings(QImage picture);

/// Decodes the file and makes its levels; nothing when `cancelled` says so meanwhile. Pure but for the file; not for the
/// GUI thread (half a second for 4096 x 4096). Errors as of decodePictureFile.
std::optional<Result<PictureLevels>> loadPictureLevels(const QString &path, const std::function<bool()> &cancelled);

} // namespace plantain
