#include "webpwalk.h"

#include "badpicture.h"
#include "exiforientation.h"
#include "keptbytes.h"

#include <QCoreApplication>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype riffHeaderSize = 12, chunkHeaderSize = 8, featureSize = 10;
constexpr uchar animationFlag = 0x02, metadataFlags = 0x04 | 0x08, profileFlag = 0x20, alphaFlag = 0x10;

quint32 threeBytes(QByteArrayView data, qsizetype at)
{
    return uchar(data[at]) | quint32(uchar(data[at + 1])) << 8 | quint32(uchar(data[at + 2])) << 16;
}

struct Frame
{
    QSize size;
    bool hasAlpha = false;
};

/// RFC 6386 9.1: a key frame has a start code and two sizes of 14 bits.
std::optional<Frame> lossyFrame(QByteArrayView data)
{
    if (data.size() < 10 || (uchar(data[0]) & 1) != 0 || data.sliced(3, 3) != QByteArrayView("\x9d\x01\x2a", 3))
        return std::nullopt;
    if (qint64(threeBytes(data, 0) >> 5) > data.size() - 10)
        return std::nullopt; // the first partition would end behind the chunk
    return Frame { { qFromLittleEndian<quint16>(data.data() + 6) & 0x3fff,
                     qFromLittleEndian<quint16>(data.data() + 8) & 0x3fff },
                   false };
}

std::optional<Frame> losslessFrame(QByteArrayView data)
{
    if (data.size() < 5 || uchar(data[0]) != 0x2f)
        return std::nullopt;
    const quint32 bits = qFromLittleEndian<quint32>(data.data() + 1);
    if (bits >> 29 != 0)
        return std::nullopt; // version
    return Frame { { int(bits & 0x3fff) + 1, int(bits >> 14 & 0x3fff) + 1 }, (bits >> 28 & 1) != 0 };
}

/// Header fields that speak of what was left out.
QByteArray repaired(QByteArray bytes, qsizetype originalSize, bool keptProfile)
{
    if (bytes.size() == originalSize)
        return bytes;
    bytes.detach();
    qToLittleEndian(quint32(bytes.size() - chunkHeaderSize), bytes.data() + 4);
    if (QByteArrayView(bytes).sliced(riffHeaderSize).startsWith("VP8X")) {
        char &flags = bytes.data()[riffHeaderSize + chunkHeaderSize];
        flags = char(flags & ~metadataFlags & ~(keptProfile ? 0 : profileFlag));
    }
    return bytes;
}

} // namespace

Result<WalkedPicture> walkWebP(QByteArrayView bytes, const PictureLimits &limits)
{
    const qint64 end = qint64(qFromLittleEndian<quint32>(bytes.data() + 4)) + chunkHeaderSize;
    if (end > bytes.size())
        return failure(truncatedPicture());
    WalkedPicture walked;
    walked.info = { .format = PictureFormat::WebP, .bytes = bytes.size() };
    KeptBytes kept;
    kept.keep(0, riffHeaderSize);
    std::optional<QSize> canvas;
    std::optional<Frame> frame;
    bool keptProfile = false;
    qsizetype at = riffHeaderSize;

    for (int chunks = 0; at < end; ++chunks) {
        if (chunks >= limits.chunks)
            return failure(tooLargePicture(QCoreApplication::translate("Picture", "The picture is in too many pieces.")));
        if (end - at < chunkHeaderSize)
            return failure(brokenPicture());
        const QByteArrayView type = bytes.sliced(at, 4);
        const qint64 length = qFromLittleEndian<quint32>(bytes.data() + at + 4);
        if (length > end - at - chunkHeaderSize)
            return failure(truncatedPicture());
        const QByteArrayView data = bytes.sliced(at + chunkHeaderSize, qsizetype(length));
        const qsizetype next = qMin(end, at + chunkHeaderSize + length + (length & 1));

        if (type == QByteArrayView("VP8X")) {
            if (at != riffHeaderSize || length < featureSize)
                return failure(brokenPicture());
            if (uchar(data[0]) & animationFlag)
                return failure(animatedPicture());
            canvas = QSize(int(threeBytes(data, 4)) + 1, int(threeBytes(data, 7)) + 1);
            walked.info.hasAlpha = uchar(data[0]) & alphaFlag;
            kept.keep(at, next);
        } else if (type == QByteArrayView("VP8 ") || type == QByteArrayView("VP8L")) {
            if (frame)
                return failure(brokenPicture());
            frame = type == QByteArrayView("VP8 ") ? lossyFrame(data) : losslessFrame(data);
            if (!frame)
                return failure(brokenPicture());
            kept.keep(at, next);
        } else if (type == QByteArrayView("ALPH")) {
            kept.keep(at, next);
        } else if (type == QByteArrayView("ANIM") || type == QByteArrayView("ANMF")) {
            return failure(animatedPicture());
        } else if (type == QByteArrayView("ICCP") && canvas && !keptProfile && length <= limits.iccBytes) {
            keptProfile = true;
            kept.keep(at, next);
        } else if (type == QByteArrayView("EXIF")) {
            const qsizetype skip = data.startsWith(QByteArrayView("Exif\0\0", 6)) ? 6 : 0;
            walked.info.orientation = exifOrientation(data.sliced(skip));
        }
        at = next;
    }

    if (!frame)
        return failure(truncatedPicture());
    if (canvas && *canvas != frame->size)
        return failure(brokenPicture());
    if (auto error = checkPixelSize(frame->size.width(), frame->size.height(), limits))
        return failure(*error);
    walked.info.size = frame->size;
    walked.info.hasAlpha = walked.info.hasAlpha || frame->hasAlpha;
    walked.info.hasProfile = keptProfile;
    walked.bytes = repaired(kept.of(bytes), end, keptProfile);
    return walked;
}

} // namespace plantain
