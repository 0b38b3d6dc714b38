#include "deliverycheck.h"

#include "imagesizes.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr double nearRatio = 0.04; ///< as ImageSizes::isNear() has it of a side

const ImageSizes &imageSizes()
{
    static const ImageSizes sizes = ImageSizes::load(u":/imagesizes.json"_s).value_or(ImageSizes());
    return sizes;
}

double ratioIn(QSize size)
{
    return double(size.width()) / size.height();
}

/// "image/jpeg" -> "jpeg", the word that is asked with.
QString formatOf(const QString &contentType)
{
    return contentType.section(u'/', 1).section(u';', 0, 0).toLower();
}

} // namespace

void noteDeviations(RunRecord &record)
{
    const Json input = record.inputAsSent();
    const QSize asked = imageSizes().find(stringAt(input, "aspect_ratio"), stringAt(input, "resolution", u"1K"_s));
    const QString format = stringAt(input, "output_format").toLower();
    const bool otherCount = int(record.images.size()) != record.imagesAsked();
    for (ImageRecord &image : record.images) {
        if (image.file.isEmpty())
            continue;
        if (!asked.isEmpty() && !image.size.isEmpty()) {
            const bool otherRatio = std::abs(ratioIn(image.size) / ratioIn(asked) - 1) > nearRatio;
            image.deviations.setFlag(Deviation::Ratio, otherRatio);
            image.deviations.setFlag(Deviation::Size, !otherRatio && !ImageSizes::isNear(image.size, asked));
        }
        image.deviations.setFlag(Deviation::Format, !format.isEmpty() && !image.contentType.isEmpty()
                                                        && formatOf(image.contentType) != (format == "jpg"_L1 ? u"jpeg"_s : format));
        image.deviations.setFlag(Deviation::Count, otherCount);
    }
}

QStringList hashesOf(const RunRecord &record)
{
    QStringList hashes;
    for (const ImageRecord &image : record.images) {
        if (!image.file.isEmpty() && !hashes.contains(image.sha256))
            hashes << image.sha256;
    }
    return hashes;
}

void noteDuplicates(RunRecord &record, const QHash<QString, PictureId> &earlier)
{
    QHash<QString, PictureId> first = earlier;
    for (ImageRecord &image : record.images) {
        if (image.file.isEmpty())
            continue;
        image.sameAs = first.value(image.sha256);
        image.deviations.setFlag(Deviation::Duplicate, !image.sameAs.run.isEmpty());
        if (image.sameAs.run.isEmpty())
            first.insert(image.sha256, { record.id, image.index });
    }
}

} // namespace plantain
