#pragma once

#include "result.h"

#include <QFuture>

namespace plantain {

/// Writes a text file of the person's choosing off this thread, over an older one of that name: beside it first, then
/// renamed, so that the older one stands until the new one is whole. Errors: Disk.
QFuture<Result<void>> writeTextFile(const QString &path, QStringList lines);

} // namespace plantain
