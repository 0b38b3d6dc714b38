#pragma once

#include "httpexchange.h"
#include "replylimits.h"

namespace plantain {

/// The limits of every kind of exchange (reliability.md R13).
struct FalLimits
{
    // A submit has no limit of silence: giving up early would only make more runs whose fate is not known.
    HttpLimits submit { .silence = {}, .deadline = std::chrono::seconds(120) };
    HttpLimits run { .silence = {}, .deadline = std::chrono::minutes(15), .replyBytes = resultBytes };
    HttpLimits status { .deadline = std::chrono::seconds(30) };
    // fal pings every 15 s. An hour is the longest a run may take there; who follows longer starts again.
    HttpLimits stream { .silence = std::chrono::seconds(45), .deadline = std::chrono::hours(1),
        .replyBytes = 64 * 1024 * 1024 };
    HttpLimits result { .deadline = std::chrono::seconds(120), .replyBytes = resultBytes };
    HttpLimits cancel { .deadline = std::chrono::seconds(30), .replyBytes = 64 * 1024 };
    HttpLimits initiate { .deadline = std::chrono::seconds(30), .replyBytes = 64 * 1024 };
    HttpLimits upload { .deadline = std::chrono::minutes(15), .replyBytes = 64 * 1024 };
    HttpLimits download { .deadline = std::chrono::minutes(15), .replyBytes = 256 * 1024 * 1024 };
    HttpLimits history { .deadline = std::chrono::seconds(120), .replyBytes = historyBytes };
};

} // namespace plantain
