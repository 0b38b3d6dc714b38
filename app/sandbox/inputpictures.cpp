#include "inputpictures.h"

#include "standins.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QUrl>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qint64 maxPictureBytes = 50 * 1024 * 1024; // of fal's runner toolkit (fal-protocol.md 7.4)
constexpr qint64 maxPixels = 100'000'000;
constexpr int thumbnailSide = 1024;

QImage decoded(const QByteArray &bytes, QSize *fullSize)
{
    const QByteArray type = sniffedType(bytes);
    QByteArray clean = type == "image/png" ? strippedPng(bytes) : bytes;
    if (clean.isEmpty() || (type != "image/png" && type != "image/jpeg" && type != "image/webp"))
        return {};
    QBuffer buffer(&clean);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, type.sliced(6));
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isEmpty() || qint64(size.width()) * size.height() > maxPixels)
        return {};
    if (std::max(size.width(), size.height()) > thumbnailSide)
        reader.setScaledSize(size.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio).expandedTo({ 1, 1 }));
    const QImage image = reader.read();
    const bool turned = !image.isNull() && (image.width() < image.height()) != (size.width() < size.height());
    *fullSize = turned ? size.transposed() : size;
    return image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

} // namespace

QByteArray strippedPng(const QByteArray &bytes)
{
    QByteArray clean = bytes.first(std::min(bytes.size(), qsizetype(8)));
    for (qsizetype at = 8; at + 12 <= bytes.size();) {
        const quint32 length = qFromBigEndian<quint32>(bytes.constData() + at);
        if (qint64(length) > bytes.size() - at - 12)
            return {};
        const QByteArrayView type = QByteArrayView(bytes).sliced(at + 4, 4);
        if (type == "IHDR" || type == "PLTE" || type == "tRNS" || type == "IDAT" || type == "IEND")
            clean.append(QByteArrayView(bytes).sliced(at, qsizetype(length) + 12));
        at += qsizetype(length) + 12;
        if (type == "IEND")
            return clean;
    }
    return {};
}

std::optional<QByteArray> dataUriPayload(const QString &url)
{
    const qsizetype comma = url.indexOf(u',');
    if (!url.startsWith(u"data:"_s) || comma < 0 || !url.first(comma).endsWith(u";base64"_s))
        return std::nullopt;
    const auto payload = QByteArray::fromBase64Encoding(url.sliced(comma + 1).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return payload ? std::optional(*payload) : std::nullopt;
}

InputPictures::InputPictures(const FileStore &files)
    : m_files(files)
{
}

std::optional<QByteArray> InputPictures::bytesOf(const QString &url) const
{
    if (url.startsWith(u"data:"_s))
        return dataUriPayload(url);
    const QUrl parsed(url, QUrl::StrictMode);
    const QString host = parsed.host();
    if (parsed.scheme() != u"http"_s || (host != u"127.0.0.1"_s && host != u"localhost"_s && host != u"::1"_s))
        return std::nullopt;
    const std::optional<StoredFile> file = m_files.findByUrlPath(parsed.path().toLatin1());
    if (!file || file->fault != FileFault::None)
        return std::nullopt;
    QFile source(file->path);
    return source.open(QIODevice::ReadOnly) ? std::optional(source.read(maxPictureBytes + 1)) : std::nullopt;
}

bool InputPictures::isReachable(const QString &url) const
{
    const QString host = QUrl(url).host();
    const bool isYouTube = host == u"www.youtube.com"_s || host == u"youtube.com"_s || host == u"youtu.be"_s;
    return isYouTube || bytesOf(url).has_value();
}

tl::expected<std::vector<QImage>, SandboxOutcome> InputPictures::read(const QString &field, const Json &urls,
                                                                      QSize *firstSize) const
{
    std::vector<QImage> pictures;
    for (size_t index = 0; index < urls.size(); ++index) {
        const QString url = toQString(urls[index]);
        const QStringList place { field, QString::number(index) };
        QImage picture = standInFor(url);
        QSize size = picture.size();
        if (picture.isNull()) {
            const std::optional<QByteArray> bytes = bytesOf(url);
            if (!bytes) {
                return tl::unexpected(modelErrorAt(u"file_download_error"_s, place,
                                                   u"Failed to download the file. Please check if the URL is accessible and try again."_s));
            }
            if (bytes->size() > maxPictureBytes)
                return tl::unexpected(modelErrorAt(u"file_too_large"_s, place, u"File is too large"_s));
            picture = decoded(*bytes, &size);
        }
        if (picture.isNull()) {
            return tl::unexpected(modelErrorAt(u"image_load_error"_s, place,
                                               u"Failed to load the image. Please ensure the image file is not corrupted and is in a supported format."_s));
        }
        if (index == 0)
            *firstSize = size;
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

} // namespace plantain
