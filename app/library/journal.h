#pragma once

#include "database.h"
#include "deletionchange.h"
#include "runtable.h"
#include "sidecars.h"
#include "uploadtable.h"

#include <functional>

namespace plantain {

/// The stored runs: rows in the database and, beside them, sidecars. On the library thread, inside of begin/commit
/// for everything that writes.
///
/// A sidecar is written and synced before the commit, and gets its name right after it, before anybody hears of the
/// commit. So it is never ahead of a database that is whole, and never behind anything that was acknowledged; what it
/// says holds when the database is lost at any moment. That includes `sending`: a sidecar at `intent` proves that
/// nothing was sent, else making the database again could submit a second time. One is written whenever the state or
/// the cancel or what is the person's own changes and at every change of a final run. Two syncs (0.4 ms where the disk is idle) are not spent on
/// progress within a state, nor on `fetched`, which `done` follows at once: those can be done again.
class Journal
{
public:
    Journal(Database database, const LibraryFolder &folder);
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    Result<void> begin();
    Result<void> savepoint(); ///< of the job that follows
    Result<void> rollbackToSavepoint();
    Result<void> commit();
    void rollback();
    /// Whether every sidecar got its name; tries again where not. Asked before the library is closed.
    bool finishSidecars();

    Result<RunRecord> add(RunRecord record);
    /// What is the person's own is left as it is stored: who has a run in hand took it from here a while ago.
    Result<RunRecord> store(RunRecord record);
    /// Changes what is the person's own, and keeps nothing else of what `edit` does. May be called twice.
    Result<RunRecord> amend(const RunId &id, const std::function<void(RunRecord &)> &edit);
    /// One change of all of them. What is not in a state to be changed so is left: trashed is what is there, taken back or
    /// emptied what is trashed, and nothing of a run that still goes on.
    Result<DeletionChange> setDeletion(const std::vector<PictureId> &pictures, Deletion deletion);
    Result<RunRecord> find(const RunId &id);
    Result<std::vector<RunRecord>> openRuns();

    RunTable &table() { return m_table; }
    Database &database() { return m_database; }
    UploadTable &uploads() { return m_uploads; } ///< no sidecar has them
    const Sidecars &sidecars() const { return m_sidecars; }

private:
    void makePictureFolder(const RunRecord &record) const;
    bool needsSidecar(const RunPlace &before, const RunRecord &after) const;
    Result<StoredRun> stored(const RunId &id);
    Result<void> change(StoredRun &run);
    Result<void> prepareSidecar(const RunRecord &record, qint64 revision);

    LibraryFolder m_folder;
    Database m_database;
    RunTable m_table;
    UploadTable m_uploads;
    Sidecars m_sidecars;
    std::vector<DurableFile> m_prepared; ///< published after the commit
    size_t m_preparedAtSavepoint = 0;
    QSet<RunId> m_behind; ///< runs whose sidecar could not be renamed
};

} // namespace plantain
