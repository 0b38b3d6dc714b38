#pragma once

#include <QTest>

namespace plantain {

/// What a test waits at most; a guard against hanging, no measure of speed.
inline constexpr int testPatience = 30'000;

} // namespace plantain

/// Waits for something to become true.
#define WAIT_FOR(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, plantain::testPatience)
#define WAIT_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, plantain::testPatience)
