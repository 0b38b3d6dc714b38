#pragma once

#include "durablefile.h"
#include "runtable.h"

#include <QSet>

namespace plantain {

/// The files in runs/ from which the database can be made again: runs/YYYY/MM/<run id>.json, the whole record as
/// people can read it, and its revision. Any one thread.
class Sidecars
{
public:
    explicit Sidecars(LibraryFolder folder)
        : m_folder(std::move(folder))
    {
    }

    static QString pathOf(const RunId &id); ///< relative; by the time in the id, else in runs/undated

    /// Written and synced under a temporary name: what is left is a rename.
    Result<DurableFile> prepare(const RunRecord &record, qint64 revision) const;
    /// Renames all, and syncs each folder once. The runs for which that failed; their temporaries stay.
    QSet<RunId> publish(std::vector<DurableFile> prepared) const;
    Result<void> write(const RunRecord &record, qint64 revision) const; ///< both

    Result<StoredRun> read(const QString &relative) const;
    /// Those in folders that changed since; all when the time is not valid. Relative path and the id in the name, in order
    /// of name.
    std::vector<std::pair<QString, RunId>> list(const QDateTime &since = {}) const;

private:
    LibraryFolder m_folder;
};

/// Removes temporary files that a process left behind when it ended, and names the runs whose sidecar was among them.
/// Looks into folders that changed since; into all when the time is not valid.
std::vector<RunId> removeLeftovers(const LibraryFolder &folder, const QDateTime &since);

} // namespace plantain
