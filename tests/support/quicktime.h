#pragma once

#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace plantain {

/// Starts this program anew under the fast clock (fastclock.cpp) unless it runs under it; programs it starts have it too.
/// First thing in main(). `module` is the clock's file.
inline void runUnderFastClock(char **argv, const char *module)
{
    const char *loaded = std::getenv("LD_PRELOAD");
    if (loaded && std::strstr(loaded, module))
        return;
    static char preloaded[4000]; // with what is preloaded already
    std::snprintf(preloaded, sizeof preloaded, "%s%s%s", module, loaded ? ":" : "", loaded ? loaded : "");
    ::setenv("LD_PRELOAD", preloaded, 1);
    const char *asan = std::getenv("ASAN_OPTIONS");
    static char options[1000] = "verify_asan_link_order=0:";
    std::strncat(options, asan ? asan : "", sizeof options - std::strlen(options) - 1);
    ::setenv("ASAN_OPTIONS", options, 1);
    ::setenv("QTEST_FUNCTION_TIMEOUT", "6000000", 1); // by this clock
    ::execv("/proc/self/exe", argv);
}

/// The wall clock is set; the time that passes is not touched.
inline void jumpWallClock(long long seconds)
{
    reinterpret_cast<void (*)(long long)>(::dlsym(RTLD_DEFAULT, "plantain_jump_wall_clock"))(seconds);
}

/// The machine has slept: timers stood still, the clock that counts sleep did not.
inline void sleepMachine(long long seconds)
{
    reinterpret_cast<void (*)(long long)>(::dlsym(RTLD_DEFAULT, "plantain_sleep_machine"))(seconds);
}

} // namespace plantain
