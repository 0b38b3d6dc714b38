#pragma once

#include "ids.h"

#include <QDateTime>

namespace plantain {

enum class Verdict { First, Second, Tie };

/// A person's answer which of two pictures is the better one. Kept with the run of the first.
struct Vote
{
    int image = 0; ///< the first picture: its place in the result of its run
    RunId otherRun;
    int otherImage = 0;
    Verdict verdict = Verdict::Tie;
    QDateTime at; ///< UTC; also what tells one answer from a later one about the same two

    bool operator==(const Vote &) const = default;
};

} // namespace plantain
