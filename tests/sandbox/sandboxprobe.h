#pragma once

#include "json.h"
#include "sandbox.h"

#include <QList>
#include <QPair>
#include <QTcpSocket>

#include <memory>

namespace plantain {

/// A reply as it came over the wire.
struct RawReply
{
    int status = 0; ///< 0: hung up without a head
    QList<QPair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;
    bool whole = false; ///< the body has the length that was announced

    QByteArray header(const QByteArray &name) const;
    Json json() const; ///< null when the body is none
};

/// Speaks HTTP to a server on loopback byte by byte, blocking, so that a test can send what no decent client would.
class SandboxProbe
{
public:
    explicit SandboxProbe(quint16 port, QByteArray key = "id:secret");

    /// Headers in `extra` replace the usual ones of the same name; an empty value leaves the header out.
    RawReply send(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                  const QList<QPair<QByteArray, QByteArray>> &extra = {}) const;
    RawReply get(const QByteArray &target) const { return send("GET", target); }
    RawReply put(const QByteArray &target, const QByteArray &body = {}) const { return send("PUT", target, body); }
    RawReply post(const QByteArray &target, const Json &input) const { return send("POST", target, toBytes(input)); }

    QByteArray headOf(const QByteArray &method, const QByteArray &target, qsizetype length,
                      const QList<QPair<QByteArray, QByteArray>> &extra) const;
    static RawReply readReply(QTcpSocket &socket);
    std::unique_ptr<QTcpSocket> open() const;

    /// Submits and gives the request id; empty when it was not taken.
    QByteArray submit(const Json &input, const QByteArray &endpoint = "fal-ai/nano-banana-2") const;
    /// Follows the status stream to its end; gives the events.
    std::vector<Json> follow(const QByteArray &id, bool logs, const QByteArray &app = "fal-ai/nano-banana-2") const;
    /// Waits on the status stream until the request is in that state; false when it never was.
    bool waitForState(const QByteArray &id, const QByteArray &state) const;
    /// Submit, wait, result.
    RawReply complete(const Json &input, const QByteArray &endpoint = "fal-ai/nano-banana-2") const;

    quint16 port() const { return m_port; }

private:
    quint16 m_port;
    QByteArray m_key;
};

/// The bundled endpoints.
EndpointCatalog bundledCatalog();

/// A sandbox of a test's own; starting another ends the one before.
class SandboxFixture
{
public:
    SandboxProbe start(const SandboxOptions &options = {});
    void stop() { m_sandbox.reset(); }
    QString base() const { return m_sandbox->base().toString(); }

private:
    const EndpointCatalog m_catalog = bundledCatalog();
    std::unique_ptr<Sandbox> m_sandbox;
};

Json promptOnly(const char *text);
/// The `status` of a reply.
QByteArray stateIn(const RawReply &reply);

/// Path and query of a URL of the sandbox.
QByteArray targetOf(const Json &url);

} // namespace plantain
