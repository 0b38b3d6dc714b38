#include "sandboxledger.h"

#include "json.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <memory>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace plantain {

Result<std::unique_ptr<SandboxLedger>> SandboxLedger::open(const QString &path)
{
    auto ledger = std::make_unique<SandboxLedger>();
    if (path.isEmpty())
        return ledger;
    ledger->m_file.setFileName(path);
    if (!ledger->m_file.open(QIODevice::WriteOnly | QIODevice::Append)) {
        return failure({ .kind = ErrorKind::Disk,
                         .type = u"io"_s,
                         .message = u"%1: %2"_s.arg(path, ledger->m_file.errorString()) });
    }
    return ledger;
}

bool SandboxLedger::write(const char *kind, const QString &requestId, const QString &endpointId, const QByteArray &body)
{
    if (!m_file.isOpen())
        return true;
    const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
    const Json line { { "time", QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString() },
                      { "kind", kind },
                      { "request_id", requestId.toStdString() },
                      { "endpoint_id", endpointId.toStdString() },
                      { "input_sha256", hash.toStdString() } };
    const QByteArray bytes = toBytes(line) + '\n';
    const std::lock_guard lock(m_mutex);
    return m_file.write(bytes) == bytes.size() && m_file.flush() && ::fdatasync(m_file.handle()) == 0;
}

} // namespace plantain
