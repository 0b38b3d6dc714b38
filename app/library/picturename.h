#pragma once

#include "runrecord.h"

namespace plantain {

/// A short piece of a file name from a prompt: [a-z0-9-], at most 48 characters, "picture" when nothing is left.
QString slugOf(const QString &prompt);

/// What is left of an extension: [a-z0-9], at most 5 characters, lower case, "bin" when nothing is.
QString safeExtension(const QString &extension);
QString extensionOf(const QString &contentType); ///< "image/jpeg" -> "jpg"; "bin" when not known

/// Where a run's pictures go: the day of the run as the person's clock has it, "images/2026/11/22".
QString pictureFolderOf(const RunRecord &record);
/// "081500-a-red-fox-1" for the first picture of a run.
QString pictureStemOf(const RunRecord &record, int index);

} // namespace plantain
