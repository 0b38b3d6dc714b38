#pragma once

#include "result.h"
#include "uploadrecord.h"

#include <functional>

namespace plantain {

/// A file on its way into the server's storage (fal-protocol.md 7.1).
struct UploadPlan
{
    QString file; ///< absolute; read while it is sent, and must not change meanwhile
    QString name; ///< for the server
    QString contentType;
    std::chrono::seconds lifetime {}; ///< to be asked for; 0: what the account says
    qint64 partBytes = 0; ///< 0: in one piece
    int partsAtOnce = 1;
    std::optional<PartsUpload> begun; ///< goes on with this one; its size of a part counts
};

/// What happens on the way, on the thread of the client; each may be empty.
struct UploadEvents
{
    std::function<void(qint64 sent, qint64 total)> progressed;
    /// An upload in parts has begun, or the storage has confirmed another part: with this one can go on later.
    std::function<void(const PartsUpload &)> stored;
    /// Once, last: the address. An upload that the storage itself turned down is ErrorKind::Refused with the type
    /// "storage_refused", whatever the status: it says nothing about the account.
    std::function<void(Result<QUrl>)> finished;
};

} // namespace plantain
