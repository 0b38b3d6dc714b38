#pragma once

#include "result.h"

namespace plantain {

/// An errno as an Error of kind Disk, with its type: "full", "readonly", "missing", "exists" (the name is taken), else "io".
/// `relative` names the file or folder within the library.
Error diskError(int code, const QString &relative);

} // namespace plantain
