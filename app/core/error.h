#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

namespace plantain {

/// What went wrong, coarse enough to decide what happens next. The words a person reads are made from this in one
/// place (session/errortext); the families of fal's own errors are in fal-protocol.md 4.
enum class ErrorKind {
    InvalidInput, ///< refused by us before anything was sent; `field` says where
    Cancelled,
    NotSent, ///< nothing left this machine: refused, no route, no name, TLS, connect timeout
    NoAnswer, ///< bytes left and no usable answer came: the fate is not known
    NoKey, ///< the server wants a key and none is there
    Keyring, ///< the desktop's keyring; `type`: "missing", "refused", "silent"
    BadKey, ///< 401
    Locked, ///< 403: no balance, or the key lacks a scope
    NotFound, ///< 404
    RateLimited, ///< 429
    Refused, ///< the server said no to the input (400, 405, 413, 415, 422)
    Model, ///< the model's own error (fal-protocol.md 4.1); `type` names it
    Infrastructure, ///< fal's request errors (fal-protocol.md 4.2); `type` names it
    ServerFault, ///< any other 5xx
    BadReply, ///< HTML, broken JSON, a field that is missing
    BadPicture, ///< not a picture, truncated, over a limit
    Expired, ///< the server no longer has it
    TimedOut,
    Disk, ///< `type`: "full", "readonly", "io", "missing", "away" (the whole library)
    Database, ///< `type`: "damaged", "newer", "io"
    LibraryInUse, ///< another process holds the library
    BadEndpoint, ///< an endpoint document that cannot be used, or an unknown id
};

struct Error
{
    ErrorKind kind = ErrorKind::BadReply;
    QString type; ///< fal's error type ("content_policy_violation") or ours; may be empty
    QString message; ///< what the server or the system said, plain text, never with a key in it
    QString field; ///< path in the input: "prompt", "image_urls/0"; empty when it concerns no field
    int httpStatus = 0; ///< 0 when there was no HTTP answer
    std::optional<bool> retryable; ///< as the server said (X-Fal-Retryable)
    int retryAfterSeconds = 0; ///< from Retry-After, 0 when not said

    bool operator==(const Error &) const = default;
};

/// Stable word of a kind, for JSON output and the database: "invalid_input", "no_answer", ...
QString wordOf(ErrorKind kind);
std::optional<ErrorKind> errorKindOf(const QString &word);

} // namespace plantain

Q_DECLARE_METATYPE(plantain::Error)
