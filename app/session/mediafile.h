#pragma once

#include "endpoint.h"

namespace plantain {

/// Looks at a file that is given to a field which is one address: an ordinary file, of a kind and a size that the endpoint
/// takes there. Its media type, found from its bytes. Blocking. Errors: InvalidInput "file_type", "file_too_large",
/// "empty"; Disk "missing", "io".
Result<QString> inspectMediaFile(const QString &file, const Endpoint &endpoint, const QString &field);

} // namespace plantain
