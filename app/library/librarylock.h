#pragma once

#include "libraryfolder.h"

#include <QDateTime>

namespace plantain {

/// One process a library: an flock on plantain.lock, which also names the holder. The kernel drops it with its process,
/// however that ends, so no lock is ever stale. The file is empty after a holder that closed its library in order.
class LibraryLock
{
public:
    /// Errors: LibraryInUse with who holds it; Disk.
    static Result<LibraryLock> take(const LibraryFolder &folder);
    /// Where nothing may be written: held as well, where there is such a file, but nobody is named.
    static Result<LibraryLock> look(const LibraryFolder &folder);
    LibraryLock(LibraryLock &&) = default;
    LibraryLock &operator=(LibraryLock &&) = delete;
    ~LibraryLock() = default; ///< lets go as if this holder had died

    /// How the holder before left the library. Died also stands for nobody known.
    enum class LastEnd { InOrder, Died, SawDamage };
    LastEnd lastEnd() const { return m_lastEnd; }
    /// When that holder began; invalid when nobody is known.
    const QDateTime &lastBegin() const { return m_lastBegin; }

    /// For the next holder to know, however this one ends.
    void noteDamage();
    /// All is closed in order.
    void release();

private:
    explicit LibraryLock(FileDescriptor file)
        : m_file(std::move(file))
    {
    }
    void writeHolder(const QByteArray &remark);

    FileDescriptor m_file;
    LastEnd m_lastEnd = LastEnd::Died;
    QDateTime m_lastBegin;
};

} // namespace plantain
