#pragma once

#include "ids.h"

namespace plantain {

/// One picture of a run; of a run without pictures its one tile.
struct PictureId
{
    RunId run;
    int index = 0; ///< place in the result

    bool operator==(const PictureId &) const = default;
};

} // namespace plantain
