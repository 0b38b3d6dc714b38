#include "libraryfolder.h"
#include "diskerror.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto markerFile = "library.json";
constexpr int folderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

bool isPlainName(const QString &name)
{
    return !name.isEmpty() && name != u"."_s && name != u".."_s && !name.contains(QChar(0));
}

} // namespace

QString folderPartOf(const QString &relative)
{
    return relative.left(qMax(qsizetype(0), relative.lastIndexOf(u'/')));
}

Result<QByteArray> readUpTo(const FileDescriptor &file, qsizetype size, const QString &name)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::read(file.number(), bytes.data() + done, size_t(bytes.size() - done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failure(diskError(errno, name));
        if (got == 0)
            break;
        done += got;
    }
    bytes.truncate(done);
    return bytes;
}

QString namePartOf(const QString &relative)
{
    return relative.mid(relative.lastIndexOf(u'/') + 1);
}

int renameWithoutReplacing(int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to)
{
    if (::renameat2(fromFolder, from.constData(), toFolder, to.constData(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (::linkat(fromFolder, from.constData(), toFolder, to.constData(), 0) != 0)
        return errno;
    return ::unlinkat(fromFolder, from.constData(), 0) == 0 ? 0 : errno;
}

class LibraryFolder::Known
{
public:
    std::mutex mutex;
    /// Folders whose name is known to be on the disk. One that is merely there may have been made a moment ago by another
    /// thread that has not synced it yet.
    QSet<QString> durable;
    QSet<QString> leftovers;
};

LibraryFolder::LibraryFolder(QString path)
    : m_path(std::move(path))
    , m_known(std::make_shared<Known>())
{
}

QString LibraryFolder::pathOf(const QString &relative) const
{
    return m_path + u'/' + relative;
}

bool LibraryFolder::exists(const QString &relative) const
{
    struct stat status { };
    return ::lstat(QFile::encodeName(pathOf(relative)).constData(), &status) == 0;
}

Result<void> LibraryFolder::make() const
{
    if (::mkdir(QFile::encodeName(m_path).constData(), 0700) == 0 || errno == EEXIST)
        return {};
    if (errno != ENOENT)
        return failure(diskError(errno, m_path));
    const QString parent = folderPartOf(m_path);
    if (parent.isEmpty())
        return failure(diskError(ENOENT, m_path));
    if (const auto made = LibraryFolder(parent).make(); !made)
        return made;
    if (::mkdir(QFile::encodeName(m_path).constData(), 0700) != 0 && errno != EEXIST)
        return failure(diskError(errno, m_path));
    return {};
}

Result<FileDescriptor> LibraryFolder::open(const QString &relative, Missing missing) const
{
    FileDescriptor folder(::open(QFile::encodeName(m_path).constData(), folderFlags));
    if (!folder.isOpen())
        return failure(diskError(errno, m_path));
    if (relative.isEmpty())
        return folder;
    if (::faccessat(folder.number(), markerFile, F_OK, 0) != 0)
        return failure(diskError(errno, QString::fromLatin1(markerFile)));

    QString part;
    for (const QString &step : relative.split(u'/')) {
        if (!isPlainName(step))
            return failure(diskError(EINVAL, relative));
        part += part.isEmpty() ? step : u'/' + step;
        const QByteArray name = QFile::encodeName(step);
        if (missing == Missing::Make) {
            if (const auto made = makeStep(folder.number(), name, part); !made)
                return failure(made.error());
        }
        FileDescriptor next(::openat(folder.number(), name.constData(), folderFlags | O_NOFOLLOW));
        if (!next.isOpen())
            return failure(diskError(errno, relative));
        folder = std::move(next);
    }
    return folder;
}

Result<void> LibraryFolder::makeStep(int parent, const QByteArray &name, const QString &relative) const
{
    const std::lock_guard guard(m_known->mutex);
    if (::mkdirat(parent, name.constData(), 0700) != 0) {
        if (errno != EEXIST)
            return failure(diskError(errno, relative));
        if (m_known->durable.contains(relative))
            return {};
    }
    if (::fsync(parent) != 0)
        return failure(diskError(errno, relative));
    m_known->durable.insert(relative);
    return {};
}

Result<void> LibraryFolder::sync(const QString &relative) const
{
    const auto folder = open(relative, Missing::Refuse);
    if (!folder)
        return failure(folder.error());
    if (::fsync(folder->number()) != 0)
        return failure(diskError(errno, relative));
    return {};
}

Result<QByteArray> LibraryFolder::read(const QString &relative, qint64 limit) const
{
    const auto folder = open(folderPartOf(relative), Missing::Refuse);
    if (!folder)
        return failure(folder.error());
    // O_NONBLOCK: a FIFO of that name must not hold us.
    const FileDescriptor file(::openat(folder->number(), QFile::encodeName(namePartOf(relative)).constData(),
                                       O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file.isOpen())
        return failure(diskError(errno, relative));
    struct stat status { };
    if (::fstat(file.number(), &status) != 0)
        return failure(diskError(errno, relative));
    if (!S_ISREG(status.st_mode))
        return failure(diskError(EINVAL, relative));
    if (status.st_size > limit)
        return failure(diskError(EFBIG, relative));

    return readUpTo(file, qsizetype(status.st_size), relative);
}

Result<void> LibraryFolder::rename(const QString &from, const QString &to) const
{
    const auto source = open(folderPartOf(from), Missing::Refuse);
    if (!source)
        return failure(source.error());
    const auto target = open(folderPartOf(to), Missing::Refuse);
    if (!target)
        return failure(target.error());
    if (const int code = renameWithoutReplacing(source->number(), QFile::encodeName(namePartOf(from)), target->number(),
                                                QFile::encodeName(namePartOf(to)));
        code != 0)
        return failure(diskError(code, to));
    if (::fsync(source->number()) != 0 || ::fsync(target->number()) != 0)
        return failure(diskError(errno, to));
    return {};
}

Result<void> LibraryFolder::remove(const QString &relative) const
{
    const auto folder = open(folderPartOf(relative), Missing::Refuse);
    if (!folder)
        return failure(folder.error());
    if (::unlinkat(folder->number(), QFile::encodeName(namePartOf(relative)).constData(), 0) != 0 && errno != ENOENT)
        return failure(diskError(errno, relative));
    return {};
}

void LibraryFolder::noteLeftover(const QString &relative) const
{
    const std::lock_guard guard(m_known->mutex);
    m_known->leftovers.insert(relative);
}

bool LibraryFolder::removeNoted() const
{
    const std::lock_guard guard(m_known->mutex);
    m_known->leftovers.removeIf([this](const QString &relative) { return remove(relative).has_value(); });
    return m_known->leftovers.isEmpty();
}

} // namespace plantain
