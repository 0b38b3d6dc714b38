#pragma once

#include "libraryfolder.h"

namespace plantain {

/// Moves a file of the library to the desktop's trash, from which a person can have it back. One that is not there is no
/// error. Any thread; blocks. Errors: Disk "notrash" where the file system has none that takes it, and the usual ones; the
/// file is then where it was.
Result<void> moveToSystemTrash(const LibraryFolder &folder, const QString &relative);

} // namespace plantain
