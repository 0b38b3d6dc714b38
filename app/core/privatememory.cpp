#include "privatememory.h"

#include <QtGlobal>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace plantain {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isWatched = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool isWatched = true;
#else
constexpr bool isWatched = false;
#endif
#else
constexpr bool isWatched = false;
#endif

} // namespace

void keepMemoryPrivate()
{
    if constexpr (isWatched)
        return;
    // The limit alone does not keep a dump from a program that the kernel pipes it to.
    const rlimit none { 0, 0 };
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0)
        qWarning("The memory of this process could not be made private.");
}

} // namespace plantain
