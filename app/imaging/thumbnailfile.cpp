#include "thumbnailfile.h"

#include "thumbnailstore.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QImageWriter>
#include <QTemporaryFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int jpegQuality = 90;

QImage shrunk(const QImage &image, int size)
{
    if (image.width() <= size && image.height() <= size)
        return image;
    const QSize target = image.size().scaled(size, size, Qt::KeepAspectRatio).expandedTo({ 1, 1 });
    return image.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

/// Temporary name, then rename: a reader never sees half a file. No sync, it is only a cache.
void store(const QString &file, const QImage &image)
{
    if (file.isEmpty() || !QDir().mkpath(QFileInfo(file).path()))
        return;
    QTemporaryFile temporary(file + u".XXXXXX"_s);
    if (!temporary.open())
        return;
    QImageWriter writer(&temporary, image.hasAlphaChannel() ? "png"_ba : "jpeg"_ba);
    if (!image.hasAlphaChannel())
        writer.setQuality(jpegQuality);
    if (!writer.write(image) || !temporary.flush())
        return;
    // QFile::rename refuses to replace; the platform's rename does it in one step.
    if (std::rename(QFile::encodeName(temporary.fileName()).constData(), QFile::encodeName(file).constData()) == 0)
        temporary.setAutoRemove(false);
}

} // namespace

QString thumbnailFile(const QString &folder, const QString &key, int size)
{
    const bool isHash = key.size() == 64
        && std::all_of(key.begin(), key.end(), [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
    if (!isHash || folder.isEmpty())
        return {};
    return u"%1/%2/%3/%4"_s.arg(folder, QString::number(size), key.left(2), key);
}

std::optional<Result<QImage>> thumbnailFromFolder(const QString &folder, const QString &key, const QString &path,
                                                  int size, const std::function<bool()> &cancelled)
{
    const QString stored = thumbnailFile(folder, key, size);
    if (!stored.isEmpty() && QFileInfo::exists(stored)) {
        if (auto image = decodePictureFile(stored); image && image->width() <= size && image->height() <= size)
            return forDisplay(std::move(*image));
    }
    if (cancelled())
        return std::nullopt;
    constexpr int largest = int(ThumbnailSize::Large);
    auto decoded = decodePictureFile(path, { largest, largest });
    if (!decoded)
        return decoded;
    if (cancelled())
        return std::nullopt;
    // Decoding costs most of it, so both sizes are made of one decode.
    const QImage large = shrunk(forDisplay(std::move(*decoded)), largest);
    const QImage small = shrunk(large, int(ThumbnailSize::Small));
    store(thumbnailFile(folder, key, largest), large);
    store(thumbnailFile(folder, key, int(ThumbnailSize::Small)), small);
    return size == largest ? large : small;
}

} // namespace plantain
