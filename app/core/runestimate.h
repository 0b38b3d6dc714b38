#pragma once

#include <optional>

namespace plantain {

/// How long the server works on a run like this one, in seconds, from when it begins; the time in its queue is not in it.
struct RunEstimate
{
    double median = 0; ///< half of such runs took no longer
    double p90 = 0; ///< nine of ten took no longer

    bool operator==(const RunEstimate &) const = default;
};

} // namespace plantain
