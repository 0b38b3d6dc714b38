#include "containerwalk.h"

#include "badpicture.h"
#include "jpegwalk.h"
#include "pngwalk.h"
#include "webpwalk.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Picture", text);
}

Result<WalkedPicture> walk(QByteArrayView bytes, const PictureLimits &limits)
{
    if (bytes.size() > limits.bytes)
        return failure(tooLargePicture(tr("The file is larger than %1 MB.").arg(limits.bytes / (1024 * 1024))));
    if (bytes.startsWith(QByteArrayView("\x89PNG\r\n\x1a\n", 8)))
        return walkPng(bytes, limits);
    if (bytes.startsWith(QByteArrayView("\xff\xd8\xff", 3)))
        return walkJpeg(bytes, limits);
    if (bytes.size() >= 12 && bytes.startsWith("RIFF") && bytes.sliced(8, 4) == QByteArrayView("WEBP"))
        return walkWebP(bytes, limits);
    return failure(notAPicture(bytes));
}

} // namespace

Result<WalkedPicture> walkPicture(QByteArrayView bytes, const PictureLimits &limits)
{
    auto walked = walk(bytes, limits);
    if (walked)
        walked->info.hasMetadata = walked->bytes.size() != bytes.size();
    return walked;
}

Result<PictureInfo> inspectPicture(QByteArrayView bytes, const PictureLimits &limits)
{
    return walkPicture(bytes, limits).map([](const WalkedPicture &walked) { return walked.info; });
}

Result<QByteArray> readPictureFile(const QString &path, const PictureLimits &limits)
{
    // Asked before opening: opening a pipe without a writer would block.
    const QFileInfo found(path);
    if (!found.exists())
        return failure({ .kind = ErrorKind::Disk, .type = u"missing"_s, .message = tr("The file is not there.") });
    if (!found.isFile())
        return failure(notAPicture());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = file.errorString() });
    if (file.size() > limits.bytes)
        return failure(tooLargePicture(tr("The file is larger than %1 MB.").arg(limits.bytes / (1024 * 1024))));
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = file.errorString() });
    return bytes;
}

Result<PictureInfo> inspectPictureFile(const QString &path, const PictureLimits &limits)
{
    const auto bytes = readPictureFile(path, limits);
    if (!bytes)
        return failure(bytes.error());
    return inspectPicture(*bytes, limits);
}

} // namespace plantain
