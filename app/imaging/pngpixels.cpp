#include "pngpixels.h"

#include <QByteArray>
#include <QtEndian>

#include <libdeflate.h>
#include <memory>

namespace plantain {

namespace {

constexpr qsizetype signatureSize = 8, headerSize = 13;

/// Bytes of a line without its filter byte; 0: not a kind that is looked into.
qint64 bytesOfLine(QByteArrayView header)
{
    const qint64 width = qFromBigEndian<quint32>(header.data());
    const int depth = uchar(header[8]);
    const bool isInterlaced = header[12] != 0;
    const int colourType = uchar(header[9]);
    const int channels = colourType == 0 ? 1 : colourType == 2 ? 3 : colourType == 4 ? 2 : colourType == 6 ? 4 : 0;
    return isInterlaced || (depth != 8 && depth != 16) ? 0 : width * channels * (depth / 8);
}

} // namespace

bool pngPixelsAreWhole(QByteArrayView png)
{
    QByteArrayView header;
    QByteArray packed;
    packed.reserve(png.size());
    for (qsizetype at = signatureSize; at + 12 <= png.size();) {
        const qsizetype length = qsizetype(qFromBigEndian<quint32>(png.data() + at));
        if (length > png.size() - at - 12)
            return false;
        const QByteArrayView typed = png.sliced(at + 4, 4 + length);
        if (libdeflate_crc32(0, typed.data(), size_t(typed.size())) != qFromBigEndian<quint32>(png.data() + at + 8 + length))
            return false;
        if (typed.startsWith("IHDR"))
            header = typed.sliced(4);
        else if (typed.startsWith("IDAT"))
            packed.append(typed.sliced(4));
        at += 12 + length;
    }
    const qint64 line = header.size() == headerSize ? bytesOfLine(header) : 0;
    if (line == 0)
        return false;

    const qint64 height = qFromBigEndian<quint32>(header.data() + 4);
    QByteArray pixels(height * (line + 1), Qt::Uninitialized);
    const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor *)> unpacker(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    if (!unpacker
        || libdeflate_zlib_decompress(unpacker.get(), packed.constData(), size_t(packed.size()), pixels.data(),
                                      size_t(pixels.size()), nullptr)
            != LIBDEFLATE_SUCCESS)
        return false;
    for (qint64 row = 0; row < height; ++row) {
        if (uchar(pixels[row * (line + 1)]) > 4)
            return false;
    }
    return true;
}

} // namespace plantain
