#include "faultserver.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

struct FaultServer::Client
{
    QTcpSocket *socket = nullptr;
    int number = 0;
    QByteArray input;
    qsizetype current = -1; ///< request under way, in m_seen
    qint64 bodyLeft = 0;
    bool busy = false; ///< a reply without end is under way
};

namespace {

QByteArray headOf(const FaultReply &reply, const QByteArray &framing)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + " Something\r\n";
    if (!reply.contentType.isEmpty())
        head += "Content-Type: " + reply.contentType + "\r\n";
    for (const auto &[name, value] : reply.headers)
        head += name + ": " + value + "\r\n";
    return head + framing + "\r\n";
}

QByteArray lengthOf(const QByteArray &body)
{
    return "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
}

void reset(QTcpSocket *socket)
{
    // Lingering for no time turns the close into a reset.
    const linger none { 1, 0 };
    ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
    socket->abort();
}

/// The rest of a body that a client wants to go on with, or all of it.
FaultReply partOf(FaultReply reply, const SeenRequest &request)
{
    const auto tag = std::find_if(reply.headers.cbegin(), reply.headers.cend(), [](const auto &header) { return header.first == "ETag"; });
    const QByteArray range = request.header("range");
    const bool isSame = tag != reply.headers.cend() && request.header("if-range") == tag->second;
    if (!isSame || !range.startsWith("bytes=") || !range.endsWith('-'))
        return reply;
    const qint64 from = range.mid(6).chopped(1).toLongLong();
    const QByteArray total = QByteArray::number(reply.body.size());
    reply.headers.append({ "Content-Range", "bytes " + QByteArray::number(from) + '-' + QByteArray::number(reply.body.size() - 1) + '/' + total });
    reply.status = 206;
    reply.body.remove(0, from);
    return reply;
}

QByteArray gzipOf(const QByteArray &body)
{
    // One stored deflate block needs no compressor: at most 65535 bytes.
    const auto little = [](quint32 value, int bytes) {
        QByteArray out;
        for (int i = 0; i < bytes; ++i)
            out += char(value >> (8 * i) & 0xff);
        return out;
    };
    quint32 crc = 0xffffffff;
    for (const char byte : body) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    const quint32 size = quint32(body.size());
    return QByteArray::fromHex("1f8b0800000000000003") + '\x01' + little(size, 2) + little(~size, 2) + body
        + little(~crc, 4) + little(size, 4);
}

/// Sends a byte or a block again and again for as long as the other side listens.
void pour(QTcpSocket *socket, const QByteArray &piece, int interval)
{
    auto *timer = new QTimer(socket);
    QObject::connect(timer, &QTimer::timeout, socket, [socket, piece] {
        if (socket->state() == QAbstractSocket::ConnectedState && socket->bytesToWrite() < 1024 * 1024)
            socket->write(piece);
    });
    timer->start(interval);
}

} // namespace

QByteArray SeenRequest::header(const QByteArray &lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

bool SeenRequest::has(const QByteArray &lowerCaseName) const
{
    for (const auto &pair : headers) {
        if (pair.first == lowerCaseName)
            return true;
    }
    return false;
}

FaultServer::FaultServer(QObject *parent)
    : QObject(parent)
    , m_server(std::make_unique<QTcpServer>())
{
    connect(m_server.get(), &QTcpServer::newConnection, this, &FaultServer::accept);
    listen();
}

FaultServer::FaultServer(const QSslConfiguration &configuration, QObject *parent)
    : QObject(parent)
    , m_tls(true)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    m_server = std::move(server);
    // Only connections whose handshake is done come up here: a client that refuses never shows.
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FaultServer::accept);
    listen();
}

void FaultServer::listen()
{
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("the fault server found no port");
}

FaultServer::~FaultServer()
{
    for (Client *client : std::as_const(m_clients)) {
        client->socket->disconnect(this);
        delete client;
    }
}

