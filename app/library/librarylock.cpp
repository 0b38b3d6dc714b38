#include "librarylock.h"
#include "diskerror.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto lockFile = "plantain.lock";
constexpr auto damageRemark = " damaged";

QByteArray contentOf(int file)
{
    QByteArray content(256, Qt::Uninitialized);
    const ssize_t got = ::pread(file, content.data(), size_t(content.size()), 0);
    content.truncate(qMax(ssize_t(0), got));
    return content.trimmed();
}

QString holderOf(int file)
{
    const QList<QByteArray> words = contentOf(file).split(' ');
    bool isNumber = false;
    const qint64 process = words.value(0).toLongLong(&isNumber);
    if (!isNumber)
        return u"another program"_s;
    const QString name = words.size() > 1 ? QString::fromUtf8(words[1]) : u"a program"_s;
    return u"%1 (process %2)"_s.arg(name).arg(process);
}

Result<void> hold(const FileDescriptor &file, const LibraryFolder &folder)
{
    while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return failure(diskError(errno, QString::fromLatin1(lockFile)));
        return failure({ .kind = ErrorKind::LibraryInUse,
                         .message = u"The library %1 is in use by %2."_s.arg(folder.path(), holderOf(file.number())) });
    }
    return {};
}

} // namespace

Result<LibraryLock> LibraryLock::look(const LibraryFolder &folder)
{
    const auto directory = folder.open({}, LibraryFolder::Missing::Refuse);
    if (!directory)
        return failure(directory.error());
    FileDescriptor file(::openat(directory->number(), lockFile, O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file.isOpen()) {
        if (const auto held = hold(file, folder); !held)
            return failure(held.error());
    }
    return LibraryLock(std::move(file));
}

Result<LibraryLock> LibraryLock::take(const LibraryFolder &folder)
{
    const auto directory = folder.open({}, LibraryFolder::Missing::Refuse);
    if (!directory)
        return failure(directory.error());
    FileDescriptor file(::openat(directory->number(), lockFile, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    const bool isNew = file.isOpen();
    if (!isNew && errno == EEXIST)
        file = FileDescriptor(::openat(directory->number(), lockFile, O_RDWR | O_NOFOLLOW | O_CLOEXEC));
    if (!file.isOpen())
        return failure(diskError(errno, QString::fromLatin1(lockFile)));

    if (const auto held = hold(file, folder); !held)
        return failure(held.error());
    LibraryLock lock(std::move(file));
    const QByteArray content = contentOf(lock.m_file.number());
    struct stat status { };
    if (!isNew && ::fstat(lock.m_file.number(), &status) == 0)
        lock.m_lastBegin = QDateTime::fromSecsSinceEpoch(status.st_mtim.tv_sec);
    if (content.endsWith(damageRemark))
        lock.m_lastEnd = LastEnd::SawDamage;
    else if (!isNew && content.isEmpty())
        lock.m_lastEnd = LastEnd::InOrder;
    lock.writeHolder({});
    return lock;
}

void LibraryLock::writeHolder(const QByteArray &remark)
{
    const QString name = QCoreApplication::applicationName().isEmpty() ? u"plantain"_s : QCoreApplication::applicationName();
    const QByteArray content = QByteArray::number(QCoreApplication::applicationPid()) + ' '
        + name.simplified().replace(u' ', u'-').left(100).toUtf8() + remark + '\n';
    // On a full disk there may be no room for these bytes; what is kept can be looked at all the same.
    if (::pwrite(m_file.number(), content.constData(), size_t(content.size()), 0) != content.size()
        || ::ftruncate(m_file.number(), content.size()) != 0)
        qWarning("The lock of the library could not be written: %s", qPrintable(qt_error_string(errno)));
}

void LibraryLock::noteDamage()
{
    writeHolder(damageRemark);
}

void LibraryLock::release()
{
    // Where it cannot be emptied, the next holder takes this one for dead and looks closer.
    if (m_file.isOpen() && ::ftruncate(m_file.number(), 0) != 0)
        qWarning("The lock of the library could not be emptied: %s", qPrintable(qt_error_string(errno)));
    m_file = FileDescriptor();
}

} // namespace plantain
