#include "imagedecoder.h"

#include "badpicture.h"
#include "blankpicture.h"
#include "pngpixels.h"

#include <QColorSpace>
#include <QCoreApplication>
#include <QIODevice>
#include <QImageReader>

#include <algorithm>
#include <cstring>
#include <mutex>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// 128 MB by default, which refuses 4096 x 4097 in 16 bits a channel (reliability.md R18). One setting a process.
void setAllocationLimit()
{
    static std::once_flag once;
    std::call_once(once, [] { QImageReader::setAllocationLimit(int(PictureLimits().decodedBytes / (1024 * 1024))); });
}

QSize fitted(QSize size, QSize into)
{
    if (into.isEmpty() || (size.width() <= into.width() && size.height() <= into.height()))
        return size;
    return size.scaled(into, Qt::KeepAspectRatio).expandedTo({ 1, 1 });
}

QImage upright(QImage image, QImageIOHandler::Transformations orientation)
{
    const bool mirror = orientation & QImageIOHandler::TransformationMirror;
    const bool flip = orientation & QImageIOHandler::TransformationFlip;
    if (mirror || flip)
        image = std::move(image).mirrored(mirror, flip);
    if (orientation & QImageIOHandler::TransformationRotate90)
        image = image.transformed(QTransform().rotate(90));
    return image;
}

/// Bytes that run out when nobody wants the picture any more: the only way to stop Qt's decoders half-way. Not a QBuffer:
/// Qt's JPEG reader takes the bytes of one behind its back, all at once.
class CancellableBytes final : public QIODevice
{
public:
    CancellableBytes(const QByteArray &bytes, const std::function<bool()> &cancelled)
        : m_bytes(bytes)
        , m_cancelled(cancelled)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    qint64 size() const override { return m_bytes.size(); }
    bool seek(qint64 position) override
    {
        if (position < 0 || position > m_bytes.size() || !QIODevice::seek(position))
            return false;
        m_at = position;
        return true;
    }

protected:
    qint64 readData(char *data, qint64 length) override
    {
        if (m_cancelled && m_cancelled())
            return -1;
        const qint64 count = std::min(length, m_bytes.size() - m_at);
        std::memcpy(data, m_bytes.constData() + m_at, size_t(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray &m_bytes;
    const std::function<bool()> &m_cancelled;
    qint64 m_at = 0;
};

Result<QImage> decode(const WalkedPicture &walked, QSize fitInto, const std::function<bool()> &cancelled = {})
{
    setAllocationLimit();
    const PictureInfo &info = walked.info;
    CancellableBytes bytes(walked.bytes, cancelled);
    QImageReader reader(&bytes, qtFormatOf(info.format));
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(false);
    const bool turned = info.orientation & QImageIOHandler::TransformationRotate90;
    const QSize target = fitted(info.size, turned ? fitInto.transposed() : fitInto);
    // Only libjpeg scales while decoding; the others would decode all of it and scale worse than QImage does.
    if (info.format == PictureFormat::Jpeg && target != info.size)
        reader.setScaledSize(target);
    QImage image = reader.read();
    if (image.isNull()) {
        if (reader.error() == QImageReader::UnsupportedFormatError) {
            return failure(brokenPicture(QCoreApplication::translate("Picture", "This program has no reader for %1.")
                                             .arg(contentTypeOf(info.format))));
        }
        return failure(brokenPicture());
    }
    if (info.format != PictureFormat::Jpeg || target == info.size) {
        if (image.size() != info.size)
            return failure(brokenPicture());
        if (target != info.size)
            image = image.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    return upright(std::move(image), info.orientation);
}

} // namespace

Result<QImage> decodePicture(const QByteArray &bytes, QSize fitInto)
{
    return walkPicture(bytes).and_then([fitInto](const WalkedPicture &walked) { return decode(walked, fitInto); });
}

Result<QImage> decodePictureFile(const QString &path, QSize fitInto)
{
    return readPictureFile(path).and_then([fitInto](const QByteArray &bytes) { return decodePicture(bytes, fitInto); });
}

Result<DecodedPicture> decodeWholeFile(const QString &path, const std::function<bool()> &cancelled)
{
    const auto bytes = readPictureFile(path);
    if (!bytes)
        return failure(bytes.error());
    return walkPicture(*bytes).and_then([&cancelled](const WalkedPicture &walked) {
        return decode(walked, {}, cancelled).map([&walked](const QImage &image) {
            return DecodedPicture { walked.info, image };
        });
    });
}

Result<PictureInfo> verifyPicture(const QString &path)
{
    const auto bytes = readPictureFile(path);
    if (!bytes)
        return failure(bytes.error());
    return walkPicture(*bytes).and_then([](const WalkedPicture &walked) {
        // A blank PNG takes less than a bit for a pixel; most others are not decoded here.
        const QSize size = walked.info.size;
        const bool mayBeBlank = qint64(walked.bytes.size()) * 8 < qint64(size.width()) * size.height() + 64 * 1024;
        if (walked.info.format == PictureFormat::Png && !mayBeBlank && pngPixelsAreWhole(walked.bytes))
            return Result<PictureInfo>(walked.info);
        return decode(walked, {}).map([&walked](const QImage &image) {
            PictureInfo info = walked.info;
            info.isBlank = isNearlyBlank(image);
            return info;
        });
    });
}

QImage forDisplay(QImage image)
{
    const QColorSpace sRgb = QColorSpace::SRgb;
    if (image.colorSpace().isValid() && image.colorSpace() != sRgb)
        image.convertToColorSpace(sRgb);
    const auto format = image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32;
    image.convertTo(format);
    return image;
}

} // namespace plantain
