#pragma once

#include "result.h"
#include "server.h"

namespace plantain {

/// Whether a URL that a server returned may be used with the key: on the server's queue origin, https or loopback,
/// no user info, no fragment, at most 8 KiB (R4).
bool isOwnUrl(const QUrl &url, const Server &server);

/// The gate of R11 for addresses somebody else named: https, or http to this machine when the chosen server is on this
/// machine; no user info; at most 8 KiB; no host that is this machine or a private, link-local, shared, multicast or
/// reserved address by its literal or its name - unless it is the host of the chosen server.
/// Not covered: a public name that resolves to such an address. Qt tells the address of a connection nowhere before
/// the request is out, and a look-up of our own would not bind the one Qt makes; what is sent there carries no key.
Result<QUrl> gated(const QString &text, const Server &server);
Result<QUrl> gated(const QUrl &url, const Server &server);

/// Whether a host is an address or a name that no public server can have.
bool isInternalHost(const QString &host);

} // namespace plantain
