#pragma once

#include "runestimate.h"
#include "runrecord.h"

#include <deque>

namespace plantain {

/// What of a run decides how long it takes.
struct RunTraits
{
    QString server;
    EndpointId endpoint;
    QString resolution; ///< "1K" where the input says nothing
    int references = 0;
    QString thinking; ///< empty where the input says nothing

    bool operator==(const RunTraits &) const = default;
};

RunTraits traitsOf(const RunRecord &record);
/// Seconds from when the server began until it had the result; none when the record does not tell.
std::optional<double> workSecondsOf(const RunRecord &record);

/// Estimates from a person's own finished runs: of the same kind where there are enough, else of the same resolution,
/// else of the endpoint or the server, scaled by how the resolutions are known to compare. A pure value; keeps the
/// newest few hundred samples of a kind.
class RunEstimator
{
public:
    static constexpr int enoughAlike = 5; ///< samples of the same kind, or of the same endpoint and resolution
    static constexpr int enoughScaled = 3; ///< samples that have to be scaled

    void add(const RunTraits &traits, double seconds); ///< makes no use of what is not above zero and below a day
    std::optional<RunEstimate> estimate(const RunTraits &traits) const; ///< none: not enough is known

private:
    using Samples = std::deque<double>;

    QHash<QString, Samples> m_samples; ///< by kind; those of an endpoint and a server as if they were of 1K
};

} // namespace plantain
