#include "desktopnotices.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

} // namespace

DesktopNotices::DesktopNotices(QObject *parent)
    : QObject(parent)
{
}

void DesktopNotices::show(const QString &title, const QString &body)
{
    if (!m_bus) {
        m_bus = QDBusConnection::sessionBus();
        m_bus->connect(service, path, service, u"ActionInvoked"_s, this, SLOT(actionInvoked(uint, QString)));
    }
    if (!m_bus->isConnected())
        return;
    if (m_markup) {
        send(title, body);
        return;
    }
    const auto asked = m_bus->asyncCall(QDBusMessage::createMethodCall(service, path, service, u"GetCapabilities"_s));
    auto *watcher = new QDBusPendingCallWatcher(asked, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, title, body] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        if (reply.isError())
            return; // no service; it is asked for again the next time
        m_markup = reply.value().contains("body-markup"_L1);
        send(title, body);
    });
}

void DesktopNotices::send(const QString &title, const QString &body)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
    call << u"Plantain"_s << uint(0) << u"plantain"_s << title << (*m_markup ? body.toHtmlEscaped() : body)
         << QStringList { u"default"_s, tr("Show") } << QVariantMap { { u"desktop-entry"_s, u"plantain"_s } } << -1;
    auto *watcher = new QDBusPendingCallWatcher(m_bus->asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (!reply.isError())
            m_shown.append(reply.value());
    });
}

void DesktopNotices::actionInvoked(uint id, const QString &action)
{
    if (action == "default"_L1 && m_shown.contains(id))
        Q_EMIT opened();
}

} // namespace plantain
