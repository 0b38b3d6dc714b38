#include "filestore.h"

#include "mediatype.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr size_t maxFiles = 100000;
constexpr qint64 longestLife = 7 * 24 * 3600; // seconds that a folder's files outlive their sandbox
constexpr char separator = '~'; // stands in no token and in no safe name

} // namespace

FileStore::FileStore(qint64 maxBytes, const QString &folder)
    : m_maxBytes(maxBytes)
    , m_temporary(folder.isEmpty() ? std::make_unique<QTemporaryDir>() : nullptr)
    , m_folder(m_temporary ? m_temporary->path() : folder)
    , m_stays(!m_temporary)
{
    if (m_stays)
        findAgain();
}

void FileStore::findAgain()
{
    const QDateTime old = QDateTime::currentDateTimeUtc().addSecs(-longestLife);
    qint64 left = m_maxBytes / 4;
    for (const QFileInfo &info : QDir(m_folder).entryInfoList(QDir::Files, QDir::Time)) { // newest first
        const QByteArray name = info.fileName().toLatin1();
        const qsizetype mark = name.indexOf(separator);
        left -= info.size();
        QFile file(info.absoluteFilePath());
        if (mark <= 0 || name.endsWith(keptName) || info.lastModified() < old || left < 0 || !file.open(QIODevice::ReadOnly)) {
            QFile::remove(info.absoluteFilePath());
            continue;
        }
        m_entries.insert(name.first(mark), { { .path = info.absoluteFilePath(), .name = name.sliced(mark + 1),
                                               .contentType = sniffedType(file.read(64)), .bytes = info.size(),
                                               .expires = info.lastModified().toUTC().addSecs(longestLife) }, true });
        m_order.push_front(name.first(mark));
        m_bytes += info.size();
    }
}

QString FileStore::newPath()
{
    return m_folder + u'/' + QString::fromLatin1(randomToken());
}

Result<QByteArray> FileStore::add(const QByteArray &bytes, StoredFile stored)
{
    const QString path = newPath();
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || file.write(bytes) != bytes.size() || !file.flush()) {
        const QString why = file.errorString();
        file.remove();
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = why });
    }
    stored.path = path;
    stored.bytes = bytes.size();
    return insert(std::move(stored), true, randomToken());
}

void FileStore::adopt(const QString &path, StoredFile stored, const QByteArray &token)
{
    stored.path = path;
    stored.bytes = QFile(path).size();
    insert(std::move(stored), true, token);
}

QByteArray FileStore::share(StoredFile stored)
{
    stored.bytes = 0;
    return insert(std::move(stored), false, randomToken());
}

QByteArray FileStore::insert(StoredFile stored, bool ours, const QByteArray &token)
{
    stored.name = safeFileName(stored.name);
    if (m_stays && ours) { // under a name that tells the URL; what has another one was never finished
        const QString path = m_folder + u'/' + QString::fromLatin1(token + separator + stored.name);
        if (QFile::rename(stored.path, path))
            stored.path = path;
        // So that the next sandbox knows when its time is over.
        QFile file(path);
        if (stored.expires.isValid() && file.open(QIODevice::ReadWrite))
            file.setFileTime(std::min(stored.expires.addSecs(-longestLife), QDateTime::currentDateTimeUtc()), QFileDevice::FileModificationTime);
    }
    const QByteArray url = "/files/b/" + token + '/' + stored.name;
    const std::lock_guard lock(m_mutex);
    drop(token);
    m_bytes += stored.bytes;
    m_entries.insert(token, { std::move(stored), ours });
    m_order.push_back(token);
    while (m_order.size() > 1 && (m_bytes > m_maxBytes || m_order.size() > maxFiles))
        drop(QByteArray(m_order.front()));
    return url;
}

void FileStore::drop(const QByteArray &token)
{
    const auto entry = m_entries.constFind(token);
    if (entry == m_entries.cend())
        return;
    m_bytes -= entry->file.bytes;
    if (entry->ours)
        QFile::remove(entry->file.path);
    m_entries.erase(entry);
    m_order.erase(std::find(m_order.begin(), m_order.end(), token));
}

std::optional<StoredFile> FileStore::find(const QByteArray &token) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.constFind(token);
    const bool isThere = found != m_entries.cend()
        && (!found->file.expires.isValid() || QDateTime::currentDateTimeUtc() < found->file.expires);
    return isThere ? std::optional(found->file) : std::nullopt;
}

std::optional<StoredFile> FileStore::findByUrlPath(const QByteArray &path) const
{
    const QList<QByteArray> parts = path.split('/');
    if (parts.size() != 5 || parts.at(1) != "files" || parts.at(2) != "b")
        return std::nullopt;
    const std::optional<StoredFile> file = find(parts.at(3));
    return file && file->name == parts.at(4) ? file : std::nullopt;
}

qint64 FileStore::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

QByteArray randomToken()
{
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    return QByteArray(reinterpret_cast<const char *>(words), sizeof words).toHex();
}

QByteArray safeFileName(const QByteArray &name)
{
    QByteArray safe;
    for (const char c : name.last(qMin(name.size(), qsizetype(100)))) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
            || c == '_' || (c == '.' && !safe.isEmpty() && !safe.endsWith('.'));
        safe.append(good ? c : '_');
    }
    return safe.isEmpty() ? QByteArray("file.bin") : safe;
}

QByteArray sniffedType(QByteArrayView start)
{
    const QString type = mediaTypeOf(start);
    return type.isEmpty() ? QByteArray("application/octet-stream") : type.toLatin1();
}

} // namespace plantain
