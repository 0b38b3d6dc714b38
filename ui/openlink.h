#pragma once

#include <QString>

class QUrl;

namespace plantain {

// The one place from which something is opened outside the program (reliability.md R26).

/// A folder of this machine in the desktop's file manager. False when it is no folder or nothing opens it.
bool openFolder(const QString &folder);
/// A picture of this machine (PNG, JPEG, WebP by its name) in the desktop's own viewer.
bool openPicture(const QString &file);

/// A page of fal in the desktop's browser. False for any other address, or when nothing opens it.
bool openPage(const QUrl &page);
bool isPageOfFal(const QUrl &page); ///< https, and a host of the fixed list
QUrl keysPage(); ///< where fal gives keys out

} // namespace plantain