QUrl FaultServer::url(const QString &path) const
{
    QUrl url;
    url.setScheme(m_tls ? u"https"_s : u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(port());
    url.setPath(path);
    return url;
}

void FaultServer::on(const QByteArray &verb, const QByteArray &path, const FaultReply &reply, FaultScript script, int times)
{
    m_rules.push_back({ verb, path, script, reply, times });
}

void FaultServer::clear()
{
    m_rules.clear();
    m_seen.clear();
    m_answer = nullptr;
    for (Client *client : std::as_const(m_clients))
        client->current = -1;
}

int FaultServer::count(const QByteArray &verb, const QByteArray &pathStart) const
{
    return int(std::count_if(m_seen.begin(), m_seen.end(), [&](const SeenRequest &request) {
        return request.verb == verb && request.path.startsWith(pathStart);
    }));
}

int FaultServer::open() const
{
    return int(m_clients.size());
}

void FaultServer::closeIdle()
{
    const QList<Client *> clients = m_clients.values();
    for (Client *client : clients) {
        if (client->current < 0 && !client->busy)
            client->socket->disconnectFromHost();
    }
}

QList<QPair<const char *, FaultScript>> FaultServer::scripts()
{
    return { { "fin", FaultScript::Fin }, { "rst", FaultScript::Reset }, { "drop", FaultScript::Drop }, { "earlyfin", FaultScript::EarlyFin },
        { "halfhead", FaultScript::HalfHead }, { "stall", FaultScript::Stall }, { "stallinbody", FaultScript::StallInBody },
        { "drip", FaultScript::Drip }, { "shortlen", FaultScript::ShortLength }, { "rstinbody", FaultScript::ResetInBody },
        { "chunkcut", FaultScript::ChunkCut }, { "headflood", FaultScript::HeadFlood },
        { "headtoolong", FaultScript::HeadTooLong }, { "firehose", FaultScript::Firehose },
        { "gzipbroken", FaultScript::GzipBroken }, { "garbage", FaultScript::Garbage } };
}

void FaultServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        auto *client = new Client { .socket = socket, .number = ++m_connections, .input = {} };
        m_clients.insert(socket, client);
        connect(socket, &QTcpSocket::readyRead, this, [this, client] { read(*client); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            delete m_clients.take(socket);
            socket->disconnect(this);
            socket->deleteLater();
        });
        if (socket->bytesAvailable() > 0)
            read(*client);
    }
}

FaultServer::Rule FaultServer::ruleFor(const SeenRequest &request, bool use)
{
    if (m_answer)
        return use ? m_answer(request) : Rule();
    const QByteArray path = request.path.split('?').constFirst();
    for (auto rule = m_rules.rbegin(); rule != m_rules.rend(); ++rule) {
        if (rule->times != 0 && (rule->verb.isEmpty() || rule->verb == request.verb) && path.startsWith(rule->path)) {
            if (use && rule->times > 0)
                --rule->times;
            return *rule;
        }
    }
    return { .verb = {}, .path = {}, .reply = { .status = 404, .body = R"({"detail":"no rule"})" } };
}

void FaultServer::read(Client &client)
{
    client.input += client.socket->readAll();
    while (true) {
        if (client.current >= 0) {
            const QByteArray piece = client.input.left(client.bodyLeft);
            m_seen[size_t(client.current)].body += piece;
            client.bodyLeft -= piece.size();
            client.input.remove(0, piece.size());
            if (client.bodyLeft > 0)
                return;
            const SeenRequest request = m_seen[size_t(std::exchange(client.current, -1))];
            const QPointer<QTcpSocket> alive = client.socket;
            answer(client, request);
            if (!alive || !m_clients.contains(alive))
                return;
            continue;
        }
        const qsizetype end = client.input.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        QList<QByteArray> lines = client.input.left(end).split('\n');
        client.input.remove(0, end + 4);
        const QList<QByteArray> first = lines.takeFirst().trimmed().split(' ');
        SeenRequest request { .verb = first.value(0), .path = first.value(1), .headers = {}, .body = {}, .connection = client.number };
        for (const QByteArray &line : std::as_const(lines)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.append({ line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed() });
        }
        client.bodyLeft = request.header("content-length").toLongLong();
        m_seen.push_back(request);
        client.current = qsizetype(m_seen.size()) - 1;
        // Those that do not wait for the body.
        if (ruleFor(request, false).script == FaultScript::EarlyFin) {
            ruleFor(request, true); // it is used up by this one
            client.socket->disconnectFromHost();
            return;
        }
    }
}

