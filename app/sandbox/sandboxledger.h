#pragma once

#include "result.h"

#include <QFile>

#include <memory>
#include <mutex>

namespace plantain {

/// One synced line of JSON for every submit that was taken, written before the client hears of it: the truth that
/// tests hold a client against. Thread-safe. Without a file it does nothing.
class SandboxLedger final
{
public:
    static Result<std::unique_ptr<SandboxLedger>> open(const QString &path);
    /// `kind`: "queue" or "run". False when it could not be written and synced.
    bool write(const char *kind, const QString &requestId, const QString &endpointId, const QByteArray &body);

private:
    std::mutex m_mutex;
    QFile m_file;
};

} // namespace plantain
