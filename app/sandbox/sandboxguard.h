#pragma once

#include "servermessage.h"

namespace plantain {

/// Who may speak to the sandbox at all (reliability.md R28, R30): decided from the head alone, before a byte of the
/// body is read. A page in a browser must not reach it: not by a name that resolves to loopback, not by a form.
std::optional<ServerReply> refuseAtTheDoor(const ServerRequest &request, quint16 port);

inline constexpr qint64 maxInputBytes = 64 * 1024 * 1024; ///< of a JSON body; fal names no cap for data URIs
inline constexpr qint64 maxUploadBytes = 128 * 1024 * 1024; ///< of one PUT; clients switch to parts at 90 MiB

/// `{"detail": text}`: the body of a gateway's refusal.
ServerReply refusal(int status, const QByteArray &detail);

} // namespace plantain
