#include "referenceupload.h"

#include <QTimer>

#include <algorithm>

namespace plantain {

ReferenceUpload::ReferenceUpload(Uploads &uploads, FalClient &client, std::vector<ReferenceRecord> references, QObject *parent)
    : QObject(parent)
    , m_uploads(uploads)
    , m_client(client)
    , m_references(std::move(references))
{
}

ReferenceUpload::~ReferenceUpload() = default;

void ReferenceUpload::start()
{
    for (const ReferenceRecord &reference : m_references) {
        if (!reference.file.isEmpty())
            m_open.insert(reference.sha256);
    }
    if (m_open.empty()) {
        QTimer::singleShot(0, this, [this] { finish(std::nullopt); });
        return;
    }
    for (const ReferenceRecord &reference : m_references) {
        const QString &sha256 = reference.sha256;
        if (reference.file.isEmpty() || m_transfers.contains(sha256))
            continue;
        const auto transfer = m_uploads.transfer(m_client, reference);
        m_transfers.emplace(sha256, transfer);
        connect(transfer.get(), &FileTransfer::progressed, this, &ReferenceUpload::report);
        connect(transfer.get(), &FileTransfer::waiting, this, &ReferenceUpload::waiting);
        connect(transfer.get(), &FileTransfer::stored, this, [this, sha256](const QUrl &url) { stored(sha256, url); });
        connect(transfer.get(), &FileTransfer::refused, this, [this, sha256](const Error &error) { refused(sha256, error); });
    }
}

void ReferenceUpload::stored(const QString &sha256, const QUrl &url)
{
    for (ReferenceRecord &reference : m_references) {
        if (reference.sha256 == sha256)
            reference.url = url;
    }
    report();
    if (m_open.erase(sha256) > 0 && m_open.empty())
        finish(std::nullopt);
}

void ReferenceUpload::refused(const QString &sha256, Error error)
{
    const auto first = std::ranges::find(m_references, sha256, &ReferenceRecord::sha256);
    error.field = placeOf(first->field, first->index);
    finish(error);
}

void ReferenceUpload::report()
{
    qint64 sent = 0, total = 0;
    for (const auto &[sha256, transfer] : m_transfers) {
        sent += transfer->sent();
        total += transfer->bytes();
    }
    Q_EMIT progressed(sent, total);
}

void ReferenceUpload::finish(const std::optional<Error> &error)
{
    for (const auto &[sha256, transfer] : m_transfers)
        transfer->disconnect(this);
    m_open.clear();
    Q_EMIT finished(error);
}

} // namespace plantain
