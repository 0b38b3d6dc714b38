#include "durablefile.h"
#include "diskerror.h"

#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace plantain {

DurableFile::DurableFile(const LibraryFolder &folder, const QString &relativeFolder)
    : m_folder(folder)
    , m_relativeFolder(relativeFolder)
{
}

DurableFile::DurableFile(DurableFile &&other) noexcept
    : m_folder(std::move(other.m_folder))
    , m_relativeFolder(std::move(other.m_relativeFolder))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_directory(std::move(other.m_directory))
    , m_file(std::move(other.m_file))
    , m_size(other.m_size)
    , m_synced(other.m_synced)
{
}

DurableFile::~DurableFile()
{
    if (!m_temporary.isEmpty() && ::unlinkat(m_directory.number(), m_temporary.constData(), 0) != 0)
        m_folder.noteLeftover(relativeOf(QFile::decodeName(m_temporary)));
}

Result<DurableFile> DurableFile::create(const LibraryFolder &folder, const QString &relativeFolder, const QString &tag)
{
    DurableFile file(folder, relativeFolder);
    auto directory = folder.open(relativeFolder, LibraryFolder::Missing::Make);
    if (!directory)
        return failure(directory.error());
    file.m_directory = *std::move(directory);

    while (true) {
        const quint64 random = QRandomGenerator::system()->generate64();
        const QByteArray name = QFile::encodeName(u".plantain-%1-%2.part"_s.arg(tag).arg(random, 16, 16, QLatin1Char('0')));
        file.m_file = FileDescriptor(::openat(file.m_directory.number(), name.constData(),
                                              O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (file.m_file.isOpen()) {
            file.m_temporary = name;
            return file;
        }
        if (errno != EEXIST)
            return failure(diskError(errno, relativeFolder));
    }
}

std::optional<QString> DurableFile::tagOfTemporary(const QString &name)
{
    static const QRegularExpression pattern(u"\\A\\.plantain-(.*)-[0-9a-f]{16}\\.part\\z"_s);
    const auto match = pattern.match(name);
    return match.hasMatch() ? std::optional(match.captured(1)) : std::nullopt;
}

// The temporary name is told nobody: what a person can look at is the folder.
Result<void> DurableFile::write(QByteArrayView bytes)
{
    m_synced = false;
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(m_file.number(), bytes.data(), size_t(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failure(diskError(errno, m_relativeFolder));
        m_size += written;
        bytes = bytes.sliced(written);
    }
    return {};
}

Result<void> DurableFile::sync()
{
    if (m_synced)
        return {};
    if (::fsync(m_file.number()) != 0)
        return failure(diskError(errno, m_relativeFolder));
    m_synced = true;
    return {};
}

Result<void> DurableFile::keepAs(const QString &name)
{
    if (const auto synced = sync(); !synced)
        return synced;
    if (const int code
        = renameWithoutReplacing(m_directory.number(), m_temporary, m_directory.number(), QFile::encodeName(name));
        code != 0)
        return failure(diskError(code, relativeOf(name)));
    m_temporary.clear();
    return m_folder.sync(m_relativeFolder);
}

bool DurableFile::holdsTheSameAs(const QString &name) const
{
    const FileDescriptor other(::openat(m_directory.number(), QFile::encodeName(name).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status { };
    if (!other.isOpen() || ::fstat(other.number(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size != m_size)
        return false;
    constexpr qint64 pieceSize = 64 * 1024;
    QByteArray one(pieceSize, Qt::Uninitialized), two(pieceSize, Qt::Uninitialized);
    for (qint64 at = 0; at < m_size; at += pieceSize) {
        const auto wanted = size_t(qMin(pieceSize, m_size - at));
        if (::pread(m_file.number(), one.data(), wanted, off_t(at)) != ssize_t(wanted)
            || ::pread(other.number(), two.data(), wanted, off_t(at)) != ssize_t(wanted)
            || std::memcmp(one.constData(), two.constData(), wanted) != 0)
            return false;
    }
    return ::fsync(other.number()) == 0;
}

Result<void> DurableFile::replace(const QString &name, FolderSync folderSync)
{
    if (const auto synced = sync(); !synced)
        return synced;
    if (::renameat(m_directory.number(), m_temporary.constData(), m_directory.number(),
                   QFile::encodeName(name).constData())
        != 0)
        return failure(diskError(errno, relativeOf(name)));
    m_temporary.clear();
    return folderSync == FolderSync::Now ? m_folder.sync(m_relativeFolder) : Result<void>();
}

void DurableFile::abandon()
{
    m_folder.noteLeftover(relativeOf(QFile::decodeName(m_temporary)));
    m_temporary.clear();
}

QString DurableFile::temporaryPath() const
{
    return m_folder.pathOf(relativeOf(QFile::decodeName(m_temporary)));
}

QString DurableFile::relativeOf(const QString &name) const
{
    return m_relativeFolder.isEmpty() ? name : m_relativeFolder + u'/' + name;
}

Result<void> replaceFile(const LibraryFolder &folder, const QString &relative, const QByteArray &bytes)
{
    auto file = DurableFile::create(folder, folderPartOf(relative));
    if (!file)
        return failure(file.error());
    if (const auto written = file->write(bytes); !written)
        return written;
    return file->replace(namePartOf(relative));
}

} // namespace plantain
