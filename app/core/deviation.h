#pragma once

#include "json.h"

#include <QFlags>

namespace plantain {

/// How a picture that came is not what was asked for.
enum class Deviation {
    Size = 1, ///< other pixels, in the ratio asked for
    Ratio = 2,
    Format = 4,
    Blank = 8, ///< one colour, or nearly
    Duplicate = 16, ///< the same file as a picture that was there before
    Count = 32, ///< its run gave fewer pictures, or more
};
Q_DECLARE_FLAGS(Deviations, Deviation)
Q_DECLARE_OPERATORS_FOR_FLAGS(Deviations)

void putDeviations(Json &object, Deviations deviations); ///< "deviations": ["size"]; nothing when there are none
Deviations deviationsAt(const Json &object);

} // namespace plantain
