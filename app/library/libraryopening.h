#pragma once

#include "journal.h"
#include "librarylock.h"
#include "unclaimed.h"

#include <QTemporaryDir>

#include <memory>

namespace plantain {

/// A library that is open.
struct OpenLibrary
{
    std::unique_ptr<QTemporaryDir> copy; ///< of the database, where the library can only be looked at
    LibraryLock lock;
    std::unique_ptr<Journal> journal;
    OpenReport report;
    QString identity; ///< of the library, wherever it lies
};

/// The id a library keeps wherever it lies; empty when there is none to be read.
QString identityOf(const LibraryFolder &folder);

/// All that happens before a library can be worked on: the newer one is left alone, the lock taken, the database made,
/// checked, migrated or made again. On the library thread. One that may not be written to is opened for looking, by a copy
/// of its database: its report says so.
/// `sweep`: see Library::open.
/// Errors: LibraryInUse; Database "newer", "io", "locked"; Disk.
Result<OpenLibrary> openLibrary(const LibraryFolder &folder, const std::optional<SweepLimits> &sweep = std::nullopt);

} // namespace plantain
