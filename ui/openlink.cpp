#include "openlink.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace plantain {

bool openFolder(const QString &folder)
{
    return QFileInfo(folder).isDir() && QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

bool isPageOfFal(const QUrl &page)
{
    return page.isValid() && page.scheme() == "https"_L1 && page.host() == "fal.ai"_L1 && page.port() == -1
        && page.userInfo().isEmpty();
}

bool openPage(const QUrl &page)
{
    return isPageOfFal(page) && QDesktopServices::openUrl(page);
}

QUrl keysPage()
{
    return QUrl(u"https://fal.ai/dashboard/keys"_s);
}

} // namespace plantain
