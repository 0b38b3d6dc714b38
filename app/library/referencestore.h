#pragma once

#include "libraryfolder.h"
#include "runrecord.h"
#include "unclaimed.h"

#include <functional>

namespace plantain {

/// Copies a file from anywhere into references/<sha256>.<ext>; one that is there already, and whole, stays. Blocking, for
/// the file pool. Only a plain file is taken: a FIFO or device does not hold us. `isStopping` ends it with Cancelled.
/// A new copy is marked as unclaimed.
Result<ReferenceRecord> adoptReferenceFile(const LibraryFolder &folder, const QString &path, const QString &contentType,
                                           QSize size, AdoptedHere &adopted, const std::function<bool()> &isStopping);

/// The same of what is in memory.
Result<ReferenceRecord> adoptReferenceBytes(const LibraryFolder &folder, const QByteArray &bytes, const QString &contentType,
                                            QSize size, AdoptedHere &adopted, const std::function<bool()> &isStopping);

} // namespace plantain
