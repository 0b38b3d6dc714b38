#pragma once

#include <chrono>

namespace plantain {

/// A clock that only goes forward and does not stop while the machine sleeps (reliability.md A21).
std::chrono::milliseconds awakeTime();

} // namespace plantain
