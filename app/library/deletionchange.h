#pragma once

#include "pictureid.h"
#include "runrecord.h"

namespace plantain {

/// What came of deleting pictures, or of taking that back.
struct DeletionChange
{
    std::vector<RunRecord> runs; ///< as they are stored now
    std::vector<PictureId> changed;
    int stillOpen = 0; ///< pictures left alone, as their run still goes on or its fate is not known
};

} // namespace plantain
