#pragma once

#include "database.h"
#include "libraryfolder.h"
#include "runrecord.h"

#include <QSet>
#include <QStringList>

#include <functional>
#include <memory>
#include <mutex>

namespace plantain {

/// Copies in references/ are there before the run that they are for: an empty file beside each, ".unclaimed-<name>", says
/// so until the run is stored. What is still marked at a start belongs to nobody.

/// What this process copies, or finds there and means to use, is never swept, not even while the library is being opened.
/// Any thread.
class AdoptedHere
{
public:
    void add(const QString &name); ///< before it is looked whether the copy is there
    /// Does it, unless the name was added; nobody adds one meanwhile.
    void unless(const QString &name, const std::function<void()> &action);

private:
    std::mutex m_mutex;
    QSet<QString> m_names;
};

/// What a sweep leaves alone.
struct SweepLimits
{
    QStringList inUse; ///< absolute paths
    std::shared_ptr<AdoptedHere> adopted;
};

/// Durable with the next sync of that folder. The copy's name is inside references/.
Result<void> markUnclaimed(const FileDescriptor &references, const QString &name);

/// The run is stored: takes the marks off its references. One that stays, for whatever reason, is found to be wrong later.
void claimReferences(const LibraryFolder &folder, const std::vector<ReferenceRecord> &references);

/// Puts marked copies that no run and no sidecar mentions into the desktop's trash: their originals are elsewhere, but who
/// knows. What cannot be decided or moved stays as it is.
void sweepUnclaimed(const LibraryFolder &folder, Database &database, const SweepLimits &limits);

} // namespace plantain
