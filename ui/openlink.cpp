#include "openlink.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

namespace plantain {

bool openFolder(const QString &folder)
{
    return QFileInfo(folder).isDir() && QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

} // namespace plantain
