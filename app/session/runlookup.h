#pragma once

#include "falclient.h"
#include "runrecord.h"

#include <QPromise>

namespace plantain {

class Library;

/// One look into the server's request history for what became of a run: the one request there that has the run's input
/// and belongs to no other run. GUI thread; ends with one result, dropping it ends the look.
class RunLookUp final : public QObject
{
    Q_OBJECT
public:
    struct Found
    {
        QString requestId; ///< empty: none, or not one alone
        QString words; ///< what a person is told

        bool operator==(const Found &) const = default;
    };

    RunLookUp(Library &library, FalClient &client, RunRecord record, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(const plantain::Result<plantain::RunLookUp::Found> &found);

private:
    void take(const std::vector<HistoryEntry> &entries);
    void judge(const QStringList &matches);
    QDateTime sentAt() const;

    Library &m_library;
    FalClient &m_client;
    const RunRecord m_record;
    CallHandle m_call;
};

} // namespace plantain
