#pragma once

#include "lineage.h"
#include "runtable.h"

namespace plantain {

/// Keeps what the lineage of a new run is found by.
Result<void> addLineage(Database &database, const RunRecord &record);

/// The runs that hang together with this one: its ancestors first, then what came from it, then the rest of the family, as
/// far as `mostRuns`. On the database's thread.
Result<Lineage> queryLineage(Database &database, RunTable &table, const RunId &id, size_t mostRuns);

} // namespace plantain
