// Preloaded into a suite and every program it starts: looks for the key in every byte that goes to a file, a pipe, the
// output or a socket, and in the arguments of every program. Where it may stand is the Authorization header of a request.
//   PLANTAIN_TEST_KEY=id:secret   what to look for
//   PLANTAIN_KEYWATCH=FILE        a line for each find, and one for each program with the bytes it wrote; the suite of
//                                 that name begins it anew
#include "keyspellings.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

constexpr int mostFiles = 4096;

template <class Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

class Watch
{
public:
    Watch()
    {
        const char *key = std::getenv("PLANTAIN_TEST_KEY");
        const char *file = std::getenv("PLANTAIN_KEYWATCH");
        if (!key || !file)
            return;
        m_spellings = plantain::keySpellings(key);
        for (const auto &[name, text] : m_spellings)
            m_longest = std::max(m_longest, text.size());
        m_file = file;
        if (m_file.substr(m_file.rfind('/') + 1) == program_invocation_short_name)
            ::unlink(m_file.c_str());
    }

    void end()
    {
        note("watched " + std::to_string(m_bytes.load()) + " bytes of " + program_invocation_short_name);
    }

    void bytes(int file, const char *data, size_t size, bool goesOn)
    {
        if (m_spellings.empty() || size == 0)
            return;
        m_bytes += size;
        const bool isServer = file >= 0 && file < mostFiles && m_accepted[size_t(file)];
        if (isServer) // what a server of the tests says
            return;
        look(file, { data, size });
        if (!goesOn)
            return;
        // What is cut in two by two calls.
        const std::lock_guard guard(m_mutex);
        std::string &tail = m_tails[file];
        if (file >= 0 && file < mostFiles && m_fresh[size_t(file)].exchange(false))
            tail.clear();
        if (!tail.empty())
            look(file, tail + std::string(data, std::min(size, m_longest)), tail.size());
        tail.append(data, size);
        if (tail.size() > m_longest)
            tail.erase(0, tail.size() - m_longest);
    }

    void accepted(int socket) { mark(socket, true); }
    void closed(int file) ///< also between fork and exec: no locks
    {
        mark(file, false);
        if (file >= 0 && file < mostFiles)
            m_fresh[size_t(file)] = true;
    }
    void argument(const char *text) { look(-1, text); }

private:
    void mark(int file, bool isServer)
    {
        if (file >= 0 && file < mostFiles)
            m_accepted[size_t(file)] = isServer;
    }

    /// `from`: what ends before was looked at already.
    void look(int file, const std::string_view &data, size_t from = 0)
    {
        for (const auto &[name, text] : m_spellings) {
            for (size_t at = data.find(text); at != data.npos; at = data.find(text, at + 1)) {
                if (at + text.size() <= from || isHeader(file, data, at))
                    continue;
                char where[64] = "", path[256] = "arguments";
                if (file >= 0) {
                    std::snprintf(where, sizeof where, "/proc/self/fd/%d", file);
                    path[std::max(ssize_t(0), ::readlink(where, path, sizeof path - 1))] = '\0';
                }
                note("FOUND " + name + " in " + path + " of " + program_invocation_short_name);
                break;
            }
        }
    }

    static bool isHeader(int file, std::string_view data, size_t at)
    {
        struct stat status {};
        if (file < 0 || ::fstat(file, &status) != 0 || !S_ISSOCK(status.st_mode))
            return false;
        const size_t line = data.rfind('\n', at);
        const std::string_view before = data.substr(line == data.npos ? 0 : line + 1, at - (line == data.npos ? 0 : line + 1));
        return before.starts_with("Authorization: Key ") || before.starts_with("authorization: Key ");
    }

