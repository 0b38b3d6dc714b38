#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>

#include <functional>

namespace plantain {

/// Asks for the addresses of a name. The last argument is called once, later, unless the context goes before; with none
/// when the name is not known.
using HostLookup = std::function<void(const QString &, QObject *, std::function<void(const QList<QHostAddress> &)>)>;

/// The system's. Qt remembers the answer for a minute and connects to what it remembers.
HostLookup systemHostLookup();

} // namespace plantain
