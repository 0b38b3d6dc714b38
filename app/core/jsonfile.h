#pragma once

#include "json.h"

namespace plantain {

/// Reads a file or resource through parseJson. Errors: Disk ("missing", "io"), those of parseJson.
Result<Json> readJsonFile(const QString &path, const JsonLimits &limits = {});

/// Writes to a name beside it, syncs, renames: the old content or the new one is there, whatever happens between.
/// Only the owner may read it. For small files of the program's own; the library has its writer. Errors: Disk.
Result<void> writeJsonFile(const QString &path, const Json &json);

} // namespace plantain
