#pragma once

#include <QStringList>

namespace plantain {

/// The strings a prompt puts in quotes, in order: '...' "..." and their curly, low and angled forms. An apostrophe
/// inside a word quotes nothing.
QStringList quotedStrings(const QString &prompt);

} // namespace plantain
