#pragma once

#include "libraryfolder.h"
#include "runrecord.h"

#include <functional>

namespace plantain {

/// Copies a file from anywhere into references/<sha256>.<ext>; one that is there already, and whole, stays. Blocking, for
/// the file pool. Only a plain file is taken: a FIFO or device does not hold us. `isStopping` ends it with Cancelled.
Result<ReferenceRecord> adoptReferenceFile(const LibraryFolder &folder, const QString &path, const QString &contentType,
                                           QSize size, const std::function<bool()> &isStopping);

} // namespace plantain
