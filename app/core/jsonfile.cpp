#include "jsonfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

tl::unexpected<Error> diskError(int error, const QString &what)
{
    const QString type = error == ENOSPC || error == EDQUOT   ? u"full"_s
        : error == EROFS || error == EACCES || error == EPERM ? u"readonly"_s
        : error == ENOENT                                     ? u"missing"_s
                                                              : u"io"_s;
    return failure({ .kind = ErrorKind::Disk,
        .type = type,
        .message = what + u": "_s + QString::fromLocal8Bit(std::strerror(error)) });
}

/// A file descriptor that closes itself.
struct Descriptor
{
    explicit Descriptor(int opened)
        : number(opened)
    {
    }
    ~Descriptor()
    {
        if (number >= 0)
            ::close(number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    const int number;
};

bool writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(descriptor, bytes.constData() + done, size_t(bytes.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        done += count;
    }
    return true;
}

} // namespace

Result<Json> readJsonFile(const QString &path, const JsonLimits &limits)
{
    QFile file(path);
    if (!file.exists())
        return diskError(ENOENT, path);
    if (!file.open(QIODevice::ReadOnly))
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = path + u": "_s + file.errorString() });
    return parseJson(file.read(limits.bytes + 1), limits);
}

Result<void> writeJsonFile(const QString &path, const Json &json)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return diskError(errno ? errno : EIO, folder);
    const QByteArray name = QFile::encodeName(path);
    const QByteArray aside = name + '.' + QByteArray::number(::getpid()) + ".new";
    ::unlink(aside.constData());
    {
        const Descriptor file(::open(aside.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (file.number < 0)
            return diskError(errno, path);
        if (!writeAll(file.number, toPrettyBytes(json)) || ::fsync(file.number) != 0) {
            const int error = errno;
            ::unlink(aside.constData());
            return diskError(error, path);
        }
    }
    if (std::rename(aside.constData(), name.constData()) != 0) {
        const int error = errno;
        ::unlink(aside.constData());
        return diskError(error, path);
    }
    const Descriptor directory(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.number < 0 || ::fsync(directory.number) != 0)
        return diskError(errno, folder);
    return {};
}

} // namespace plantain
