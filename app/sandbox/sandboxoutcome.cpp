#include "sandboxoutcome.h"

#include "errortypes.h"

using namespace Qt::StringLiterals;

namespace plantain {

SandboxOutcome requestError(const QString &type)
{
    const RequestErrorType &entry = *findRequestError(type);
    const QString message = entry.message;
    return { .status = entry.status,
             .body = toBytes(Json { { "detail", toJson(message) }, { "error_type", toJson(type) } }),
             .headers = { { "X-Fal-Error-Type", type.toLatin1() } },
             .error = message,
             .errorType = type };
}

SandboxOutcome modelErrorAt(const QString &type, const QStringList &location, const QString &message)
{
    const ModelErrorType &entry = *findModelError(type);
    Json detail = detailEntry(type, location, message);
    if (!entry.context.isEmpty())
        detail["ctx"] = parseJson(QByteArray(entry.context.data(), entry.context.size())).value_or(Json::object());
    SandboxOutcome outcome { .status = entry.status,
                             .body = toBytes(Json { { "detail", Json::array({ std::move(detail) }) } }),
                             .headers = { { "X-Fal-Retryable", entry.retryable ? "true" : "false" } },
                             .error = message,
                             .errorType = type };
    if (entry.status == 422)
        outcome.headers.emplaceBack("X-Fal-Billable-Units", "0");
    return outcome;
}

SandboxOutcome modelError(const QString &type)
{
    const ModelErrorType &entry = *findModelError(type);
    const QStringList location = entry.field.isEmpty() ? QStringList() : QStringList { QString(entry.field) };
    return modelErrorAt(type, location, entry.message);
}

SandboxOutcome validationError(Json detail)
{
    return { .status = 422,
             .body = toBytes(Json { { "detail", std::move(detail) } }),
             .headers = { { "X-Fal-Retryable", "false" }, { "X-Fal-Billable-Units", "0" } },
             .error = u"Input validation failed"_s,
             .errorType = u"validation_error"_s };
}

SandboxOutcome plainError(int status, const QString &text)
{
    return { .status = status, .body = toBytes(Json { { "detail", toJson(text) } }), .headers = {}, .error = text, .errorType = {} };
}

} // namespace plantain
