#pragma once

#include "json.h"
#include "sandboxrequest.h"

namespace plantain {

/// The bodies of fal's queue. `origin` is the base the client used; the URLs lie on owner/alias, without the sub path
/// that was posted to (fal-protocol.md 2).
Json submitReply(const QByteArray &origin, const EndpointId &endpoint, const QString &id, int position);
/// `logs`: whether they were asked for; the key is always there.
Json statusReply(const QByteArray &origin, const SandboxSnapshot &snapshot, bool logs);

/// "2024-12-20T15:37:17.120314": microseconds, no zone, as fal writes log times.
QByteArray logTime(qint64 microseconds);
/// "2024-12-20T15:37:17.120Z"
QByteArray platformTime(qint64 microseconds);

} // namespace plantain
