#pragma once

#include "json.h"

#include <QStringList>

#include <span>

namespace plantain {

/// One documented model error (fal-protocol.md 4.1), as the sandbox gives it on demand.
struct ModelErrorType
{
    QLatin1StringView type;
    int status;
    bool retryable;
    QLatin1StringView field; ///< where it usually points; empty: at the body as a whole
    QLatin1StringView message;
    QLatin1StringView context; ///< `ctx` as JSON; empty: none
};
std::span<const ModelErrorType> modelErrorTypes();

/// One documented request error (fal-protocol.md 4.2).
struct RequestErrorType
{
    QLatin1StringView type;
    int status;
    QLatin1StringView message;
};
std::span<const RequestErrorType> requestErrorTypes();

const ModelErrorType *findModelError(const QString &type);
const RequestErrorType *findRequestError(const QString &type);

/// An entry of a model error's `detail` list.
Json detailEntry(const QString &type, const QStringList &location, const QString &message);

} // namespace plantain
