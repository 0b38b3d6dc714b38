#include "preparedreference.h"

#include "badpicture.h"
#include "containerwalk.h"
#include "imagedecoder.h"
#include "pngpixels.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImageWriter>

#include <cmath>

namespace plantain {

namespace {

constexpr int fineQuality = 95; ///< where only the orientation or the colours had to change
constexpr int scaledQuality = 92;
constexpr int smallestSide = 256; ///< of the longer side: no picture is made smaller than this for its bytes
constexpr double stepDown = 0.97; ///< a little more than the bytes ask for, so that few rounds are needed

bool mayBeJpeg(const PictureInfo &info)
{
    return info.format == PictureFormat::Jpeg || (info.format == PictureFormat::WebP && !info.hasAlpha);
}

Result<PreparedReference> encoded(const QImage &image, PictureFormat format, int quality)
{
    PreparedReference prepared { .bytes = {}, .format = format, .size = image.size(), .length = 0 };
    QBuffer buffer(&prepared.bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, qtFormatOf(format));
    if (format == PictureFormat::Jpeg)
        writer.setQuality(quality);
    if (!writer.write(image))
        return failure(brokenPicture());
    prepared.length = prepared.bytes.size();
    return prepared;
}

QImage treated(QImage image, const ReferenceTreatment &treatment)
{
    if (treatment.convertsCmyk)
        image.setColorSpace({}); // the decoder has made RGB of it; its profile speaks of inks
    // Qt writes the colour space of no grey picture.
    const bool staysGrey = image.isGrayscale() && !image.colorSpace().isValid();
    if (treatment.reducesDepth || (image.isGrayscale() && !staysGrey)) {
        image.convertTo(image.hasAlphaChannel() ? QImage::Format_ARGB32
                            : staysGrey         ? QImage::Format_Grayscale8
                                                : QImage::Format_RGB32);
    }
    return image;
}

Result<PreparedReference> scaledDown(const QImage &image, PictureFormat format, qint64 atMostBytes)
{
    QImage smaller = image;
    for (;;) {
        auto prepared = encoded(smaller, format, scaledQuality);
        const int longer = std::max(smaller.width(), smaller.height());
        if (!prepared || prepared->length <= atMostBytes || longer <= smallestSide)
            return prepared;
        const double ratio = std::sqrt(double(atMostBytes) / double(prepared->length)) * stepDown;
        const int side = std::max(smallestSide, int(longer * ratio));
        // From the original each time: scaling what was scaled would blur.
        smaller = image.scaled(QSize(side, side), Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
}

} // namespace

ReferenceTreatment treatmentOf(const PictureInfo &info)
{
    return { .stripsMetadata = info.hasMetadata,
             .turnsUpright = bool(info.orientation),
             .convertsCmyk = info.isCmyk,
             .reducesDepth = info.bitDepth > 8,
             .keepsProfile = info.hasProfile && !info.isCmyk };
}

Result<PreparedReference> prepareReference(const QString &path, qint64 atMostBytes, Metadata metadata)
{
    const auto file = readPictureFile(path);
    if (!file)
        return failure(file.error());
    const auto walked = walkPicture(*file);
    if (!walked)
        return failure(walked.error());
    const PictureInfo &info = walked->info;
    const ReferenceTreatment treatment = treatmentOf(info);
    const bool keeps = metadata == Metadata::Keep && treatment.mayKeepMetadata();
    const qint64 length = keeps ? file->size() : walked->bytes.size();
    const bool isTooLarge = atMostBytes > 0 && length > atMostBytes;
    if (!treatment.encodesAnew() && !isTooLarge) {
        const bool isWhole = info.format == PictureFormat::Png && pngPixelsAreWhole(walked->bytes);
        if (const auto decoded = isWhole ? Result<QImage>(QImage()) : decodePicture(*file); !decoded)
            return failure(decoded.error());
        PreparedReference prepared { .bytes = {}, .format = info.format, .size = info.size, .length = length, .hasMetadata = keeps };
        if (!treatment.stripsMetadata || keeps)
            prepared.file = *file;
        if (treatment.stripsMetadata && !keeps) {
            prepared.bytes = walked->bytes;
            prepared.bytes.detach(); // it may be a view into the file
        }
        return prepared;
    }
    auto decoded = decodePicture(*file);
    if (!decoded)
        return failure(decoded.error());
    const QImage image = treated(std::exchange(*decoded, {}), treatment);
    const PictureFormat format = mayBeJpeg(info) ? PictureFormat::Jpeg : PictureFormat::Png;
    if (treatment.encodesAnew()) {
        auto prepared = encoded(image, format, fineQuality);
        if (!prepared || atMostBytes <= 0 || prepared->length <= atMostBytes)
            return prepared;
    }
    return scaledDown(image, image.hasAlphaChannel() ? PictureFormat::Png : PictureFormat::Jpeg, atMostBytes);
}

} // namespace plantain
