#include "picturecopy.h"

#include "whenfinished.h"

#include <QBuffer>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

struct Ready
{
    QImage image;
    QByteArray png;
};

Result<Ready> readied(const QString &file)
{
    Result<QImage> image = decodePictureFile(file);
    if (!image)
        return failure(image.error());
    Ready ready { *image, {} };
    const Result<PictureInfo> info = inspectPictureFile(file);
    if (info && info->format == PictureFormat::Png) { // byte for byte, with all that is written in it
        if (QFile bytes(file); bytes.open(QIODevice::ReadOnly))
            ready.png = bytes.readAll();
    }
    if (ready.png.isEmpty()) {
        QBuffer buffer(&ready.png);
        buffer.open(QIODevice::WriteOnly);
        image->save(&buffer, "PNG");
    }
    return ready;
}

} // namespace

PictureCopy::PictureCopy(QObject *parent)
    : QObject(parent)
{
}

void PictureCopy::copy(const QStringList &files)
{
    if (files.isEmpty())
        return;
    const int request = ++m_request;
    const auto work = m_pool.run<Result<Ready>>(
        [file = files.front()](QPromise<Result<Ready>> &promise) { promise.addResult(readied(file)); });
    whenFinished(work, this, [this, request, files](const Result<Ready> &ready) {
        if (request != m_request)
            return;
        if (!ready) {
            Q_EMIT failed(ready.error());
            return;
        }
        auto *data = new QMimeData;
        data->setImageData(ready->image);
        data->setData(u"image/png"_s, ready->png);
        QList<QUrl> urls;
        for (const QString &file : files)
            urls << QUrl::fromLocalFile(file);
        data->setUrls(urls);
        QGuiApplication::clipboard()->setMimeData(data);
        Q_EMIT copied();
    });
}

} // namespace plantain
