#pragma once

#include <QDBusConnection>
#include <QObject>

#include <optional>

namespace plantain {

/// Notifications of the desktop (org.freedesktop.Notifications). Nothing waits for the service; where there is none,
/// nothing is shown. Text is plain: what a service would read as markup is escaped. GUI thread.
class DesktopNotices final : public QObject
{
    Q_OBJECT
public:
    explicit DesktopNotices(QObject *parent = nullptr);

public Q_SLOTS:
    void show(const QString &title, const QString &body);

Q_SIGNALS:
    void opened(); ///< a person pressed one of ours

private Q_SLOTS:
    void actionInvoked(uint id, const QString &action);

private:
    void send(const QString &title, const QString &body);

    std::optional<QDBusConnection> m_bus; ///< from the first notice on
    std::optional<bool> m_markup; ///< the service reads markup in the body
    QList<uint> m_shown;
};

} // namespace plantain
