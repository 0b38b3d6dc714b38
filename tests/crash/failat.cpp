// Preloaded into the program: lets its N-th call that writes below one folder fail, once or from then on until the disk is
// said to be well again. What a failed sync was to store is lost, as on a disk: the bytes go back to what they were.
//   PLANTAIN_FAIL_BELOW=FOLDER   whose files are met (absolute, without links); others are left alone
//   PLANTAIN_FAIL_AT=N           the call; 0: none
//   PLANTAIN_FAIL_WITH=ENOSPC|EIO|EROFS|SHORT   SHORT: half of a write is done, what follows is ENOSPC
//   PLANTAIN_FAIL_UNTIL=FILE     from then on, while FILE is not there; without it once
//   PLANTAIN_FAIL_MET=FILE       made when the call is met, with its name and path
//   PLANTAIN_FAIL_COUNT=FILE     how many calls there were, written when the program ends by itself
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <vector>

namespace {

template <class Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

std::string setting(const char *name)
{
    const char *text = std::getenv(name);
    return text ? text : "";
}

const std::string &folder()
{
    static const std::string below = setting("PLANTAIN_FAIL_BELOW");
    return below;
}

enum class Fault { Full, Broken, ReadOnly, Short };

Fault fault()
{
    static const Fault is = [] {
        const std::string word = setting("PLANTAIN_FAIL_WITH");
        return word == "EIO" ? Fault::Broken : word == "EROFS" ? Fault::ReadOnly : word == "SHORT" ? Fault::Short : Fault::Full;
    }();
    return is;
}

bool isThere(const std::string &path)
{
    struct stat status { };
    return ::stat(path.c_str(), &status) == 0;
}

void writeLine(const std::string &path, const std::string &line)
{
    if (path.empty())
        return;
    if (std::FILE *out = std::fopen(path.c_str(), "w")) { // outside of the folder: not met itself
        std::fprintf(out, "%s\n", line.c_str());
        std::fclose(out);
    }
}

std::string pathOf(int file)
{
    char link[64], path[PATH_MAX];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t size = ::readlink(link, path, sizeof path);
    return size > 0 ? std::string(path, size_t(size)) : std::string();
}

std::string pathOf(int at, const char *name)
{
    if (name && name[0] == '/')
        return name;
    return (at == AT_FDCWD ? std::string() : pathOf(at)) + '/' + (name ? name : "");
}

bool isBelow(const std::string &path)
{
    return !folder().empty() && path.size() >= folder().size() && path.compare(0, folder().size(), folder()) == 0
        && (path.size() == folder().size() || path[folder().size()] == '/');
}

std::atomic<long> calls { 0 };
std::atomic<bool> isIll { false };

enum class Kind { Name, Write, Sync, Shrink };

/// Whether this call is to fail, and with what: 0 when not. `isFirst`: it is the one that was asked for.
int failure(const char *call, Kind kind, const std::string &path, bool *isFirst = nullptr)
{
    static const long at = std::atol(setting("PLANTAIN_FAIL_AT").c_str());
    static const std::string until = setting("PLANTAIN_FAIL_UNTIL");
    const long number = ++calls;
    const bool met = number == at;
    if (met) {
        writeLine(setting("PLANTAIN_FAIL_MET"), std::string(call) + ' ' + path);
        isIll = !until.empty();
    }
    if (isFirst)
        *isFirst = met;
    if (!met && (!isIll || isThere(until)))
        return 0;
    switch (fault()) {
    case Fault::Broken:
        return EIO;
    case Fault::ReadOnly:
        return kind == Kind::Sync ? 0 : EROFS;
    case Fault::Full:
    case Fault::Short:
        // What takes no room is no trouble to a full disk; a sync may find out late that there was none.
        return kind == Kind::Shrink || (kind == Kind::Sync && !met) ? 0 : ENOSPC;
    }
    return 0;
}

/// What a file held before the writes that no sync has confirmed.
struct Before
{
    off_t offset, size;
    std::string bytes;
};
std::mutex beforeMutex;
std::map<std::pair<dev_t, ino_t>, std::vector<Before>> unsynced;

void remember(int file, off_t offset, size_t size)
{
    struct stat status { };
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    Before before { offset, status.st_size, std::string(size, '\0') };
    const ssize_t got = ::pread(file, before.bytes.data(), size, offset);
    before.bytes.resize(size_t(std::max(ssize_t(0), got)));
    const std::lock_guard guard(beforeMutex);
    unsynced[{ status.st_dev, status.st_ino }].push_back(std::move(before));
}

void confirm(int file)
{
    struct stat status { };
    if (::fstat(file, &status) != 0)
        return;
    const std::lock_guard guard(beforeMutex);
    unsynced.erase({ status.st_dev, status.st_ino });
}

void lose(int file)
{
    static const auto realPwrite = next<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    static const auto realTruncate = next<int (*)(int, off_t)>("ftruncate");
    struct stat status { };
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    std::vector<Before> writes;
    {
        const std::lock_guard guard(beforeMutex);
        writes = std::move(unsynced[{ status.st_dev, status.st_ino }]);
        unsynced.erase({ status.st_dev, status.st_ino });
    }
    for (auto write = writes.rbegin(); write != writes.rend(); ++write) {
        if (realPwrite(file, write->bytes.data(), write->bytes.size(), write->offset) < 0)
            return;
    }
    if (!writes.empty()) { // its length is kept, as file systems do; what was new reads as zeros
        const off_t before = writes.front().size;
        if (before < status.st_size && realTruncate(file, before) == 0)
            (void)realTruncate(file, status.st_size);
    }
}

bool isForWriting(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
}

template <class Call>
int named(const char *call, const std::string &path, Call real, Kind kind = Kind::Name)
{
    if (isBelow(path)) {
        if (const int code = failure(call, kind, path); code != 0) {
            errno = code;
            return -1;
        }
    }
    return real();
}

template <class Call>
int synced(const char *call, int file, Call real)
{
    const std::string path = pathOf(file);
    if (!isBelow(path))
        return real();
    if (const int code = failure(call, Kind::Sync, path); code != 0) {
        lose(file);
        errno = code;
        return -1;
    }
    const int result = real();
    if (result == 0)
        confirm(file);
    return result;
}

/// `offset` below 0: where the file stands.
template <class Call>
ssize_t written(const char *call, int file, size_t size, off_t offset, Call real)
{
    const std::string path = pathOf(file);
    if (!isBelow(path))
        return real(size);
    bool isFirst = false;
    if (const int code = failure(call, Kind::Write, path, &isFirst); code != 0) {
        if (fault() != Fault::Short || !isFirst || size < 2) {
            errno = code;
            return -1;
        }
        size /= 2;
    }
    remember(file, offset < 0 ? ::lseek(file, 0, SEEK_CUR) : offset, size);
    return real(size);
}

mode_t modeOf(int flags, va_list arguments)
{
    return flags & (O_CREAT | O_TMPFILE) ? mode_t(va_arg(arguments, int)) : 0;
}

[[gnu::destructor]] void sayHowMany()
{
    writeLine(setting("PLANTAIN_FAIL_COUNT"), std::to_string(calls.load()));
}

} // namespace

