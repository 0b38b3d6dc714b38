#pragma once

#include <QImageIOHandler>
#include <QSize>
#include <QString>

namespace plantain {

/// The formats that are read at all (reliability.md R15), told by their first bytes, never by a name.
enum class PictureFormat { Png, Jpeg, WebP };

QString contentTypeOf(PictureFormat format); ///< "image/png"
QString extensionOf(PictureFormat format); ///< "png", "jpg", "webp"
QByteArray qtFormatOf(PictureFormat format); ///< name for QImageReader

/// What the container of a picture says.
struct PictureInfo
{
    PictureFormat format = PictureFormat::Png;
    QSize size; ///< pixels as stored
    QImageIOHandler::Transformations orientation; ///< what to do to the stored pixels to see them upright
    bool hasAlpha = false;
    int bitDepth = 8; ///< of one channel
    qint64 bytes = 0; ///< of the file
    bool isCmyk = false; ///< four inks instead of three lights
    bool hasProfile = false; ///< says which colours its numbers mean
    bool hasMetadata = false; ///< parts that no decoder needs: EXIF, place, text, maker notes
    bool isBlank = false; ///< its pixels are nearly one colour; of verifyPicture() alone

    QSize displaySize() const; ///< pixels once upright

    bool operator==(const PictureInfo &) const = default;
};

} // namespace plantain
