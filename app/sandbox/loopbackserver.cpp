#include "loopbackserver.h"

#include "byterange.h"
#include "clientconnection.h"
#include "growingpool.h"

#include <httplib.h>

#include <QFile>
#include <QUuid>

#include <fcntl.h>
#include <netinet/in.h>
#include <set>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// What cpp-httplib reads and writes through.
class HttplibStream final : public httplib::Stream
{
public:
    explicit HttplibStream(ClientConnection &connection)
        : m_connection(connection)
    {
    }
    bool is_readable() const override { return true; }
    bool is_writable() const override { return true; }
    ssize_t read(char *data, size_t size) override { return m_connection.read(data, size); }
    ssize_t write(const char *data, size_t size) override { return m_connection.write(data, size); }
    void get_remote_ip_and_port(std::string &, int &) const override { }
    void get_local_ip_and_port(std::string &, int &) const override { }
    socket_t socket() const override { return m_connection.socket(); }

private:
    ClientConnection &m_connection;
};

/// Where cpp-httplib hands each connection. Its own pool would start all of its threads at once.
class ConnectionThreads final : public httplib::TaskQueue
{
public:
    void enqueue(std::function<void()> job) override { m_pool.enqueue(std::move(job)); }
    void shutdown() override { m_pool.shutdown(); }

private:
    GrowingPool m_pool { LoopbackServer::threads };
};

/// One request on its way through cpp-httplib, on one thread.
struct Exchange
{
    ClientConnection &connection;
    ServerRequest request;
    std::optional<ServerReply> refusal;
    qint64 bodyLeft = 0;
    bool mayGoOn = false; ///< the next request on this connection may be read

    bool readBody(const std::function<bool(QByteArrayView)> &receive)
    {
        QByteArray piece(256 * 1024, Qt::Uninitialized);
        while (bodyLeft > 0) {
            const qint64 count = connection.read(piece.data(), size_t(qMin(bodyLeft, qint64(piece.size()))));
            if (count <= 0)
                return false;
            bodyLeft -= count;
            if (!receive(QByteArrayView(piece).first(count)))
                return false;
        }
        return true;
    }
};

thread_local Exchange *currentExchange = nullptr;

void prepare(Exchange &exchange, httplib::Request &head)
{
    ServerRequest &request = exchange.request;
    request.method = QByteArray::fromStdString(head.method);
    setTarget(request, QByteArray::fromStdString(head.target));
    for (const auto &[name, value] : head.headers)
        request.headers.append({ QByteArray::fromStdString(name).toLower(), QByteArray::fromStdString(value) });
    exchange.bodyLeft = request.contentLength().value_or(0);
    request.readBody = [&exchange](const auto &receive) { return exchange.readBody(receive); };
    request.peerGone = [&exchange] { return exchange.connection.peerGone(); };
    // The body and ranges are ours to handle, and a reply is sent as it is: no compression, no ranges of JSON.
    for (const char *name : { "Accept-Encoding", "Content-Encoding", "Content-Type", "Range" })
        head.headers.erase(name);
    head.ranges.clear();
}

void sendFile(const ServerReply &reply, const QByteArray &rangeHeader, httplib::Response &response)
{
    auto file = std::make_shared<QFile>(reply.file);
    if (!file->open(QIODevice::ReadOnly)) {
        response.status = 404;
        response.set_content("{\"detail\":\"Not Found\"}", "application/json");
        return;
    }
    const qint64 size = file->size();
    const auto range = rangeOf(rangeHeader, size);
    response.set_header("Accept-Ranges", "bytes");
    if (!range) {
        response.status = 416;
        response.set_header("Content-Range", "bytes */" + std::to_string(size));
        return;
    }
    if (range->partial) {
        response.status = 206;
        response.set_header("Content-Range",
                            "bytes " + std::to_string(range->first) + "-"
                                + std::to_string(range->first + range->count - 1) + "/" + std::to_string(size));
    }
    const qint64 end = reply.cutAfter ? qMin(*reply.cutAfter, range->count) : range->count;
    const qint64 first = range->first;
    if (range->count == 0)
        return;
    response.set_content_provider(size_t(range->count), reply.contentType.toStdString(),
                                  [file, first, end](size_t offset, size_t length, httplib::DataSink &sink) {
                                      QByteArray piece(qMin(qint64(length), qint64(256 * 1024)), Qt::Uninitialized);
                                      const qint64 want = qMin(piece.size(), end - qint64(offset));
                                      if (want <= 0 || !file->seek(first + qint64(offset)))
                                          return false;
                                      const qint64 count = file->read(piece.data(), want);
                                      return count > 0 && sink.write(piece.constData(), size_t(count));
                                  });
}

