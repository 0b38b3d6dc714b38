#pragma once

#include "database.h"
#include "ids.h"
#include "libraryfolder.h"

#include <QDateTime>
#include <QStringList>

#include <vector>

namespace plantain {

inline constexpr auto databaseFile = "plantain.db";

/// What came out of the sidecars.
struct Rebuilt
{
    int runs = 0;
    QStringList problems; ///< a sentence each: sidecars that could not be read, pictures no run knows
};

/// Makes plantain.db from the sidecars (an empty one where there are none), under another name until it is whole and
/// synced. There must be none. On the library thread. Errors: Disk, Database.
Result<Rebuilt> rebuildDatabase(const LibraryFolder &folder);

/// After a process ended without closing: takes in sidecars the database does not know or has an older revision of
/// (where its write-ahead log was lost), and writes those anew whose renaming was interrupted. `since`: when that process
/// began; what was stored before is in the database's main file.
Result<Rebuilt> reconcile(const LibraryFolder &folder, Database &database, const std::vector<RunId> &interrupted,
                          const QDateTime &since);

/// Renames the database and what belongs to it out of the way. The new name, empty when there was none.
Result<QString> setAside(const LibraryFolder &folder);

} // namespace plantain
