#include "mediafile.h"

#include "mediatype.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("MediaFile", text);
}

tl::unexpected<Error> refused(const QString &type, const QString &message, const QString &source = {})
{
    return failure({ .kind = ErrorKind::InvalidInput, .type = type,
                     .message = source.isEmpty() ? message : message + u" ("_s + source + u')' });
}

} // namespace

Result<QString> inspectMediaFile(const QString &file, const Endpoint &endpoint, const QString &field)
{
    const QFileInfo info(file);
    if (!info.exists())
        return failure({ .kind = ErrorKind::Disk, .type = u"missing"_s, .message = file });
    if (!info.isFile()) // pipes and devices are never opened: reading one may never end
        return refused(u"file_type"_s, tr("not an ordinary file"));
    if (info.size() == 0)
        return refused(u"empty"_s, tr("it is empty"));
    for (const FileLimit &limit : endpoint.fileLimits) {
        if (limit.field == field && !limit.advisory && info.size() > limit.bytes) {
            return refused(u"file_too_large"_s,
                           tr("larger than %1").arg(QLocale().formattedDataSize(limit.bytes, 0, QLocale::DataSizeTraditionalFormat)),
                           limit.source);
        }
    }
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = opened.errorString() });
    const QString type = mediaTypeOf(opened.read(64));
    const FileTypes taken = endpoint.fileTypes.value(field);
    if (type.isEmpty() || (!taken.types.isEmpty() && !taken.types.contains(type))) {
        return taken.types.isEmpty() ? refused(u"file_type"_s, tr("not a picture, video, sound or PDF that is known here"))
                                     : refused(u"file_type"_s, tr("not one of %1").arg(taken.types.join(u", "_s)), taken.source);
    }
    return type;
}

} // namespace plantain
