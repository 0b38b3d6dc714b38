// Preloaded into the program: ends it with SIGKILL just before or just after its N-th call that makes something last or
// leaves the machine (sync, rename, link, unlink, send). So each step of the journal is met, on either side of it.
//   PLANTAIN_KILL_AT=2N-1   before call N        PLANTAIN_KILL_AT=2N   after it
//   PLANTAIN_KILL_COUNT=FILE   how many calls there were, written when the program ends by itself
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

std::atomic<long> calls { 0 };

long killAt()
{
    static const long at = [] {
        const char *text = std::getenv("PLANTAIN_KILL_AT");
        return text ? std::atol(text) : 0L;
    }();
    return at;
}

void endAt(long step)
{
    if (step == killAt())
        ::kill(::getpid(), SIGKILL);
}

template <class Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

/// `call` between its two steps.
template <class Call>
auto stepped(Call call)
{
    const long number = ++calls;
    endAt(2 * number - 1);
    const auto result = call();
    endAt(2 * number);
    return result;
}

[[gnu::destructor]] void sayHowMany()
{
    const char *file = std::getenv("PLANTAIN_KILL_COUNT");
    if (!file)
        return;
    if (std::FILE *out = std::fopen(file, "w")) {
        std::fprintf(out, "%ld\n", calls.load());
        std::fclose(out);
    }
}

} // namespace

extern "C" {

int fsync(int file)
{
    static const auto real = next<int (*)(int)>("fsync");
    return stepped([=] { return real(file); });
}

int fdatasync(int file)
{
    static const auto real = next<int (*)(int)>("fdatasync");
    return stepped([=] { return real(file); });
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned int flags) noexcept
{
    static const auto real = next<int (*)(int, const char *, int, const char *, unsigned int)>("renameat2");
    return stepped([=] { return real(fromFolder, from, toFolder, to, flags); });
}

int renameat(int fromFolder, const char *from, int toFolder, const char *to) noexcept
{
    static const auto real = next<int (*)(int, const char *, int, const char *)>("renameat");
    return stepped([=] { return real(fromFolder, from, toFolder, to); });
}

int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    static const auto real = next<int (*)(int, const char *, int, const char *, int)>("linkat");
    return stepped([=] { return real(fromFolder, from, toFolder, to, flags); });
}

int unlinkat(int folder, const char *name, int flags) noexcept
{
    static const auto real = next<int (*)(int, const char *, int)>("unlinkat");
    return stepped([=] { return real(folder, name, flags); });
}

ssize_t send(int socket, const void *bytes, size_t size, int flags)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, int)>("send");
    return stepped([=] { return real(socket, bytes, size, flags); });
}

} // extern "C"
