#pragma once

#include "json.h"

#include <QByteArray>
#include <QList>
#include <QPair>

namespace plantain {

/// The end of a job, replayed at the result.
struct SandboxOutcome
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    QList<QPair<QByteArray, QByteArray>> headers;
    QString error, errorType; ///< for the status; empty when it went well
    bool keepOutput = true; ///< in the history; false for sync_mode
    bool truncated = false; ///< the reply hangs up in the middle
};

/// One of fal-protocol.md 4.2. The type must be one of errortypes.h.
SandboxOutcome requestError(const QString &type);
/// One of fal-protocol.md 4.1, as its table has it.
SandboxOutcome modelError(const QString &type);
/// The same at a place of the input and with a message of its own.
SandboxOutcome modelErrorAt(const QString &type, const QStringList &location, const QString &message);
/// 422 with a list of problems; free of charge.
SandboxOutcome validationError(Json detail);
/// `{"detail": text}` with any code.
SandboxOutcome plainError(int status, const QString &text);

} // namespace plantain
