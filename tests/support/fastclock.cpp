// Preloaded into a program that waits by the minute: its clocks run fifteen times as fast, so that real deadlines, pauses
// and back-off can be waited out. What it waits for outside, network and disk, takes the time it takes. The wall clock
// keeps its pace and can be set by a test, and the machine can be made to have slept.

#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

namespace {

constexpr long long speed = 15, second = 1'000'000'000;
constexpr size_t kernelSignals = 8; ///< bytes of the set that the kernel takes

std::atomic<long long> wallJump = 0, slept = 0; ///< nanoseconds

long long realTime(clockid_t clock)
{
    timespec now {};
    ::syscall(SYS_clock_gettime, clock, &now);
    return now.tv_sec * second + now.tv_nsec;
}

timespec asTimespec(long long nanoseconds)
{
    return { time_t(nanoseconds / second), long(nanoseconds % second) };
}

bool isFast(clockid_t clock)
{
    return clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_BOOTTIME;
}

// Boot time and monotonic time are counted from the same instant: nothing here depends on their difference before it.
const long long start = realTime(CLOCK_MONOTONIC);

long long wallTime()
{
    return realTime(CLOCK_REALTIME) + wallJump;
}

} // namespace

extern "C" {

void plantain_jump_wall_clock(long long seconds)
{
    wallJump += seconds * second;
}

void plantain_sleep_machine(long long seconds)
{
    slept += seconds * second;
}

int clock_gettime(clockid_t clock, timespec *now) noexcept
{
    if (isFast(clock))
        *now = asTimespec(start + (realTime(CLOCK_MONOTONIC) - start) * speed + (clock == CLOCK_BOOTTIME ? slept.load() : 0));
    else if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        *now = asTimespec(wallTime());
    else
        return int(::syscall(SYS_clock_gettime, clock, now));
    return 0;
}

time_t time(time_t *into) noexcept
{
    const time_t now = time_t(wallTime() / second);
    if (into)
        *into = now;
    return now;
}

int gettimeofday(timeval *__restrict now, void *__restrict) noexcept
{
    const long long wall = wallTime();
    *now = { time_t(wall / second), suseconds_t(wall % second / 1000) };
    return 0;
}

int poll(pollfd *files, nfds_t count, int milliseconds)
{
    const int real = milliseconds <= 0 ? milliseconds : int((milliseconds + speed - 1) / speed);
    return int(::syscall(SYS_poll, files, count, real));
}

int ppoll(pollfd *files, nfds_t count, const timespec *timeout, const sigset_t *signals)
{
    timespec real {};
    if (timeout)
        real = asTimespec((timeout->tv_sec * second + timeout->tv_nsec) / speed);
    return int(::syscall(SYS_ppoll, files, count, timeout ? &real : nullptr, signals, kernelSignals));
}

int pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock, const timespec *until)
{
    using Wait = int (*)(pthread_cond_t *, pthread_mutex_t *, clockid_t, const timespec *);
    static const auto wait = reinterpret_cast<Wait>(::dlsym(RTLD_NEXT, "pthread_cond_clockwait"));
    const long long asked = until->tv_sec * second + until->tv_nsec;
    const timespec real = asTimespec(isFast(clock) ? start + (asked - start) / speed : asked - wallJump);
    return wait(condition, mutex, isFast(clock) ? CLOCK_MONOTONIC : clock, &real);
}

int pthread_cond_timedwait(pthread_cond_t *__restrict condition, pthread_mutex_t *__restrict mutex,
                           const timespec *__restrict until)
{
    // Which clock a condition was made for cannot be asked; no machine has been up for thirty years.
    const clockid_t clock = until->tv_sec > 1'000'000'000 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    return pthread_cond_clockwait(condition, mutex, clock, until);
}

} // extern "C"
