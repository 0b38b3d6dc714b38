#pragma once

#include "database.h"
#include "runrecord.h"
#include "runsummary.h"

namespace plantain {

/// A record with the number of its version.
struct StoredRun
{
    RunRecord record;
    qint64 revision = 0;
};

/// What of a run is a person's own: a run that goes on takes nothing from it, and it takes nothing from the run.
struct PersonsPart
{
    struct Deleted
    {
        Deletion deletion = Deletion::None;
        QString file; ///< that was deleted: one that is fetched anew after it had gone is there again
    };

    QString note;
    std::vector<Vote> votes;
    Deletion deletion = Deletion::None;
    QHash<int, Marks> marks; ///< of pictures, by their place in the result; those that have any
    QHash<int, Deleted> deleted; ///< likewise

    static PersonsPart of(const RunRecord &record);
    void putInto(RunRecord &record) const;
};

/// What of a run is needed to judge a change, without reading it whole.
struct RunPlace
{
    qint64 sequence = 0;
    qint64 revision = 0;
    RunState state = RunState::Intent;
    CancelOutcome cancel = CancelOutcome::NotAsked;
    QDateTime createdAt;
    PersonsPart persons;
};

/// The rows of runs in a database. On the database's thread; a transaction is the caller's.
class RunTable
{
public:
    explicit RunTable(Database &database)
        : m_database(database)
    {
    }

    /// A new row at `record.sequence`, or at the next free one when that is 0 or taken. The sequence it got.
    Result<qint64> insert(const RunRecord &record, qint64 revision);
    Result<void> update(const RunRecord &record, qint64 revision);

    Result<std::optional<RunPlace>> place(const RunId &id);
    Result<std::optional<StoredRun>> find(const RunId &id);
    Result<std::vector<RunRecord>> open(); ///< not final, oldest first
    Result<std::vector<RunRecord>> briefly(const std::vector<qint64> &sequences); ///< without the bytes sent and received
    Result<std::vector<RunRecord>> after(qint64 sequence, int count); ///< oldest first
    Result<std::vector<RunSummary>> summariesBefore(qint64 sequence, int count); ///< newest first
    Result<std::vector<RunRecord>> trashed(); ///< that have something in the trash; what lists need of them, oldest first
    Result<int> count();
    /// By hash, the oldest picture of that content, of another run than `except`; not of what has left the trash.
    Result<QHash<QString, PictureId>> firstWith(const QStringList &hashes, const RunId &except);
    /// Those of these request ids that another run than `except` has.
    Result<QStringList> claimedRequests(const QStringList &requestIds, const RunId &except);
    /// All runs by id: the revision of those that may still change, nothing for the others.
    using Known = QHash<RunId, std::optional<qint64>>;
    Result<Known> known();

private:
    Result<void> changeWords(qint64 sequence, const struct RunWords &words);
    Result<void> writeBodies(const RunRecord &record);
    Result<void> writeImages(const RunRecord &record);
    Result<std::vector<StoredRun>> select(const QString &condition, const QVariantList &values);

    Database &m_database;
};

} // namespace plantain
