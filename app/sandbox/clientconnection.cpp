#include "clientconnection.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace plantain {

using namespace std::chrono;

namespace {

bool waitFor(int socket, short events, milliseconds patience)
{
    const auto deadline = steady_clock::now() + patience;
    for (;;) {
        const auto left = std::max(milliseconds(0), ceil<milliseconds>(deadline - steady_clock::now()));
        pollfd entry { socket, events, 0 };
        const int ready = ::poll(&entry, 1, int(left.count()));
        if (ready > 0)
            return true;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

} // namespace

ClientConnection::ClientConnection(int socket)
    : m_socket(socket)
{
}

ClientConnection::~ClientConnection()
{
    ::close(m_socket);
}

bool ClientConnection::waitForRequest(milliseconds patience)
{
    return m_used < m_buffer.size() || fill(patience);
}

void ClientConnection::beginHead()
{
    m_inHead = true;
    m_headBytes = 0;
    m_headDeadline = steady_clock::now() + headPatience;
}

void ClientConnection::endHead()
{
    m_inHead = false;
}

bool ClientConnection::fill(milliseconds patience)
{
    if (m_interrupted || !waitFor(m_socket, POLLIN, patience) || m_interrupted)
        return false;
    m_buffer.resize(64 * 1024);
    m_used = 0;
    ssize_t count = 0;
    do {
        count = ::recv(m_socket, m_buffer.data(), size_t(m_buffer.size()), 0);
    } while (count < 0 && errno == EINTR);
    m_buffer.resize(std::max<ssize_t>(count, 0));
    return count > 0;
}

qint64 ClientConnection::read(char *data, size_t size)
{
    if (m_inHead && m_headBytes >= maxHeadBytes)
        return -1;
    if (m_used >= m_buffer.size()) {
        const auto patience = m_inHead ? std::max(milliseconds(0), ceil<milliseconds>(m_headDeadline - steady_clock::now()))
                                       : bodyPatience;
        if (!fill(patience))
            return -1;
    }
    const qsizetype count = std::min(qsizetype(size), m_buffer.size() - m_used);
    std::memcpy(data, m_buffer.constData() + m_used, size_t(count));
    m_used += count;
    if (m_inHead)
        m_headBytes += count;
    return count;
}

qint64 ClientConnection::write(const char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        if (m_interrupted || !waitFor(m_socket, POLLOUT, bodyPatience))
            return -1;
        const ssize_t count = ::send(m_socket, data + done, size - done, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno != EINTR && errno != EAGAIN)
            return -1;
        done += size_t(std::max<ssize_t>(count, 0));
    }
    return qint64(size);
}

bool ClientConnection::peerGone() const
{
    pollfd entry { m_socket, POLLRDHUP, 0 };
    return m_interrupted || (::poll(&entry, 1, 0) > 0 && (entry.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0);
}

void ClientConnection::interrupt()
{
    m_interrupted = true;
    ::shutdown(m_socket, SHUT_RDWR);
}

void ClientConnection::finish()
{
    ::shutdown(m_socket, SHUT_WR);
    // Closing with unread bytes resets the connection, and the reset can overtake our reply.
    const auto deadline = steady_clock::now() + milliseconds(500);
    for (int pieces = 0; pieces < 64 && !m_interrupted; ++pieces) {
        const auto left = duration_cast<milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0 || !fill(left))
            break;
    }
}

} // namespace plantain
