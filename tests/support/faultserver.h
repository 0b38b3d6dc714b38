#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

class QSslConfiguration;
class QTcpSocket;

namespace plantain {

/// A well-formed reply, before a script spoils it.
struct FaultReply
{
    int status = 200;
    QByteArray body = "{}";
    QByteArray contentType = "application/json";
    QList<QPair<QByteArray, QByteArray>> headers {}; ///< further ones
    bool givesParts = false; ///< answers a Range of its own ETag with 206
};

/// How a reply goes wrong.
enum class FaultScript {
    Serve, ///< it does not
    Fin, ///< closed after the request, without a byte
    Reset, ///< the same with a reset
    Drop, ///< the same without a word of TLS, as a cut line looks
    EarlyFin, ///< closed at the first byte of the request
    HalfHead, ///< closed inside the head
    Stall, ///< nothing, for ever
    StallInBody, ///< head and half the body, then nothing
    Drip, ///< a byte at a time, for ever
    ShortLength, ///< Content-Length, half the body, closed
    NoLength, ///< no Content-Length, half the body, closed
    ResetInBody, ///< Content-Length, half the body, reset
    ChunkCut, ///< chunked, closed inside a chunk
    Chunked, ///< chunked and whole, in small chunks
    HeadFlood, ///< 150 header fields, left open
    HeadTooLong, ///< one header field of 300 KiB
    Firehose, ///< a body without end
    Pinging, ///< the body again and again, a moment apart, for ever
    Gzip, ///< Content-Encoding: gzip, whole
    GzipBroken, ///< Content-Encoding: gzip, not gzip
    Garbage, ///< no HTTP at all
    TruncatedBody, ///< half the body, with its own right length
};

/// A request as it came in; recorded as soon as its head is complete, and once for every time it came.
struct SeenRequest
{
    QByteArray verb, path; ///< path with query
    QList<QPair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;
    int connection = 0; ///< number of the connection it came on, from 1

    QByteArray header(const QByteArray &lowerCaseName) const;
    bool has(const QByteArray &lowerCaseName) const;
};

/// A raw-TCP server that does on command what no honest server does, and remembers every request it saw. On the
/// thread of its creator, on 127.0.0.1, on a port of its own.
class FaultServer final : public QObject
{
    Q_OBJECT
public:
    struct Rule
    {
        QByteArray verb; ///< empty: any
        QByteArray path; ///< path without query begins with this
        FaultScript script = FaultScript::Serve;
        FaultReply reply;
        int times = -1; ///< uses left; -1: no end
    };
    /// Decides instead of the rules when set.
    using Answer = std::function<Rule(const SeenRequest &)>;

    explicit FaultServer(QObject *parent = nullptr);
    /// The same over TLS; `configuration` holds certificate and key.
    explicit FaultServer(const QSslConfiguration &configuration, QObject *parent = nullptr);
    ~FaultServer() override;

    QUrl url(const QString &path = {}) const;
    quint16 port() const { return m_server->serverPort(); }

    /// Later rules win; what no rule takes gets 404.
    void on(const QByteArray &verb, const QByteArray &path, const FaultReply &reply,
        FaultScript script = FaultScript::Serve, int times = -1);
    void setAnswer(Answer answer) { m_answer = std::move(answer); }
    void clear();

    const std::vector<SeenRequest> &seen() const { return m_seen; }
    int count(const QByteArray &verb, const QByteArray &pathStart = {}) const;
    int connections() const { return m_connections; }
    int open() const; ///< connections open right now
    void closeIdle(); ///< closes every connection that waits for a request

    static QList<QPair<const char *, FaultScript>> scripts(); ///< the misbehaving ones, named for data rows

private:
    struct Client;
    void accept();
    void read(Client &client);
    void answer(Client &client, const SeenRequest &request);
    Rule ruleFor(const SeenRequest &request, bool use);

    void listen();

    std::unique_ptr<QTcpServer> m_server;
    bool m_tls = false;
    std::vector<Rule> m_rules;
    Answer m_answer;
    std::vector<SeenRequest> m_seen;
    QHash<QTcpSocket *, Client *> m_clients;
    int m_connections = 0;
};

} // namespace plantain
