#pragma once

#include "runrecord.h"
#include "uploads.h"

#include <set>

namespace plantain {

/// Gives every reference of a run that is a file an address on the server; those that are addresses stay. Ends with one
/// `finished`: the references with their addresses, or what the server refused. Destroying it lets go of the transfers.
class ReferenceUpload final : public QObject
{
    Q_OBJECT
public:
    ReferenceUpload(Uploads &uploads, FalClient &client, std::vector<ReferenceRecord> references, QObject *parent = nullptr);
    ~ReferenceUpload() override;

    void start();
    const std::vector<ReferenceRecord> &references() const { return m_references; }

Q_SIGNALS:
    void progressed(qint64 sent, qint64 total);
    void waiting(const QString &why);
    void finished(const std::optional<plantain::Error> &error);

private:
    void stored(const QString &sha256, const QUrl &url);
    void refused(const QString &sha256, Error error);
    void report();
    void finish(const std::optional<Error> &error);

    Uploads &m_uploads;
    FalClient &m_client;
    std::vector<ReferenceRecord> m_references;
    std::map<QString, std::shared_ptr<FileTransfer>> m_transfers; ///< by hash: the same file twice is one upload
    std::set<QString> m_open; ///< hashes that have no address yet
};

} // namespace plantain
