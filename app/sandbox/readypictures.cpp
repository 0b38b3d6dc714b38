#include "readypictures.h"

#include "filestore.h"

#include <QDir>
#include <QFile>
#include <QImageReader>

using namespace Qt::StringLiterals;

namespace plantain {

ReadyPictures::ReadyPictures(const QString &folder)
{
    if (folder.isEmpty())
        return;
    for (const QFileInfo &info : QDir(folder).entryInfoList(QDir::Files, QDir::Name)) {
        QFile file(info.absoluteFilePath());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray type = sniffedType(file.peek(64));
        if (type.startsWith("image/"))
            m_pictures.append({ info.absoluteFilePath(), type, QImageReader(info.absoluteFilePath()).size(), info.size() });
    }
}

} // namespace plantain
