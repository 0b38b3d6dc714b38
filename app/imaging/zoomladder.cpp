#include "zoomladder.h"

#include <algorithm>
#include <array>

namespace plantain {

namespace {

constexpr std::array ladder { 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0,
                              4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0 };
constexpr double almost = 1e-6;

} // namespace

double zoomRung(double scale, int steps, double fitted)
{
    std::array<double, ladder.size() + 1> rungs {};
    std::ranges::copy(ladder, rungs.begin());
    rungs.back() = fitted;
    std::ranges::sort(rungs);
    for (; steps > 0; --steps) {
        const auto next = std::ranges::find_if(rungs, [scale](double rung) { return rung > scale * (1 + almost); });
        scale = next == rungs.end() ? scale : *next;
    }
    for (; steps < 0; ++steps) {
        const auto next = std::find_if(rungs.rbegin(), rungs.rend(),
                                       [scale](double rung) { return rung < scale * (1 - almost); });
        scale = next == rungs.rend() ? scale : *next;
    }
    return scale;
}

} // namespace plantain
