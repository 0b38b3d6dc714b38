#include "uploads.h"

#include "library.h"

using namespace Qt::StringLiterals;

namespace plantain {

Uploads::Uploads(Library &library, const UploadRules &rules, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_rules(rules)
{
}

std::shared_ptr<FileTransfer> Uploads::transfer(FalClient &client, const ReferenceRecord &file)
{
    const Key key { storageNameOf(client.server()), file.sha256 };
    if (const auto found = m_transfers.find(key); found != m_transfers.end()) {
        if (auto joined = found->second.lock())
            return joined;
    }
    // The last to let go may do so inside one of its signals.
    const std::shared_ptr<FileTransfer> made(new FileTransfer(m_library, client, m_rules, file), [](FileTransfer *transfer) {
        transfer->stop();
        transfer->deleteLater();
    });
    std::erase_if(m_transfers, [](const auto &entry) { return entry.second.expired(); });
    m_transfers.insert_or_assign(key, made);
    relay(*made, key);
    connect(made.get(), &FileTransfer::turnWanted, this,
            [this, server = key.first, raw = made.get()] { wantTurn(server, raw); });
    connect(made.get(), &FileTransfer::turnOver, this, [this, server = key.first] { leave(server); });
    made->begin();
    return made;
}

void Uploads::relay(FileTransfer &transfer, const Key &key)
{
    const auto tell = [this, &transfer](UploadState::Phase phase) {
        Q_EMIT changed(transfer.sha256(), { phase, transfer.sent(), transfer.bytes() });
    };
    const auto end = [this, tell, key](UploadState::Phase phase) {
        m_transfers.erase(key);
        tell(phase);
    };
    connect(&transfer, &FileTransfer::turnWanted, this, [tell] { tell(UploadState::Phase::Waiting); });
    connect(&transfer, &FileTransfer::progressed, this, [tell] { tell(UploadState::Phase::Sending); });
    connect(&transfer, &FileTransfer::waiting, this, [tell] { tell(UploadState::Phase::Waiting); });
    connect(&transfer, &FileTransfer::stored, this, [end] { end(UploadState::Phase::Stored); });
    connect(&transfer, &FileTransfer::refused, this, [end] { end(UploadState::Phase::Refused); });
}

void Uploads::wantTurn(const QString &server, FileTransfer *transfer)
{
    m_lanes[server].waiting.emplace_back(transfer);
    startNext(server);
}

void Uploads::leave(const QString &server)
{
    --m_lanes[server].running;
    startNext(server);
}

void Uploads::startNext(const QString &server)
{
    Lane &lane = m_lanes[server];
    while (lane.running < m_rules.filesAtOnce && !lane.waiting.empty()) {
        const QPointer<FileTransfer> next = lane.waiting.front();
        lane.waiting.pop_front();
        if (!next || next->isStopped())
            continue;
        ++lane.running;
        next->takeTurn();
    }
}

bool Uploads::forgetLost(const FalClient &client, const RunRecord &run, const Error &error)
{
    if (error.type != "file_download_error"_L1)
        return false;
    bool any = false;
    for (const ReferenceRecord &reference : run.references) {
        const QString place = placeOf(reference.field, reference.index);
        const bool isMeant = error.field.isEmpty() || error.field == reference.field || error.field == place;
        if (reference.sha256.isEmpty() || !isMeant)
            continue;
        m_library.forgetUpload(storageNameOf(client.server()), reference.sha256);
        any = true;
    }
    return any;
}

QString storageNameOf(const Server &server)
{
    return server.isSandbox ? server.queue.toString() : server.name;
}

} // namespace plantain
