#pragma once

#include "pictureinfo.h"
#include "result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace plantain {

/// What a foreign picture may cost (reliability.md R16). The largest real output is 12288 wide, 18.9 megapixels.
struct PictureLimits
{
    qint64 bytes = 256 * 1024 * 1024;
    int side = 16384;
    qint64 pixels = 100'000'000;
    qint64 decodedBytes = 512 * 1024 * 1024; ///< one frame as it comes out of a decoder; also Qt's own limit here (R18)
    qint64 iccBytes = 4 * 1024 * 1024; ///< a larger profile is left out, the picture is taken for sRGB
    int chunks = 100'000; ///< a 1K PNG in 8 KiB pieces has about 200
    int jpegScans = 100; ///< a progressive JPEG has about 10; each scan visits all pixels again
    qint64 jpegScanPixels = 1'000'000'000; ///< 4 s of a core at the most, the slowest of coefficients in all of them
    qint64 jpegCoefficients = 200'000'000; ///< two bytes each are kept of a JPEG in layers until its end
};

/// A picture that passed the walk: what it is, and the bytes a decoder may see. Text, EXIF, unknown ancillary chunks and
/// whatever stands behind the end are left out of them: no decoder ever inflates a text, so their number needs no limit.
struct WalkedPicture
{
    PictureInfo info;
    QByteArray bytes; ///< shares the input when nothing had to be left out; valid as long as the input is
};

/// Walks the container of a whole PNG, JPEG or WebP file without decoding a pixel or allocating by what it declares.
/// Errors are BadPicture with `type` "not_a_picture", "truncated", "too_large", "broken" or "animated".
Result<WalkedPicture> walkPicture(QByteArrayView bytes, const PictureLimits &limits = {});

/// Same without the bytes.
Result<PictureInfo> inspectPicture(QByteArrayView bytes, const PictureLimits &limits = {});

/// Reads a regular file of at most limits.bytes. Not mapped: a mapped file that shrinks under us ends the process.
/// Errors: Disk ("missing", "io"), BadPicture ("not_a_picture" for a folder, pipe or device; "too_large").
Result<QByteArray> readPictureFile(const QString &path, const PictureLimits &limits = {});

Result<PictureInfo> inspectPictureFile(const QString &path, const PictureLimits &limits = {});

} // namespace plantain
