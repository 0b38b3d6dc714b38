#include "uploadstore.h"

#include <QCryptographicHash>
#include <QFile>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr size_t maxUploads = 5000;
constexpr int maxParts = 1000;
constexpr qint64 maxPartBytes = 1024LL * 1024 * 1024; // waiting, over all uploads

/// Appends a file to an open one; false when it does not work out.
bool append(QFile &target, const QString &path)
{
    QFile source(path);
    if (!source.open(QIODevice::ReadOnly))
        return false;
    QByteArray piece;
    do {
        piece = source.read(1024 * 1024);
        if (target.write(piece) != piece.size())
            return false;
    } while (!piece.isEmpty());
    return source.error() == QFileDevice::NoError;
}

QByteArray startOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(64) : QByteArray();
}

QByteArray etagOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Md5);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return '"' + hash.result().toHex() + '"';
}

} // namespace

UploadStore::UploadStore(FileStore &files)
    : m_files(files)
{
}

UploadStore::Ticket UploadStore::begin(const QByteArray &fileName, bool inParts, std::optional<qint64> lifetimeSeconds)
{
    const QByteArray token = randomToken();
    const QByteArray name = safeFileName(fileName);
    const QByteArray signature = randomToken();
    const std::lock_guard lock(m_mutex);
    m_uploads.insert(token, { .name = name, .signature = signature, .lifetime = lifetimeSeconds, .inParts = inParts, .parts = {} });
    m_order.push_back(token);
    forgetOldest();
    return { "/storage/uploads/" + token + '/' + name + "?sig=" + signature, "/files/b/" + token + '/' + name };
}

void UploadStore::adopt(const QByteArray &token, Upload &upload, const QString &path)
{
    StoredFile file { .path = {}, .name = upload.name, .contentType = sniffedType(startOf(path)) };
    if (upload.lifetime)
        file.expires = QDateTime::currentDateTimeUtc().addSecs(*upload.lifetime);
    m_files.adopt(path, std::move(file), token);
    upload.finished = true;
}

void UploadStore::forgetOldest()
{
    while (m_order.size() > maxUploads) {
        Upload old = m_uploads.take(m_order.front());
        m_order.pop_front();
        forgetParts(old);
    }
}

void UploadStore::forgetParts(Upload &upload)
{
    for (const StoredPart &part : std::as_const(upload.parts)) {
        QFile::remove(part.path);
        m_partBytes -= part.bytes;
    }
    upload.parts.clear();
}

std::optional<UploadStore::Outcome> UploadStore::refusal(const QByteArray &token, const QByteArray &signature) const
{
    const auto found = m_uploads.constFind(token);
    if (found == m_uploads.cend())
        return Outcome::Unknown;
    if (found->signature != signature)
        return Outcome::BadSignature;
    return std::nullopt;
}

UploadStore::Outcome UploadStore::put(const QByteArray &token, const QByteArray &signature, std::optional<int> part,
                                      const std::function<bool(const QString &)> &receive, QByteArray &etag)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto no = refusal(token, signature))
            return *no;
        if (m_uploads.value(token).inParts != part.has_value() || (part && (*part < 1 || *part > maxParts)))
            return Outcome::BadPart;
    }
    const QString path = m_files.newPath();
    if (!receive(path)) {
        QFile::remove(path);
        return Outcome::DiskFull;
    }
    etag = etagOf(path);
    const qint64 bytes = QFile(path).size();

    const std::lock_guard lock(m_mutex);
    const auto upload = m_uploads.find(token);
    if (upload == m_uploads.end()) {
        QFile::remove(path);
        return Outcome::Unknown;
    }
    if (!part) {
        adopt(token, *upload, path);
        return Outcome::Stored;
    }
    if (m_partBytes + bytes > maxPartBytes) {
        QFile::remove(path);
        return Outcome::TooMany;
    }
    if (const auto old = upload->parts.constFind(*part); old != upload->parts.cend()) {
        QFile::remove(old->path);
        m_partBytes -= old->bytes;
    }
    m_partBytes += bytes;
    upload->parts.insert(*part, { path, etag, bytes });
    return Outcome::Stored;
}

UploadStore::Outcome UploadStore::complete(const QByteArray &token, const QByteArray &signature, const QList<Part> &parts)
{
    QMap<int, StoredPart> stored;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto no = refusal(token, signature))
            return *no;
        const Upload &upload = m_uploads[token];
        if (upload.finished)
            return Outcome::Stored; // asked twice
        if (!upload.inParts || parts.isEmpty() || parts.size() != upload.parts.size())
            return Outcome::BadPart;
        for (qsizetype i = 0; i < parts.size(); ++i) {
            const Part &part = parts.at(i);
            if (part.number != i + 1 || upload.parts.value(part.number).etag != part.etag)
                return Outcome::BadPart;
        }
        stored = upload.parts;
    }
    const QString path = m_files.newPath();
    QFile whole(path);
    bool good = whole.open(QIODevice::WriteOnly | QIODevice::NewOnly);
    for (const StoredPart &part : std::as_const(stored))
        good = good && append(whole, part.path);
    whole.close();
    if (!good || whole.error() != QFileDevice::NoError) {
        QFile::remove(path);
        return Outcome::DiskFull;
    }
    const std::lock_guard lock(m_mutex);
    const auto upload = m_uploads.find(token);
    if (upload == m_uploads.end()) {
        QFile::remove(path);
        return Outcome::Unknown;
    }
    forgetParts(*upload);
    adopt(token, *upload, path);
    return Outcome::Stored;
}

} // namespace plantain
