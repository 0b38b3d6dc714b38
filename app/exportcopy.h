#pragma once

#include "json.h"

namespace plantain {

/// Copies the pictures of a printed run into a folder, byte for byte and synced, and gives back the line with `file`
/// naming the copies. Nothing is overwritten: a name that is taken gets a number. Blocks; for a pool.
Result<Json> exportCopies(Json line, const QString &folder);

} // namespace plantain
