#include "pictureinfo.h"

using namespace Qt::StringLiterals;

namespace plantain {

QString contentTypeOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png:
        return u"image/png"_s;
    case PictureFormat::Jpeg:
        return u"image/jpeg"_s;
    case PictureFormat::WebP:
        return u"image/webp"_s;
    }
    return {};
}

QString extensionOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png:
        return u"png"_s;
    case PictureFormat::Jpeg:
        return u"jpg"_s;
    case PictureFormat::WebP:
        return u"webp"_s;
    }
    return {};
}

QByteArray qtFormatOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png:
        return "png"_ba;
    case PictureFormat::Jpeg:
        return "jpeg"_ba;
    case PictureFormat::WebP:
        return "webp"_ba;
    }
    return {};
}

QSize PictureInfo::displaySize() const
{
    return orientation & QImageIOHandler::TransformationRotate90 ? size.transposed() : size;
}

} // namespace plantain
