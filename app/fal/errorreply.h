#pragma once

#include "httphead.h"
#include "json.h"
#include "result.h"

class QDateTime;

namespace plantain {

/// The Error a reply of status 300 and above stands for: fal's two families (fal-protocol.md 4), the platform's
/// {"error": {...}}, a bare sentence, or a page of HTML, whose first line is taken as plain text.
Error errorOfReply(const HttpHead &head, const QByteArray &body);

/// Whether an error reply to the result call is the server's last word: a list of model errors, or a request error
/// named in X-Fal-Error-Type. Anything else may be weather.
bool isFinalWord(const HttpHead &head, const QByteArray &body);

/// Seconds, or an HTTP date seen from `now`; between 1 s and 15 min, or 0 when it says neither.
int retryAfterSeconds(const QByteArray &value, const QDateTime &now);

/// ["body", "image_urls", 0] -> "image_urls/0".
QString fieldOf(const Json &location);

/// The first line a person would read of a body that is not JSON; at most 200 characters.
QString plainFirstLine(const QByteArray &body);

/// Whether the word names a request error of fal's (fal-protocol.md 4.2).
bool isInfrastructureType(const QString &type);

} // namespace plantain
