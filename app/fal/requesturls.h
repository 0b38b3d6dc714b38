#pragma once

#include "falclient.h"

namespace plantain {

/// `base` with a path below its own.
QUrl urlBelow(const QUrl &base, const QString &path);

/// "owner/alias[/more]" of plain segments; anything else could change the path it is put into.
bool isPlainEndpoint(const EndpointId &endpoint);
/// fal's ids are UUIDs; this is what we dare to put into a path.
bool isUsableRequestId(const QString &id);

/// The addresses of one request: those the server gave when they are its own, else built from its base (fal-protocol.md 2).
QUrl statusUrlOf(const Ticket &ticket, const Server &server);
QUrl streamUrlOf(const Ticket &ticket, const Server &server);
QUrl responseUrlOf(const Ticket &ticket, const Server &server);
QUrl cancelUrlOf(const Ticket &ticket, const Server &server);

} // namespace plantain