// NOLINTBEGIN: the C library's own names and shapes
#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        const mode_t mode = modeOf(flags, arguments);                                                                  \
        va_end(arguments);                                                                                             \
        static const auto real = next<int (*)(const char *, int, ...)>(#name);                                         \
        if (!isForWriting(flags))                                                                                      \
            return real(path, flags, mode);                                                                            \
        return named(#name, pathOf(AT_FDCWD, path), [=] { return real(path, flags, mode); });                          \
    }
#define OPENAT(name)                                                                                                   \
    int name(int at, const char *path, int flags, ...)                                                                 \
    {                                                                                                                  \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        const mode_t mode = modeOf(flags, arguments);                                                                  \
        va_end(arguments);                                                                                             \
        static const auto real = next<int (*)(int, const char *, int, ...)>(#name);                                    \
        if (!isForWriting(flags))                                                                                      \
            return real(at, path, flags, mode);                                                                        \
        return named(#name, pathOf(at, path), [=] { return real(at, path, flags, mode); });                            \
    }
#define PWRITE(name)                                                                                                   \
    ssize_t name(int file, const void *bytes, size_t size, off_t offset)                                               \
    {                                                                                                                  \
        static const auto real = next<ssize_t (*)(int, const void *, size_t, off_t)>(#name);                           \
        return written(#name, file, size, offset, [=](size_t part) { return real(file, bytes, part, offset); });       \
    }
#define FTRUNCATE(name)                                                                                                \
    int name(int file, off_t size) noexcept                                                                            \
    {                                                                                                                  \
        static const auto real = next<int (*)(int, off_t)>(#name);                                                     \
        return named(#name, pathOf(file), [=] { return real(file, size); }, Kind::Shrink);                                           \
    }

extern "C" {

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
PWRITE(pwrite)
PWRITE(pwrite64)
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

ssize_t write(int file, const void *bytes, size_t size)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t)>("write");
    return written("write", file, size, -1, [=](size_t part) { return real(file, bytes, part); });
}

int fsync(int file)
{
    static const auto real = next<int (*)(int)>("fsync");
    return synced("fsync", file, [=] { return real(file); });
}

int fdatasync(int file)
{
    static const auto real = next<int (*)(int)>("fdatasync");
    return synced("fdatasync", file, [=] { return real(file); });
}

int renameat2(int fromAt, const char *from, int toAt, const char *to, unsigned int flags) noexcept
{
    static const auto real = next<int (*)(int, const char *, int, const char *, unsigned int)>("renameat2");
    return named("renameat2", pathOf(toAt, to), [=] { return real(fromAt, from, toAt, to, flags); });
}

int renameat(int fromAt, const char *from, int toAt, const char *to) noexcept
{
    static const auto real = next<int (*)(int, const char *, int, const char *)>("renameat");
    return named("renameat", pathOf(toAt, to), [=] { return real(fromAt, from, toAt, to); });
}

int linkat(int fromAt, const char *from, int toAt, const char *to, int flags) noexcept
{
    static const auto real = next<int (*)(int, const char *, int, const char *, int)>("linkat");
    return named("linkat", pathOf(toAt, to), [=] { return real(fromAt, from, toAt, to, flags); });
}

int mkdir(const char *path, mode_t mode) noexcept
{
    static const auto real = next<int (*)(const char *, mode_t)>("mkdir");
    return named("mkdir", pathOf(AT_FDCWD, path), [=] { return real(path, mode); });
}

int mkdirat(int at, const char *path, mode_t mode) noexcept
{
    static const auto real = next<int (*)(int, const char *, mode_t)>("mkdirat");
    return named("mkdirat", pathOf(at, path), [=] { return real(at, path, mode); });
}

int unlinkat(int at, const char *path, int flags) noexcept
{
    static const auto real = next<int (*)(int, const char *, int)>("unlinkat");
    return named("unlinkat", pathOf(at, path), [=] { return real(at, path, flags); }, Kind::Shrink);
}

} // extern "C"
// NOLINTEND