void sendEvents(const ServerReply &reply, httplib::Response &response)
{
    response.set_header("Cache-Control", "no-store");
    response.set_chunked_content_provider(
        reply.contentType.toStdString(), [events = reply.events](size_t, httplib::DataSink &sink) {
            bool good = true;
            events([&sink, &good](const QByteArray &chunk) {
                good = good && sink.write(chunk.constData(), size_t(chunk.size()));
                return good;
            });
            if (good)
                sink.done();
            return good;
        });
}

void sendCutBody(const ServerReply &reply, httplib::Response &response)
{
    const qint64 end = qMin(*reply.cutAfter, qint64(reply.body.size()));
    response.set_content_provider(size_t(reply.body.size()), reply.contentType.toStdString(),
                                  [body = reply.body, end](size_t offset, size_t, httplib::DataSink &sink) {
                                      if (offset == 0 && end > 0)
                                          return sink.write(body.constData(), size_t(end));
                                      return false;
                                  });
}

void fill(httplib::Response &response, const ServerReply &reply, const ServerRequest &request)
{
    response.status = reply.status;
    bool hasId = false;
    for (const auto &[name, value] : reply.headers) {
        response.set_header(name.toStdString(), value.toStdString());
        hasId = hasId || name == "x-fal-request-id";
    }
    if (!hasId)
        response.set_header("x-fal-request-id", QUuid::createUuid().toByteArray(QUuid::WithoutBraces).toStdString());
    if (reply.events)
        sendEvents(reply, response);
    else if (!reply.file.isEmpty())
        sendFile(reply, request.header("range"), response);
    else if (reply.cutAfter)
        sendCutBody(reply, response);
    else
        response.set_content(reply.body.toStdString(), reply.contentType.toStdString());
}

void openToNobodyElse(socket_t socket)
{
    // Not SO_REUSEPORT, which cpp-httplib would set: two sandboxes would share a port in silence.
    int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
}

} // namespace

struct LoopbackServer::Private final : httplib::Server
{
    LoopbackServer::Guard guard;
    LoopbackServer::Handler handler; // cpp-httplib has a Handler of its own
    quint16 boundPort = 0;

    /// The library's queue of 5 is too short where many connect at once: the next one waits a second.
    void listenForMany() { ::listen(svr_sock_, 128); }
    std::thread listener;
    std::mutex mutex;
    std::set<ClientConnection *> connections; // guarded by mutex
    bool stopping = false; // guarded by mutex

    bool answer(const httplib::Request &head, httplib::Response &response);
    bool serveOne(ClientConnection &connection);
    bool admit(ClientConnection *connection);

private:
    bool process_and_close_socket(socket_t socket) override;
};

bool LoopbackServer::Private::admit(ClientConnection *connection)
{
    const std::lock_guard lock(mutex);
    if (!stopping)
        connections.insert(connection);
    return !stopping;
}

bool LoopbackServer::Private::process_and_close_socket(socket_t socket)
{
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ClientConnection connection(socket);
    if (admit(&connection)) {
        while (connection.waitForRequest(std::chrono::seconds(10))) {
            if (!serveOne(connection))
                break;
        }
        connection.finish();
    }
    const std::lock_guard lock(mutex);
    connections.erase(&connection);
    return true;
}

