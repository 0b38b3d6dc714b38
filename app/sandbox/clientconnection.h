#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <atomic>
#include <chrono>

namespace plantain {

/// One accepted socket of the sandbox: buffered reads with limits that hold, since Debian's cpp-httplib has none
/// (reliability.md R30). Used by one thread; `interrupt` alone may come from another.
class ClientConnection final
{
public:
    explicit ClientConnection(int socket);
    ~ClientConnection();
    ClientConnection(const ClientConnection &) = delete;
    ClientConnection &operator=(const ClientConnection &) = delete;

    int socket() const { return m_socket; }

    /// Waits for the next request; false when none came in time or the peer is gone.
    bool waitForRequest(std::chrono::milliseconds patience);
    /// From here to endHead() at most `maxHeadBytes` are read, within `headPatience` in all.
    void beginHead();
    void endHead();

    qint64 read(char *data, size_t size); ///< at least one byte; 0 at the end, -1 on error, timeout, or limit
    qint64 write(const char *data, size_t size); ///< all of it, or -1
    bool peerGone() const;
    void interrupt(); ///< ends every wait, now and later

    /// Says goodbye so that the peer can still read what was written, though it has more to send.
    void finish();

private:
    bool fill(std::chrono::milliseconds patience);

    static constexpr qint64 maxHeadBytes = 64 * 1024;
    static constexpr std::chrono::milliseconds headPatience { 10000 };
    static constexpr std::chrono::milliseconds bodyPatience { 30000 }; ///< between two pieces of a body

    const int m_socket;
    QByteArray m_buffer;
    qsizetype m_used = 0;
    bool m_inHead = false;
    qint64 m_headBytes = 0;
    std::chrono::steady_clock::time_point m_headDeadline;
    std::atomic<bool> m_interrupted = false;
};

} // namespace plantain
