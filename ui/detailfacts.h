#pragma once

#include "factlist.h"
#include "runrecord.h"

namespace plantain {

/// The parameters as they were sent, in that order; without the prompt and the references, which are shown on their own.
std::vector<Fact> parameterFacts(const RunRecord &record);

/// What became of the run, and of one of its pictures. Only what is known.
std::vector<Fact> runFacts(const RunRecord &record, int imageIndex);

const ImageRecord *imageOf(const RunRecord &record, int imageIndex); ///< null when there is none

} // namespace plantain
