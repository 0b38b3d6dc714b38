#pragma once

#include "result.h"
#include "server.h"

#include <QHostAddress>

namespace plantain {

/// Whether a URL that a server returned may be used with the key: on the server's queue origin, https or loopback,
/// no user info, no fragment, at most 8 KiB (R4).
bool isOwnUrl(const QUrl &url, const Server &server);

/// The gate of R11 for addresses somebody else named: https, or http to this machine when the chosen server is on this
/// machine; no user info; at most 8 KiB; no host that is this machine or a private, link-local, shared, multicast or
/// reserved address by its literal or its name - unless it is the host of the chosen server.
/// What a public name resolves to is looked at by Wire::whenOutside().
Result<QUrl> gated(const QString &text, const Server &server);
Result<QUrl> gated(const QUrl &url, const Server &server);

/// What is said of an address that is not asked.
Error unexpectedAddress(const QString &what);

/// Whether a host is an address or a name that no public server can have.
bool isInternalHost(const QString &host);

/// Whether a name that resolves to this leads into this machine or its network. Less than isInternalHost() knows: where a
/// network has a proxy or a translator answer all names, theirs are the addresses of the whole world (198.18.0.0/15 of
/// proxies, 64:ff9b::/96 of NAT64, which is judged by the address inside).
bool leadsInside(const QHostAddress &address);

} // namespace plantain
