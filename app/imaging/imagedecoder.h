#pragma once

#include "containerwalk.h"

#include <QImage>

#include <functional>

namespace plantain {

struct DecodedPicture
{
    PictureInfo info;
    QImage image; ///< upright
};

/// Decodes a foreign picture: container walk first, then Qt's decoder of exactly that format, then upright by its EXIF
/// orientation. Pure; any thread. `fitInto`, when not empty, makes it at most that large, aspect ratio kept, never
/// enlarged; a JPEG is then scaled while decoding. Errors as of walkPicture, or "broken" when the decoder gives up.
Result<QImage> decodePicture(const QByteArray &bytes, QSize fitInto = {});
Result<QImage> decodePictureFile(const QString &path, QSize fitInto = {});

/// Reads and decodes a whole file. `cancelled` is asked now and then while the decoder reads; once it says yes the
/// decoder is starved and ends early with an error that nobody wants.
Result<DecodedPicture> decodeWholeFile(const QString &path, const std::function<bool()> &cancelled);

/// Walk and full decode: what makes a file count as a picture. About 25 ms for a 1K PNG: not on the GUI thread.
Result<PictureInfo> verifyPicture(const QString &path);

/// In sRGB, in the pixel format that paints fastest.
QImage forDisplay(QImage image);

} // namespace plantain
