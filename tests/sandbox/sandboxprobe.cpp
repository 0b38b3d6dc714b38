#include "sandboxprobe.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int patience = 60000; // milliseconds; guards against a hang, asserts nothing

QByteArray readUntil(QTcpSocket &socket, const QByteArray &mark)
{
    QByteArray bytes;
    while (!bytes.endsWith(mark)) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(patience))
            break;
        bytes += socket.read(1);
    }
    return bytes;
}

QByteArray readCount(QTcpSocket &socket, qint64 count)
{
    QByteArray bytes;
    while (bytes.size() < count) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(patience))
            break;
        bytes += socket.read(count - bytes.size());
    }
    return bytes;
}

} // namespace

QByteArray RawReply::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

Json RawReply::json() const
{
    return parseJson(body, { .bytes = body.size() }).value_or(Json(nullptr));
}

SandboxProbe::SandboxProbe(quint16 port, QByteArray key)
    : m_port(port)
    , m_key(std::move(key))
{
}

std::unique_ptr<QTcpSocket> SandboxProbe::open() const
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(u"127.0.0.1"_s, m_port);
    socket->waitForConnected(patience);
    return socket;
}

QByteArray SandboxProbe::headOf(const QByteArray &method, const QByteArray &target, qsizetype length,
                                const QList<QPair<QByteArray, QByteArray>> &extra) const
{
    QList<QPair<QByteArray, QByteArray>> headers { { "Host", "127.0.0.1:" + QByteArray::number(m_port) },
                                                   { "Content-Type", "application/json" },
                                                   { "Connection", "close" } };
    if (!m_key.isEmpty())
        headers.append({ { "Authorization", "Key " + m_key } });
    if (method == "POST" || method == "PUT")
        headers.append({ { "Content-Length", QByteArray::number(length) } });
    for (const auto &replacement : extra)
        headers.removeIf([&replacement](const auto &header) { return header.first == replacement.first; });
    headers.append(extra);
    QByteArray head = method + ' ' + target + " HTTP/1.1\r\n";
    for (const auto &[name, value] : headers) {
        if (!value.isEmpty())
            head += name + ": " + value + "\r\n";
    }
    return head + "\r\n";
}

RawReply SandboxProbe::readReply(QTcpSocket &socket)
{
    RawReply reply;
    const QByteArray head = readUntil(socket, "\r\n\r\n");
    const QList<QByteArray> lines = head.split('\n');
    reply.status = lines.value(0).split(' ').value(1).toInt();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines.at(i).indexOf(':');
        if (colon > 0)
            reply.headers.append({ lines.at(i).first(colon).toLower(), lines.at(i).sliced(colon + 1).trimmed() });
    }
    if (reply.header("transfer-encoding") == "chunked") {
        for (;;) {
            bool good = false;
            const qint64 size = readUntil(socket, "\r\n").trimmed().toLongLong(&good, 16);
            if (!good)
                return reply;
            reply.body += readCount(socket, size);
            readCount(socket, 2);
            if (size == 0) {
                reply.whole = true;
                return reply;
            }
        }
    }
    const qint64 length = reply.header("content-length").toLongLong();
    reply.body = readCount(socket, length);
    reply.whole = reply.status > 0 && reply.body.size() == length;
    return reply;
}

RawReply SandboxProbe::send(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                            const QList<QPair<QByteArray, QByteArray>> &extra) const
{
    const auto socket = open();
    socket->write(headOf(method, target, body.size(), extra));
    socket->write(body);
    while (socket->bytesToWrite() > 0 && socket->waitForBytesWritten(patience)) { }
    return readReply(*socket);
}

QByteArray SandboxProbe::submit(const Json &input, const QByteArray &endpoint) const
{
    const RawReply reply = post('/' + endpoint, input);
    return reply.status == 200 ? stringAt(reply.json(), "request_id").toLatin1() : QByteArray();
}

std::vector<Json> SandboxProbe::follow(const QByteArray &id, bool logs, const QByteArray &app) const
{
    const RawReply reply = get('/' + app + "/requests/" + id + "/status/stream" + (logs ? "?logs=1" : ""));
    std::vector<Json> events;
    for (const QByteArray &line : reply.body.split('\n')) {
        if (line.startsWith("data: "))
            events.push_back(parseJson(line.sliced(6)).value_or(Json(nullptr)));
    }
    return events;
}

bool SandboxProbe::waitForState(const QByteArray &id, const QByteArray &state) const
{
    const auto socket = open();
    socket->write(headOf("GET", "/fal-ai/nano-banana-2/requests/" + id + "/status/stream", 0, {}));
    QByteArray seen;
    while (!seen.contains("\"status\":\"" + state + '"')) {
        if (socket->bytesAvailable() == 0 && !socket->waitForReadyRead(patience))
            return false;
        seen += socket->readAll();
    }
    return true;
}

RawReply SandboxProbe::complete(const Json &input, const QByteArray &endpoint) const
{
    const QByteArray id = submit(input, endpoint);
    if (id.isEmpty())
        return {};
    const QByteArray app = endpoint.split('/').first(2).join('/');
    follow(id, false, app);
    return get('/' + app + "/requests/" + id);
}

EndpointCatalog bundledCatalog()
{
    return EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
}

SandboxProbe SandboxFixture::start(const SandboxOptions &options)
{
    m_sandbox.reset();
    auto sandbox = Sandbox::start(options, m_catalog);
    if (!sandbox)
        qFatal("%s", qPrintable(sandbox.error().message));
    m_sandbox = std::move(*sandbox);
    return SandboxProbe(quint16(m_sandbox->base().port()));
}

Json promptOnly(const char *text)
{
    return { { "prompt", text } };
}

QByteArray stateIn(const RawReply &reply)
{
    return stringAt(reply.json(), "status").toLatin1();
}

QByteArray targetOf(const Json &url)
{
    return QUrl(toQString(url)).toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
}

} // namespace plantain
