#include "exportcopy.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plantain {

Result<Json> exportCopies(Json line, const QString &folder)
{
    if (!QDir().mkpath(folder)) {
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = folder });
    }
    for (Json &image : line["images"]) {
        const QFileInfo source(stringAt(image, "file"));
        QString target;
        for (int number = 1;; ++number) {
            const QString name = number == 1
                ? source.fileName()
                : u"%1-%2.%3"_s.arg(source.completeBaseName()).arg(number).arg(source.suffix());
            target = QDir(folder).absoluteFilePath(name);
            if (!QFileInfo::exists(target))
                break;
        }
        // QFile::copy refuses a target that appeared meanwhile.
        QFile file(source.absoluteFilePath());
        if (!file.copy(target))
            return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = file.errorString() });
        image["file"] = toJson(target);
    }
    return line;
}

} // namespace plantain
