#pragma once

#include "filedescriptor.h"
#include "result.h"

#include <QByteArray>

#include <memory>

namespace plantain {

/// The folder a library lies in, as the place files are written to. Steps below it never follow a symbolic link, so
/// nothing is written outside of it. Copies are the same folder; any thread.
class LibraryFolder
{
public:
    /// `path` is absolute. Nothing is touched.
    explicit LibraryFolder(QString path);

    enum class Missing { Make, Refuse };

    const QString &path() const { return m_path; }
    QString pathOf(const QString &relative) const;
    bool exists(const QString &relative) const; ///< a symbolic link counts as there

    /// Makes the library's folder itself (mode 0700) where it is missing.
    Result<void> make() const;

    /// Opens a folder below, "" for the library's own. Made ones have mode 0700; with Make the names of all of them are
    /// durable when it returns, which costs a sync a folder once and nothing later.
    /// Anything but "" needs library.json to be there: where a disk was unmounted, its empty mount point is not filled.
    Result<FileDescriptor> open(const QString &relative, Missing missing) const;
    /// Makes the names in a folder durable.
    Result<void> sync(const QString &relative) const;

    /// The content of a small file; a symbolic link or anything but a file is refused.
    Result<QByteArray> read(const QString &relative, qint64 limit) const;
    /// Never over an existing file; both folders synced.
    Result<void> rename(const QString &from, const QString &to) const;
    Result<void> remove(const QString &relative) const; ///< nothing there is no error

    /// A temporary file that was to go and could not, on a disk that took no change at that moment.
    void noteLeftover(const QString &relative) const;
    /// Tries again. Whether all of them are gone; else the next start has to look for them.
    bool removeNoted() const;

private:
    class Known;
    Result<void> makeStep(int parent, const QByteArray &name, const QString &relative) const;

    QString m_path;
    std::shared_ptr<Known> m_known; ///< of all copies
};

/// "runs/2026/x.json" -> "runs/2026", and "x.json".
QString folderPartOf(const QString &relative);
QString namePartOf(const QString &relative);

/// The next bytes of a file, fewer than `size` only at its end. `name` is for the error: Disk.
Result<QByteArray> readUpTo(const FileDescriptor &file, qsizetype size, const QString &name);

/// renameat2 without overwriting: 0 or the errno. Works by link and unlink on file systems that lack it.
int renameWithoutReplacing(int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to);

} // namespace plantain