bool LoopbackServer::Private::serveOne(ClientConnection &connection)
{
    Exchange exchange { .connection = connection, .request = {}, .refusal = {} };
    currentExchange = &exchange;
    HttplibStream stream(connection);
    bool closed = false;
    connection.beginHead();
    const bool good = process_request(stream, false, closed, [&](httplib::Request &head) {
        connection.endHead();
        prepare(exchange, head);
        exchange.refusal = guard(exchange.request, boundPort);
        if (exchange.refusal) { // no "100 Continue" for what is not wanted
            head.headers.erase("Expect");
            if (exchange.bodyLeft > 0 || exchange.request.headerCount("transfer-encoding") > 0)
                head.set_header("Connection", "close");
        }
    });
    currentExchange = nullptr;
    return good && !closed && exchange.mayGoOn;
}

bool LoopbackServer::Private::answer(const httplib::Request &, httplib::Response &response)
{
    Exchange &exchange = *currentExchange;
    ServerReply reply = exchange.refusal ? *exchange.refusal : handler(exchange.request);
    if (reply.drop)
        return false;
    fill(response, reply, exchange.request);
    // What is left of a body would be read as the next request.
    const bool chunked = exchange.request.headerCount("transfer-encoding") > 0;
    const bool known = exchange.request.contentLength().has_value();
    if (!chunked && known && !exchange.refusal && exchange.bodyLeft > 0 && exchange.bodyLeft <= 64 * 1024)
        exchange.readBody([](QByteArrayView) { return true; });
    exchange.mayGoOn = exchange.bodyLeft == 0 && known && !chunked;
    return true;
}

Result<std::unique_ptr<LoopbackServer>> LoopbackServer::listen(quint16 port, Guard guard, Handler handler)
{
    auto d = std::make_unique<Private>();
    Private *self = d.get();
    self->guard = std::move(guard);
    self->handler = std::move(handler);
    self->new_task_queue = [] { return new ConnectionThreads; };
    self->set_tcp_nodelay(true); // head and body go out separately; Nagle would add 40 ms to each reply
    self->set_socket_options(openToNobodyElse);
    self->set_keep_alive_timeout(10); // what the reply announces; the waiting is ours
    self->set_keep_alive_max_count(100000);
    self->set_pre_routing_handler([self](const httplib::Request &request, httplib::Response &response) {
        if (!self->answer(request, response))
            currentExchange->connection.interrupt();
        return httplib::Server::HandlerResponse::Handled;
    });
    const int bound = port == 0 ? self->bind_to_any_port("127.0.0.1")
                                : (self->bind_to_port("127.0.0.1", port) ? int(port) : -1);
    if (bound <= 0) {
        return failure({ .kind = ErrorKind::NotSent,
                         .type = u"port"_s,
                         .message = u"Port %1 cannot be opened on this machine: %2"_s.arg(port).arg(qt_error_string(errno)) });
    }
    self->listenForMany();
    self->boundPort = quint16(bound);
    self->listener = std::thread([self] { self->listen_after_bind(); });
    while (!self->is_running()) // it has no signal for that; a matter of microseconds
        std::this_thread::yield();
    return std::unique_ptr<LoopbackServer>(new LoopbackServer(std::move(d)));
}

LoopbackServer::LoopbackServer(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

LoopbackServer::~LoopbackServer()
{
    stop();
}

quint16 LoopbackServer::port() const
{
    return d->boundPort;
}

void LoopbackServer::stop()
{
    if (!d->listener.joinable())
        return;
    {
        const std::lock_guard lock(d->mutex);
        d->stopping = true;
        for (ClientConnection *connection : d->connections)
            connection->interrupt();
    }
    d->httplib::Server::stop();
    d->listener.join();
}

} // namespace plantain
