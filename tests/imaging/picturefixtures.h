#pragma once

#include <QBuffer>
#include <QColor>
#include <QFile>
#include <QImage>
#include <QImageWriter>
#include <QPainter>
#include <QtEndian>

#include <array>

namespace plantain::fixtures {

/// A picture with some detail in it, so that it does not shrink to nothing.
inline QImage drawing(QSize size, bool alpha = false)
{
    QImage image(size, alpha ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x)
            line[x] = qRgba(x * 7 % 256, y * 5 % 256, (x * y / 3 + 31 * x) % 256, alpha ? (x + y) % 256 : 255);
    }
    return image;
}

inline QByteArray written(const QImage &image, const char *format, int quality = -1)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    return writer.write(image) ? bytes : QByteArray();
}

inline QByteArray bigEndian32(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

inline quint32 crc32(const QByteArray &bytes)
{
    quint32 crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= uchar(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1) ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    }
    return crc ^ 0xffffffff;
}

inline QByteArray pngChunk(const QByteArray &type, const QByteArray &data = {})
{
    return bigEndian32(quint32(data.size())) + type + data + bigEndian32(crc32(type + data));
}

inline QByteArray pngSignature()
{
    return QByteArray("\x89PNG\r\n\x1a\n", 8);
}

inline QByteArray pngHeader(quint32 width, quint32 height, char depth = 8, char colourType = 2)
{
    const QByteArray data = bigEndian32(width) + bigEndian32(height) + depth + colourType + QByteArray(3, '\0');
    return pngChunk("IHDR", data);
}

/// Deflated; without the length that Qt writes in front.
inline QByteArray deflated(const QByteArray &bytes)
{
    return qCompress(bytes, 9).mid(4);
}

/// An 8 x 8 picture with these chunks between header and pixels.
inline QByteArray pngWith(const QByteArray &chunks)
{
    const QByteArray pixels = QByteArray(8 * (1 + 8 * 3), '\x20').replace(0, 1, QByteArray(1, '\0'));
    QByteArray rows;
    for (int row = 0; row < 8; ++row)
        rows += '\0' + pixels.mid(1, 8 * 3);
    return pngSignature() + pngHeader(8, 8) + chunks + pngChunk("IDAT", deflated(rows)) + pngChunk("IEND");
}

/// Most memory this process ever had resident, in bytes; 0 where that is not known.
inline qint64 peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = status.readAll();
    const qsizetype at = all.indexOf("VmHWM:");
    return at < 0 ? 0 : all.mid(at + 6, all.indexOf("kB", at) - at - 6).trimmed().toLongLong() * 1024;
}

} // namespace plantain::fixtures
