#include "badpicture.h"

#include "containerwalk.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Picture", text);
}

Error badPicture(const QString &type, const QString &message)
{
    return { .kind = ErrorKind::BadPicture, .type = type, .message = message };
}

/// What else people drop; by its first bytes, and by the brand of what MPEG's container holds.
QString nameOfOther(QByteArrayView bytes)
{
    struct Start
    {
        qsizetype at;
        QByteArrayView bytes;
        const char *name;
    };
    static constexpr Start starts[] = {
        { 0, "GIF8", "GIF" },        { 0, "BM", "BMP" },           { 0, { "II*\0", 4 }, "TIFF" }, { 0, { "MM\0*", 4 }, "TIFF" },
        { 4, "ftyphei", "HEIC" },    { 4, "ftypmif1", "HEIC" },    { 4, "ftypavif", "AVIF" },    { 4, "ftypavis", "AVIF" },
        { 4, "ftyp", "video" },      { 0, { "\xff\x0a", 2 }, "JPEG XL" },
        { 4, "JXL ", "JPEG XL" },    { 0, "8BPS", "Photoshop" },   { 0, "%PDF", "PDF" },         { 0, "<svg", "SVG" },
    };
    for (const Start &start : starts) {
        if (bytes.size() >= start.at && bytes.sliced(start.at).startsWith(start.bytes))
            return QString::fromLatin1(start.name);
    }
    return {};
}

} // namespace

Error notAPicture(QByteArrayView bytes)
{
    const QString name = nameOfOther(bytes);
    if (name.isEmpty())
        return badPicture(u"not_a_picture"_s, tr("This is not a PNG, JPEG or WebP picture."));
    return badPicture(u"not_a_picture"_s, tr("This is a %1 file; only PNG, JPEG and WebP pictures are taken.").arg(name));
}

Error truncatedPicture()
{
    return badPicture(u"truncated"_s, tr("The picture is cut off: its end is missing."));
}

Error tooLargePicture(const QString &what)
{
    return badPicture(u"too_large"_s, what);
}

Error brokenPicture(const QString &what)
{
    return badPicture(u"broken"_s, what.isEmpty() ? tr("The picture is damaged.") : what);
}

Error animatedPicture()
{
    return badPicture(u"animated"_s, tr("The picture is an animation; only single pictures are shown."));
}

std::optional<Error> checkPixelSize(qint64 width, qint64 height, const PictureLimits &limits, int bytesPerPixel)
{
    if (width <= 0 || height <= 0)
        return brokenPicture();
    if (width > limits.side || height > limits.side || width * height > limits.pixels) {
        return tooLargePicture(tr("The picture has %1 x %2 pixels; at most %3 on a side and %4 million in all are shown.")
                                   .arg(width)
                                   .arg(height)
                                   .arg(limits.side)
                                   .arg(limits.pixels / 1'000'000));
    }
    if (width * height * bytesPerPixel > limits.decodedBytes) {
        return tooLargePicture(tr("The picture takes %1 MB of memory; at most %2 MB are spent on one.")
                                   .arg(width * height * bytesPerPixel / (1024 * 1024))
                                   .arg(limits.decodedBytes / (1024 * 1024)));
    }
    return std::nullopt;
}

} // namespace plantain
