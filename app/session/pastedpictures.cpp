#include "pastedpictures.h"

#include "containerwalk.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryFile>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

Result<QString> keepIn(const QString &folder, const QByteArray &bytes)
{
    const auto info = inspectPicture(bytes);
    if (!info)
        return failure(info.error());
    const auto diskError = [](const QString &message) {
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = message });
    };
    if (!QDir().mkpath(folder))
        return diskError(folder);
    const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    const QString path = QDir(folder).absoluteFilePath(QString::fromLatin1(hash) + u'.' + extensionOf(info->format));
    if (QFile::exists(path))
        return path;
    QTemporaryFile file(path + u".XXXXXX"_s);
    if (!file.open() || file.write(bytes) != bytes.size() || !file.flush() || !file.rename(path))
        return diskError(file.errorString());
    file.setAutoRemove(false);
    return path;
}

} // namespace

PastedPictures::PastedPictures(const QString &folder)
    : m_folder(folder)
{
    m_pool.setMaxThreadCount(1);
}

PastedPictures::~PastedPictures()
{
    m_pool.waitForDone();
}

QFuture<Result<QString>> PastedPictures::keep(const QByteArray &bytes)
{
    return QtConcurrent::run(&m_pool, keepIn, m_folder, bytes);
}

void PastedPictures::sweep(const QStringList &inUse)
{
    m_pool.start([folder = m_folder, inUse] {
        const QDir dir(folder);
        for (const QString &name : dir.entryList(QDir::Files)) {
            if (const QString path = dir.absoluteFilePath(name); !inUse.contains(path))
                QFile::remove(path);
        }
    });
}

} // namespace plantain
