#pragma once

#include <QString>

namespace plantain {

/// The one place from which something is opened outside the program (reliability.md R26): a folder of this machine in
/// the desktop's file manager. False when it is no folder or nothing opens it; so with the other.
bool openFolder(const QString &folder);
/// A picture of this machine (PNG, JPEG, WebP by its name) in the desktop's own viewer.
bool openPicture(const QString &file);

} // namespace plantain
