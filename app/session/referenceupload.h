#pragma once

#include "falclient.h"

#include <QFile>
#include <QTimer>

namespace plantain {

class Library;

/// Gives every reference of a run that is a file an address on the server. Weather is retried for as long as it lives;
/// ends with one `finished`: the references with their addresses, or what the server refused.
class ReferenceUpload final : public QObject
{
    Q_OBJECT
public:
    ReferenceUpload(const Library &library, FalClient &client, std::vector<ReferenceRecord> references,
                    QObject *parent = nullptr);

    void start();
    const std::vector<ReferenceRecord> &references() const { return m_references; }

Q_SIGNALS:
    void progressed(qint64 sent, qint64 total);
    void waiting(const QString &why);
    void finished(const std::optional<plantain::Error> &error);

private:
    void next();
    void failed(Error error);

    const Library &m_library;
    FalClient &m_client;
    std::vector<ReferenceRecord> m_references;
    size_t m_at = 0;
    QFile m_source;
    CallHandle m_call;
    QTimer m_retry;
    qint64 m_done = 0, m_total = 0;
    int m_failures = 0;
};

} // namespace plantain
