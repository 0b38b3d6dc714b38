#pragma once

#include <QString>

#include <functional>

class QObject;
class QUrl;

namespace plantain {

// The one place from which something is opened outside the program (reliability.md R26).

/// A folder of this machine in the desktop's file manager. False when it is no folder or nothing opens it.
bool openFolder(const QString &folder);
/// The folder of a file, with the file selected where the desktop has a file manager that answers to
/// org.freedesktop.FileManager1; otherwise as openFolder(). `shown` hears later, unless `context` is gone, whether anything opened.
void showInFolder(const QString &file, QObject *context, const std::function<void(bool)> &shown);
/// A picture of this machine (PNG, JPEG, WebP by its name) in the desktop's own viewer.
bool openPicture(const QString &file);

/// A page of fal in the desktop's browser. False for any other address, or when nothing opens it.
bool openPage(const QUrl &page);
bool isPageOfFal(const QUrl &page); ///< https, and a host of the fixed list
QUrl keysPage(); ///< where fal gives keys out

} // namespace plantain
