#pragma once

#include "servermessage.h"
#include "result.h"

#include <memory>

namespace plantain {

/// An HTTP/1.1 server on 127.0.0.1 and nowhere else, on cpp-httplib, with threads of its own. Stops when destroyed.
/// Adds to the library what it lacks: limits on the head and on waiting, bodies that are refused unread, an orderly
/// end of open streams.
class LoopbackServer final
{
public:
    /// Called on a connection's thread for every request whose head was read. A guard's reply refuses the request
    /// before its body is touched.
    using Guard = std::function<std::optional<ServerReply>(const ServerRequest &, quint16 port)>;
    using Handler = std::function<ServerReply(const ServerRequest &)>;

    /// Port 0: chosen by the system. Error: NotSent with the system's words when the port cannot be had.
    static Result<std::unique_ptr<LoopbackServer>> listen(quint16 port, Guard guard, Handler handler);
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer &) = delete;
    LoopbackServer &operator=(const LoopbackServer &) = delete;

    quint16 port() const;
    void stop(); ///< hangs up everywhere and waits for the threads; once

    static constexpr int threads = 64; ///< an open stream or a slow upload holds one

private:
    struct Private;
    explicit LoopbackServer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace plantain
