#include "referencestore.h"
#include "diskerror.h"
#include "durablefile.h"
#include "filepool.h"
#include "picturename.h"
#include "sha256.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto referencesFolder = "references";
constexpr qsizetype copiedAtOnce = 1024 * 1024;

/// Reads a file to its end in pieces.
Result<void> readAll(int file, const QString &name, const std::function<Result<void>(QByteArrayView)> &take)
{
    QByteArray bytes(copiedAtOnce, Qt::Uninitialized);
    while (true) {
        const ssize_t got = ::read(file, bytes.data(), size_t(bytes.size()));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failure(diskError(errno, name));
        if (got == 0)
            return {};
        if (const auto taken = take(QByteArrayView(bytes.constData(), got)); !taken)
            return taken;
    }
}

bool holds(const LibraryFolder &folder, const QString &name, const QString &sha256)
{
    const auto directory = folder.open(QString::fromLatin1(referencesFolder), LibraryFolder::Missing::Refuse);
    if (!directory)
        return false;
    const FileDescriptor file(::openat(directory->number(), QFile::encodeName(name).constData(),
                                       O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file.isOpen())
        return false;
    Sha256 hash;
    const auto hashed = readAll(file.number(), name, [&](QByteArrayView bytes) -> Result<void> {
        hash.add(bytes);
        return {};
    });
    return hashed && hash.hex() == sha256;
}


using Take = std::function<Result<void>(QByteArrayView)>;

/// `read` gives all of it, piece by piece.
Result<ReferenceRecord> adopt(const LibraryFolder &folder, const QString &contentType, QSize size, AdoptedHere &adopted,
                              const std::function<bool()> &isStopping, const std::function<Result<void>(const Take &)> &read)
{
    auto copy = DurableFile::create(folder, QString::fromLatin1(referencesFolder));
    if (!copy)
        return failure(copy.error());
    Sha256 hash;
    const auto copied = read([&](QByteArrayView bytes) -> Result<void> {
        if (isStopping())
            return failure(FilePool::stopped());
        hash.add(bytes);
        return copy->write(bytes);
    });
    if (!copied)
        return failure(copied.error());

    const QString sha256 = hash.hex();
    const QString name = sha256 + u'.' + extensionOf(contentType);
    adopted.add(name);
    if (!holds(folder, name, sha256)) {
        const auto directory = folder.open(QString::fromLatin1(referencesFolder), LibraryFolder::Missing::Refuse);
        const auto marked = directory ? markUnclaimed(*directory, name) : Result<void>(failure(directory.error()));
        if (!marked)
            return failure(marked.error());
        // What stands there under its name is something else: damaged, or put there.
        if (const auto kept = copy->replace(name); !kept)
            return failure(kept.error());
    }
    return ReferenceRecord { .sha256 = sha256,
                             .file = QString::fromLatin1(referencesFolder) + u'/' + name,
                             .contentType = contentType,
                             .size = size,
                             .bytes = copy->size() };
}

} // namespace

Result<ReferenceRecord> adoptReferenceFile(const LibraryFolder &folder, const QString &path, const QString &contentType,
                                           QSize size, AdoptedHere &adoptedHere, const std::function<bool()> &isStopping)
{
    const FileDescriptor source(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status { };
    if (!source.isOpen() || ::fstat(source.number(), &status) != 0)
        return failure(diskError(errno, path));
    if (!S_ISREG(status.st_mode))
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = path + u": not a file"_s });
    auto adopted = adopt(folder, contentType, size, adoptedHere, isStopping,
                         [&](const Take &take) { return readAll(source.number(), path, take); });
    if (adopted)
        adopted->originalName = QFileInfo(path).fileName();
    return adopted;
}

Result<ReferenceRecord> adoptReferenceBytes(const LibraryFolder &folder, const QByteArray &bytes, const QString &contentType,
                                            QSize size, AdoptedHere &adopted, const std::function<bool()> &isStopping)
{
    return adopt(folder, contentType, size, adopted, isStopping, [&](const Take &take) -> Result<void> {
        for (QByteArrayView left = bytes; !left.isEmpty(); left = left.sliced(std::min(left.size(), copiedAtOnce))) {
            if (const auto taken = take(left.first(std::min(left.size(), copiedAtOnce))); !taken)
                return taken;
        }
        return {};
    });
}

} // namespace plantain
