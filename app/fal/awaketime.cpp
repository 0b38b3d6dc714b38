#include "awaketime.h"

#include <time.h>

namespace plantain {

std::chrono::milliseconds awakeTime()
{
#ifdef CLOCK_BOOTTIME
    // steady_clock is CLOCK_MONOTONIC on Linux, which stands still during suspend.
    timespec now {};
    if (clock_gettime(CLOCK_BOOTTIME, &now) == 0) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
    }
#endif
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace plantain
