#pragma once

#include "factlist.h"
#include "imagesizes.h"
#include "runrecord.h"

namespace plantain {

/// The parameters as they were sent, in that order; without the prompt and the references, which are shown on their own.
std::vector<Fact> parameterFacts(const RunRecord &record);

/// What became of the run, and of one of its pictures. Only what is known.
/// What differs from what was asked for is marked; `sizes` tells the pixels of a ratio and a resolution.
std::vector<Fact> runFacts(const RunRecord &record, int imageIndex, const ImageSizes &sizes);

const ImageRecord *imageOf(const RunRecord &record, int imageIndex); ///< null when there is none

} // namespace plantain
