#pragma once

#include <QByteArrayView>
#include <QImageIOHandler>

namespace plantain {

/// Orientation (tag 0x0112 of the first directory) of an EXIF block that begins at its TIFF header. Nothing to do when
/// there is none or the block is damaged.
QImageIOHandler::Transformations exifOrientation(QByteArrayView tiff);

} // namespace plantain