void FaultServer::answer(Client &client, const SeenRequest &request)
{
    const Rule rule = ruleFor(request, true);
    const FaultReply reply = rule.reply.givesParts ? partOf(rule.reply, request) : rule.reply;
    const QByteArray half = reply.body.left((reply.body.size() + 1) / 2);
    QTcpSocket *socket = client.socket;
    const auto write = [socket](const QByteArray &bytes) { socket->write(bytes); };
    const auto close = [socket] { socket->disconnectFromHost(); };
    switch (rule.script) {
    case FaultScript::Serve:
        write(headOf(reply, lengthOf(reply.body)) + reply.body);
        break;
    case FaultScript::Fin:
    case FaultScript::EarlyFin:
        close();
        break;
    case FaultScript::Reset:
        reset(socket);
        break;
    case FaultScript::Drop:
        ::shutdown(int(socket->socketDescriptor()), SHUT_RDWR);
        break;
    case FaultScript::HalfHead:
        write("HTTP/1.1 200 OK\r\nContent-Ty");
        close();
        break;
    case FaultScript::Stall:
        client.busy = true;
        break;
    case FaultScript::StallInBody:
        client.busy = true;
        write(headOf(reply, lengthOf(reply.body)) + half);
        break;
    case FaultScript::Drip:
        client.busy = true;
        write("HTTP/1.1 200 OK\r\nX-Slow: ");
        pour(socket, "x", 20);
        break;
    case FaultScript::ShortLength:
        write(headOf(reply, lengthOf(reply.body)) + half);
        close();
        break;
    case FaultScript::NoLength:
        write(headOf(reply, {}) + half);
        close();
        break;
    case FaultScript::ResetInBody:
        write(headOf(reply, lengthOf(reply.body)) + half);
        // What was written must be on its way before the reset throws the rest away.
        connect(socket, &QTcpSocket::bytesWritten, socket, [socket] {
            if (socket->bytesToWrite() == 0)
                QTimer::singleShot(50, socket, [socket] { reset(socket); });
        });
        break;
    case FaultScript::ChunkCut:
        write(headOf(reply, "Transfer-Encoding: chunked\r\n") + "ffff\r\n" + half);
        close();
        break;
    case FaultScript::Chunked: {
        write(headOf(reply, "Transfer-Encoding: chunked\r\n"));
        for (qsizetype at = 0; at < reply.body.size(); at += 7) {
            const QByteArray piece = reply.body.mid(at, 7);
            write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
        }
        write("0\r\n\r\n");
        break;
    }
    case FaultScript::HeadFlood: {
        QByteArray many;
        for (int i = 0; i < 150; ++i)
            many += "X-Flood-" + QByteArray::number(i) + ": y\r\n";
        write(headOf(reply, many + lengthOf(reply.body)) + reply.body);
        break;
    }
    case FaultScript::HeadTooLong:
        write(headOf(reply, "X-Long: " + QByteArray(300 * 1024, 'l') + "\r\n" + lengthOf(reply.body)) + reply.body);
        break;
    case FaultScript::Firehose:
        client.busy = true;
        write(headOf(reply, {}));
        pour(socket, QByteArray(64 * 1024, 'f'), 0);
        break;
    case FaultScript::Pinging:
        client.busy = true;
        write(headOf(reply, {}) + reply.body);
        pour(socket, reply.body, 100);
        break;
    case FaultScript::Gzip: {
        const QByteArray packed = gzipOf(reply.body);
        write(headOf(reply, "Content-Encoding: gzip\r\n" + lengthOf(packed)) + packed);
        break;
    }
    case FaultScript::GzipBroken:
        write(headOf(reply, "Content-Encoding: gzip\r\n" + lengthOf(reply.body)) + reply.body);
        break;
    case FaultScript::Garbage:
        write(QByteArray::fromHex("00ff1603010200") + "nothing of the kind\r\n\r\n");
        close();
        break;
    case FaultScript::TruncatedBody:
        write(headOf(reply, lengthOf(half)) + half);
        break;
    }
}

} // namespace plantain