    void note(const std::string &line)
    {
        if (m_file.empty())
            return;
        const std::string whole = line + '\n';
        const int out = int(::syscall(SYS_openat, AT_FDCWD, m_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
        if (out < 0)
            return;
        (void)!::syscall(SYS_write, out, whole.data(), whole.size());
        ::syscall(SYS_close, out);
    }

    std::vector<std::pair<std::string, std::string>> m_spellings;
    size_t m_longest = 0;
    std::string m_file;
    std::atomic<size_t> m_bytes { 0 };
    std::array<std::atomic<bool>, mostFiles> m_accepted {}, m_fresh {};
    std::mutex m_mutex;
    std::map<int, std::string> m_tails;
};

Watch &watch()
{
    static Watch *one = new Watch; // for those who write to the last
    return *one;
}

[[gnu::constructor]] void begin()
{
    watch();
}

[[gnu::destructor]] void end()
{
    watch().end();
}

template <class Call>
auto keepingErrno(Call call)
{
    const int before = errno;
    call();
    errno = before;
}

void see(int file, const void *data, size_t size, bool goesOn = true)
{
    keepingErrno([&] { watch().bytes(file, static_cast<const char *>(data), size, goesOn); });
}

int printed(std::FILE *stream, const char *format, va_list values)
{
    static const auto real = next<int (*)(std::FILE *, const char *, va_list)>("vfprintf");
    va_list again;
    va_copy(again, values);
    char *text = nullptr;
    if (const int size = ::vasprintf(&text, format, again); size > 0)
        see(::fileno(stream), text, size_t(size));
    std::free(text);
    va_end(again);
    return real(stream, format, values);
}

} // namespace

extern "C" {

ssize_t write(int file, const void *data, size_t size)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t)>("write");
    see(file, data, size);
    return real(file, data, size);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    see(file, data, size, false);
    return real(file, data, size, offset);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t offset)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    see(file, data, size, false);
    return real(file, data, size, offset);
}

ssize_t writev(int file, const iovec *parts, int count)
{
    static const auto real = next<ssize_t (*)(int, const iovec *, int)>("writev");
    for (int i = 0; i < count; ++i)
        see(file, parts[i].iov_base, parts[i].iov_len);
    return real(file, parts, count);
}

ssize_t send(int socket, const void *data, size_t size, int flags)
{
    static const auto real = next<ssize_t (*)(int, const void *, size_t, int)>("send");
    see(socket, data, size);
    return real(socket, data, size, flags);
}

ssize_t sendmsg(int socket, const msghdr *message, int flags)
{
    static const auto real = next<ssize_t (*)(int, const msghdr *, int)>("sendmsg");
    for (size_t i = 0; i < message->msg_iovlen; ++i)
        see(socket, message->msg_iov[i].iov_base, message->msg_iov[i].iov_len);
    return real(socket, message, flags);
}

size_t fwrite(const void *data, size_t size, size_t count, std::FILE *stream)
{
    static const auto real = next<size_t (*)(const void *, size_t, size_t, std::FILE *)>("fwrite");
    see(::fileno(stream), data, size * count);
    return real(data, size, count, stream);
}

int fputs(const char *text, std::FILE *stream)
{
    static const auto real = next<int (*)(const char *, std::FILE *)>("fputs");
    see(::fileno(stream), text, std::strlen(text));
    return real(text, stream);
}

int vfprintf(std::FILE *stream, const char *format, va_list values)
{
    return printed(stream, format, values);
}

int fprintf(std::FILE *stream, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const int size = printed(stream, format, values);
    va_end(values);
    return size;
}

int __vfprintf_chk(std::FILE *stream, int, const char *format, va_list values)
{
    return printed(stream, format, values);
}

int __fprintf_chk(std::FILE *stream, int, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const int size = printed(stream, format, values);
    va_end(values);
    return size;
}

int accept(int socket, sockaddr *address, socklen_t *length)
{
    static const auto real = next<int (*)(int, sockaddr *, socklen_t *)>("accept");
    const int got = real(socket, address, length);
    watch().accepted(got);
    return got;
}

int accept4(int socket, sockaddr *address, socklen_t *length, int flags)
{
    static const auto real = next<int (*)(int, sockaddr *, socklen_t *, int)>("accept4");
    const int got = real(socket, address, length, flags);
    watch().accepted(got);
    return got;
}

int close(int file)
{
    static const auto real = next<int (*)(int)>("close");
    keepingErrno([file] { watch().closed(file); });
    return real(file);
}

int execve(const char *program, char *const *arguments, char *const *environment) noexcept
{
    static const auto real = next<int (*)(const char *, char *const *, char *const *)>("execve");
    for (char *const *argument = arguments; argument && *argument; ++argument)
        watch().argument(*argument);
    return real(program, arguments, environment);
}

} // extern "C"
