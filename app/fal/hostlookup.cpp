#include "hostlookup.h"

#include <QHostInfo>

namespace plantain {

HostLookup systemHostLookup()
{
    return [](const QString &host, QObject *context, std::function<void(const QList<QHostAddress> &)> found) {
        QHostInfo::lookupHost(host, context, [found = std::move(found)](const QHostInfo &info) { found(info.addresses()); });
    };
}

} // namespace plantain
