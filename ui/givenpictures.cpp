#include "givenpictures.h"

#include "urlsfrommime.h"

#include <QBuffer>
#include <QImage>
#include <QMimeData>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto ownPicture = "application/x-qt-image"; ///< what Qt calls a picture it would decode by itself

const QStringList &pictureFormats()
{
    static const QStringList formats { u"image/png"_s, u"image/jpeg"_s, u"image/webp"_s };
    return formats;
}

QByteArray pictureIn(const QMimeData &data)
{
    for (const QString &format : pictureFormats()) {
        if (const QByteArray bytes = data.data(format); !bytes.isEmpty())
            return bytes;
    }
    const QStringList formats = data.formats();
    const bool isForeign = std::ranges::any_of(formats, [](const QString &format) { return format.startsWith("image/"_L1); });
    // Qt would decode what another program offers with whatever reader fits: only what was never encoded is taken so.
    if (isForeign || !formats.contains(QLatin1StringView(ownPicture)))
        return {};
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    qvariant_cast<QImage>(data.imageData()).save(&buffer, "PNG");
    return png;
}

bool hasFile(const QList<QUrl> &urls)
{
    return std::ranges::any_of(urls, &QUrl::isLocalFile);
}

} // namespace

bool mayGivePictures(const QMimeData &data)
{
    const QStringList formats = data.formats();
    const bool hasPicture = formats.contains(QLatin1StringView(ownPicture))
        || std::ranges::any_of(pictureFormats(), [&](const QString &format) { return formats.contains(format); });
    return hasPicture || !urlsFromMime(data).isEmpty();
}

GivenPictures givenPictures(const QMimeData &data)
{
    GivenPictures given { .urls = urlsFromMime(data), .picture = {} };
    if (hasFile(given.urls))
        return given;
    given.picture = pictureIn(data);
    if (!given.picture.isEmpty())
        given.urls.clear();
    return given;
}

} // namespace plantain
