#pragma once

#include "factlist.h"
#include "imagesizes.h"
#include "runrecord.h"

namespace plantain {

class GalleryModel;

/// The parameters as they were sent, in that order; without the prompt and the references, which are shown on their own.
std::vector<Fact> parameterFacts(const RunRecord &record);

/// What became of the run, and of one of its pictures. Only what is known.
/// What differs from what was asked for is marked; `sizes` tells the pixels of a ratio and a resolution, `sameAs` what
/// the picture is a duplicate of.
std::vector<Fact> runFacts(const RunRecord &record, int imageIndex, const ImageSizes &sizes, const QString &sameAs = {});

/// "picture 2 of “a red fox”, 2026-03-01 10:00:00"; of a duplicate whose first is no longer there that it was there
/// before; empty where it is none.
QString sameAsText(const RunRecord &record, int imageIndex, const GalleryModel &gallery);

const ImageRecord *imageOf(const RunRecord &record, int imageIndex); ///< null when there is none

} // namespace plantain
