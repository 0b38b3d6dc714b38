#pragma once

#include "runrecord.h"

#include <QHash>

namespace plantain {

/// Holds the pictures that came against what was asked for, and notes in each how it deviates. What its pixels say
/// (Deviation::Blank) is noted before.
void noteDeviations(RunRecord &record);

QStringList hashesOf(const RunRecord &record); ///< of the pictures that are there
/// Notes in each which earlier picture is the same file: of the same run, or the one by hash here.
void noteDuplicates(RunRecord &record, const QHash<QString, PictureId> &earlier);

} // namespace plantain
