#include "exportfile.h"

#include "diskerror.h"
#include "durablefile.h"
#include "safename.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int numbersTried = 10'000;
constexpr qsizetype readAtOnce = 1024 * 1024;
using IsCancelled = std::function<bool()>;

Error cancelled()
{
    return { .kind = ErrorKind::Cancelled };
}

FileDescriptor openToRead(const QString &path)
{
    // O_NONBLOCK: a FIFO of that name must not hold us.
    return FileDescriptor(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
}

std::optional<qint64> sizeOf(const FileDescriptor &file)
{
    struct stat status { };
    if (!file.isOpen() || ::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    return status.st_size;
}

/// A file that cannot be read is another one.
bool isSame(const QString &one, const QString &other, const IsCancelled &isCancelled)
{
    const FileDescriptor first = openToRead(one), second = openToRead(other);
    if (!sizeOf(first) || sizeOf(first) != sizeOf(second))
        return false;
    while (true) {
        if (isCancelled && isCancelled())
            return false;
        const auto a = readUpTo(first, readAtOnce, one), b = readUpTo(second, readAtOnce, other);
        if (!a || !b || *a != *b)
            return false;
        if (a->isEmpty())
            return true;
    }
}

/// What a new file of this process gets; our temporary names are made for nobody else.
mode_t usualMode()
{
    QFile status(u"/proc/self/status"_s);
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            bool ok = false;
            const int mask = line.startsWith("Umask:") ? line.sliced(6).trimmed().toInt(&ok, 8) : 0;
            if (ok)
                return mode_t(0666 & ~mask);
        }
    }
    return 0600;
}

Result<DurableFile> startFile(const LibraryFolder &folder)
{
    auto file = DurableFile::create(folder, {}, u"export"_s);
    if (file)
        (void)::fchmod(file->descriptor(), usualMode()); // not every file system has modes
    return file;
}

Result<DurableFile> copyAside(const QString &source, const LibraryFolder &folder, const IsCancelled &isCancelled)
{
    const FileDescriptor from = openToRead(source);
    if (!from.isOpen())
        return failure(diskError(errno, source));
    if (!sizeOf(from))
        return failure(diskError(EINVAL, source));
    auto file = startFile(folder);
    while (file) {
        if (isCancelled && isCancelled())
            return failure(cancelled());
        const auto bytes = readUpTo(from, readAtOnce, source);
        if (!bytes)
            return failure(bytes.error());
        if (bytes->isEmpty())
            break;
        if (const auto written = file->write(*bytes); !written)
            return failure(written.error());
    }
    return file;
}

/// One that is there already stays, whatever it says.
Result<void> writeSidecar(const LibraryFolder &folder, const QString &name, const QByteArray &bytes)
{
    if (folder.exists(name))
        return {};
    auto file = startFile(folder);
    if (!file)
        return failure(file.error());
    if (const auto written = file->write(bytes); !written)
        return written;
    const auto kept = file->keepAs(name);
    return kept || kept.error().type == u"exists"_s ? Result<void>() : kept;
}

} // namespace

Result<ExportedFile> exportFile(const QString &source, const QString &path, const QString &stem, const QString &extension,
                                const QByteArray &sidecar, const IsCancelled &isCancelled)
{
    errno = EIO;
    if (!QDir().mkpath(path))
        return failure(diskError(errno, path));
    const LibraryFolder folder(path);
    std::optional<DurableFile> file;
    for (int number = 1; number <= numbersTried; ++number) {
        if (isCancelled && isCancelled())
            return failure(cancelled());
        const QString name = numberedName(stem, extension, number);
        const QString sidecarName = numberedName(stem, u"json"_s, number);
        ExportedFile exported { .name = name };
        if (folder.exists(name)) {
            if (!isSame(source, folder.pathOf(name), isCancelled))
                continue;
            exported.wasThere = true;
        } else {
            if (!sidecar.isEmpty() && folder.exists(sidecarName))
                continue;
            if (!file) {
                auto copied = copyAside(source, folder, isCancelled);
                if (!copied)
                    return failure(copied.error());
                file.emplace(*std::move(copied));
            }
            if (const auto kept = file->keepAs(name); !kept) {
                if (kept.error().type == u"exists"_s)
                    continue; // it came meanwhile
                return failure(kept.error());
            }
        }
        if (!sidecar.isEmpty()) {
            if (const auto written = writeSidecar(folder, sidecarName, sidecar); !written)
                return failure(written.error());
        }
        return exported;
    }
    return failure(diskError(EEXIST, folder.pathOf(stem)));
}

} // namespace plantain
