#include "databaseheader.h"

#include <QFile>
#include <QtEndian>

namespace plantain {

DatabaseHeader DatabaseHeader::of(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.read(100);
    if (bytes.size() < 100 || !bytes.startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return {};
    const auto numberAt = [&](qsizetype offset) { return qFromBigEndian<quint32>(bytes.constData() + offset); };
    const auto isVersion = [&](qsizetype offset) { return bytes[offset] == 1 || bytes[offset] == 2; };
    const quint16 shortPageSize = qFromBigEndian<quint16>(bytes.constData() + 16);
    const qint64 pageSize = shortPageSize == 1 ? 65536 : shortPageSize;
    const bool isPageCountValid = numberAt(24) == numberAt(92);
    return { .isDatabase = isVersion(18) && isVersion(19),
             .userVersion = numberAt(60),
             .applicationId = numberAt(68),
             .bytes = isPageCountValid ? pageSize * numberAt(28) : 0 };
}

} // namespace plantain
