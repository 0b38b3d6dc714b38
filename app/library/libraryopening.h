#pragma once

#include "journal.h"
#include "librarylock.h"

#include <memory>

namespace plantain {

/// A library that is open.
struct OpenLibrary
{
    LibraryLock lock;
    std::unique_ptr<Journal> journal;
    OpenReport report;
};

/// All that happens before a library can be worked on: the newer one is left alone, the lock taken, the database made,
/// checked, migrated or made again. On the library thread.
/// Errors: LibraryInUse; Database "newer", "io", "locked"; Disk.
Result<OpenLibrary> openLibrary(const LibraryFolder &folder);

} // namespace plantain
