#include "imagedecoder.h"

#include "badpicture.h"
#include "pngpixels.h"

#include <QBuffer>
#include <QColorSpace>
#include <QCoreApplication>
#include <QImageReader>

#include <mutex>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// 128 MB by default, which refuses 4096 x 4097 in 16 bits a channel (reliability.md R18). One setting a process.
void setAllocationLimit()
{
    static std::once_flag once;
    std::call_once(once, [] { QImageReader::setAllocationLimit(512); });
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

/// Bytes that run out when nobody wants the picture any more: the only way to stop Qt's decoders half-way.
class CancellableBuffer final : public QBuffer
{
public:
    explicit CancellableBuffer(const std::function<bool()> &cancelled)
        : m_cancelled(cancelled)
    {
    }

protected:
    qint64 readData(char *data, qint64 length) override
    {
        return m_cancelled && m_cancelled() ? -1 : QBuffer::readData(data, length);
    }

private:
    const std::function<bool()> &m_cancelled;
};

Result<QImage> decode(const WalkedPicture &walked, QSize fitInto, const std::function<bool()> &cancelled = {})
{
    setAllocationLimit();
    const PictureInfo &info = walked.info;
    CancellableBuffer buffer(cancelled);
    buffer.setData(walked.bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, qtFormatOf(info.format));
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
        if (walked.info.format == PictureFormat::Png && pngPixelsAreWhole(walked.bytes))
            return Result<PictureInfo>(walked.info);
        return decode(walked, {}).map([&walked](const QImage &) { return walked.info; });
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
