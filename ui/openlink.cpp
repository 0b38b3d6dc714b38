#include "openlink.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
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

void showInFolder(const QString &file, QObject *context, const std::function<void(bool)> &shown)
{
    constexpr int milliseconds = 5000; // a file manager may have to start first
    const QString service = u"org.freedesktop.FileManager1"_s;
    QDBusMessage call = QDBusMessage::createMethodCall(service, u"/org/freedesktop/FileManager1"_s, service, u"ShowItems"_s);
    call << QStringList { QString::fromLatin1(QUrl::fromLocalFile(file).toEncoded()) } << QString();
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, milliseconds), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, file, shown] {
        watcher->deleteLater();
        shown(!watcher->isError() || openFolder(QFileInfo(file).absolutePath()));
    });
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
