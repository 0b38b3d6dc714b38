#pragma once

#include "runrecord.h"

namespace plantain {

/// Holds the pictures that came against what was asked for, and notes in each how it deviates. What its pixels say
/// (Deviation::Blank) is noted before.
void noteDeviations(RunRecord &record);

} // namespace plantain
