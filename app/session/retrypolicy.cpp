#include "retrypolicy.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

namespace plantain {

using namespace std::chrono_literals;

std::chrono::milliseconds retryDelay(int attempt, int retryAfterSeconds, double random)
{
    if (retryAfterSeconds > 0)
        return std::chrono::seconds(retryAfterSeconds);
    const int doublings = std::clamp(attempt - 1, 0, 7);
    const double base = std::min(500.0 * std::pow(2.0, doublings), 60'000.0);
    return std::chrono::milliseconds(std::llround(base * (0.75 + 0.5 * random)));
}

std::chrono::milliseconds retryDelay(int attempt, int retryAfterSeconds)
{
    return retryDelay(attempt, retryAfterSeconds, QRandomGenerator::global()->generateDouble());
}

} // namespace plantain
