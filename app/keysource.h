#pragma once

#include <QByteArray>

namespace plantain {

/// The key of the chosen server from FAL_KEY, or FAL_KEY_ID and FAL_KEY_SECRET; empty when there is none. Both are then
/// taken out of the environment, so that no child process inherits them (reliability.md R5). White space around it and a
/// "Key " in front are dropped; what could not stand in a header is no key.
QByteArray takeKeyFromEnvironment();

} // namespace plantain
