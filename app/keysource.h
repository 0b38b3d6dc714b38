#pragma once

#include <QByteArray>

namespace plantain {

/// The key in FAL_KEY, or FAL_KEY_ID and FAL_KEY_SECRET, as keyFromText reads it; empty when there is none. They are then
/// taken out of the environment, so that no child process inherits them (reliability.md R5).
QByteArray takeKeyFromEnvironment();

} // namespace plantain
