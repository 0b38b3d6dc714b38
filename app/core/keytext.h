#pragma once

#include "result.h"

#include <QByteArray>

namespace plantain {

/// A key as a person pasted it: white space, quotes and a "Key " in front are dropped. Error: InvalidInput with a whole
/// sentence that does not repeat what was typed; what could not stand in a header is no key.
Result<QByteArray> keyFromText(const QString &text);

} // namespace plantain
