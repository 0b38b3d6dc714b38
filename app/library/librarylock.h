#pragma once

#include "libraryfolder.h"

namespace plantain {

/// One process a library: an flock on plantain.lock, which also names the holder. The kernel drops it with its process,
/// however that ends, so no lock is ever stale. The file is empty after a holder that closed its library in order.
class LibraryLock
{
public:
    /// Errors: LibraryInUse with who holds it; Disk.
    static Result<LibraryLock> take(const LibraryFolder &folder);
    LibraryLock(LibraryLock &&) = default;
    LibraryLock &operator=(LibraryLock &&) = delete;
    ~LibraryLock() = default; ///< lets go without the word that all is in order

    /// Whether the holder before did not close in order (or was never there): what it left behind is worth a look.
    bool lookCloser() const { return m_lookCloser; }
    /// All is closed in order.
    void release();

private:
    explicit LibraryLock(FileDescriptor file)
        : m_file(std::move(file))
    {
    }

    FileDescriptor m_file;
    bool m_lookCloser = true;
};

} // namespace plantain
