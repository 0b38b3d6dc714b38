#include "openlink.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QStringList>
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

bool openPicture(const QString &file)
{
    // By the name, as the desktop decides by it: nothing that could be run or be a page is ever handed over.
    static const QStringList suffixes { u"png"_s, u"jpg"_s, u"jpeg"_s, u"webp"_s };
    const QFileInfo info(file);
    return info.isFile() && suffixes.contains(info.suffix().toLower())
        && QDesktopServices::openUrl(QUrl::fromLocalFile(file));
}

} // namespace plantain
