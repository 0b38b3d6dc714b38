#pragma once

#include <chrono>

namespace plantain {

/// When to try again after the `attempt`-th failure in a row (1, 2, ...): doubles from half a second to a minute,
/// spread by a quarter either way. What the server asked for (Retry-After) wins. `random` is in [0, 1).
std::chrono::milliseconds retryDelay(int attempt, int retryAfterSeconds, double random);

/// The same with a random number of its own.
std::chrono::milliseconds retryDelay(int attempt, int retryAfterSeconds = 0);

} // namespace plantain
