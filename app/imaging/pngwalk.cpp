#include "pngwalk.h"

#include "badpicture.h"
#include "exiforientation.h"
#include "keptbytes.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype signatureSize = 8, chunkOverhead = 12, headerSize = 13;
constexpr qint64 bestDeflateRatio = 1032; ///< zlib's own documentation; nothing inflates further

struct Header
{
    qint64 width = 0, height = 0;
    int depth = 0, colourType = 0;

    int channels() const
    {
        switch (colourType) {
        case 2:
            return 3;
        case 4:
            return 2;
        case 6:
            return 4;
        default:
            return 1;
        }
    }

    bool isLegal() const
    {
        switch (colourType) {
        case 0:
            return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
        case 3:
            return depth == 1 || depth == 2 || depth == 4 || depth == 8;
        case 2:
        case 4:
        case 6:
            return depth == 8 || depth == 16;
        default:
            return false;
        }
    }

    qint64 leastRawBytes() const { return (width * height * depth * channels()) / 8; }
};

Result<Header> readHeader(QByteArrayView data, const PictureLimits &limits)
{
    if (data.size() != headerSize)
        return failure(brokenPicture());
    Header header;
    header.width = qFromBigEndian<quint32>(data.data());
    header.height = qFromBigEndian<quint32>(data.data() + 4);
    header.depth = uchar(data[8]);
    header.colourType = uchar(data[9]);
    if (!header.isLegal())
        return failure(brokenPicture());
    if (auto error = checkPixelSize(header.width, header.height, limits, header.depth == 16 ? 8 : 4))
        return failure(*error);
    return header;
}

/// Chunks beside the critical ones that change what the pixels look like, with their largest legal length; and the size of
/// a pixel, which nearly every PNG says, so that it can stay as it is.
qint64 lengthAllowed(QByteArrayView type, const PictureLimits &limits)
{
    struct Allowed
    {
        QByteArrayView type;
        qint64 length;
    };
    const Allowed allowed[] = { { "tRNS", 256 }, { "gAMA", 4 },  { "cHRM", 32 },
                                { "sRGB", 1 },   { "sBIT", 4 }, { "pHYs", 9 }, { "iCCP", limits.iccBytes } };
    for (const Allowed &entry : allowed) {
        if (entry.type == type)
            return entry.length;
    }
    return -1;
}

bool isChunkType(QByteArrayView type)
{
    return std::all_of(type.begin(), type.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

bool isCritical(QByteArrayView type)
{
    return (type[0] & 0x20) == 0;
}

} // namespace

Result<WalkedPicture> walkPng(QByteArrayView bytes, const PictureLimits &limits)
{
    WalkedPicture walked;
    walked.info = { .format = PictureFormat::Png, .bytes = bytes.size() };
    KeptBytes kept;
    kept.keep(0, signatureSize);
    std::optional<Header> header;
    qint64 pixelBytes = 0;
    qsizetype at = signatureSize;

    for (int chunks = 0;; ++chunks) {
        if (chunks >= limits.chunks)
            return failure(tooLargePicture(QCoreApplication::translate("Picture", "The picture is in too many pieces.")));
        if (bytes.size() - at < chunkOverhead)
            return failure(truncatedPicture());
        const quint32 length = qFromBigEndian<quint32>(bytes.data() + at);
        const QByteArrayView type = bytes.sliced(at + 4, 4);
        if (!isChunkType(type))
            return failure(brokenPicture());
        if (length > quint64(bytes.size() - at - chunkOverhead))
            return failure(truncatedPicture());
        const QByteArrayView data = bytes.sliced(at + 8, qsizetype(length));
        const qsizetype next = at + chunkOverhead + qsizetype(length);

        if (!header) {
            if (type != QByteArrayView("IHDR"))
                return failure(brokenPicture());
            auto read = readHeader(data, limits);
            if (!read)
                return failure(read.error());
            header = *read;
            kept.keep(at, next);
        } else if (type == QByteArrayView("IEND")) {
            kept.keep(at, next);
            break;
        } else if (type == QByteArrayView("IDAT")) {
            pixelBytes += length;
            kept.keep(at, next);
        } else if (type == QByteArrayView("PLTE")) {
            if (length > 768)
                return failure(brokenPicture());
            kept.keep(at, next);
        } else if (isCritical(type)) {
            return failure(brokenPicture());
        } else if (type == QByteArrayView("acTL")) {
            return failure(animatedPicture());
        } else if (type == QByteArrayView("eXIf")) {
            walked.info.orientation = exifOrientation(data);
        } else if (type == QByteArrayView("tRNS") && header->colourType == 2 && header->depth == 16) {
            // Left out: Qt 6.4.2 reads these rows as if they had an alpha channel and leaves a quarter of each line
            // uninitialised, so that memory of this process would show in the picture.
        } else if (qint64(length) <= lengthAllowed(type, limits)) {
            const bool isProfile = type == QByteArrayView("iCCP");
            if (!isProfile || !walked.info.hasProfile)
                kept.keep(at, next);
            walked.info.hasProfile = walked.info.hasProfile || isProfile;
            walked.info.hasAlpha = walked.info.hasAlpha || type == QByteArrayView("tRNS");
        }
        at = next;
    }

    // A few bytes of pixels for a large picture: found here, before a decoder has allocated all of it.
    if (header->leastRawBytes() > pixelBytes * bestDeflateRatio)
        return failure(truncatedPicture());
    walked.info.size = QSize(int(header->width), int(header->height));
    walked.info.bitDepth = header->depth;
    walked.info.hasAlpha = walked.info.hasAlpha || header->colourType == 4 || header->colourType == 6;
    walked.bytes = kept.of(bytes);
    return walked;
}

} // namespace plantain
