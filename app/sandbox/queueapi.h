#pragma once

#include "directives.h"
#include "endpointcatalog.h"
#include "keycheck.h"
#include "sandboxledger.h"
#include "sandboxqueue.h"

namespace plantain {

/// fal's queue and synchronous interface (fal-protocol.md 2 to 6) on the sandbox's queue. Called from the
/// connections' threads.
class QueueApi final
{
public:
    QueueApi(const EndpointCatalog &catalog, const KeyCheck &keys, SandboxQueue &queue, SandboxLedger &ledger,
             std::chrono::milliseconds pingInterval);

    /// POST /<endpoint id>
    ServerReply submit(const ServerRequest &request, const QByteArray &endpointId);
    /// POST /run/<endpoint id>
    ServerReply run(const ServerRequest &request, const QByteArray &endpointId);
    /// Anything below /<app>/requests/<id>; `tail` are the segments behind the id.
    ServerReply request(const ServerRequest &request, const QByteArray &app, const QByteArray &id,
                        const QList<QByteArray> &tail);

    static constexpr int maxStreams = 44; ///< of the server's threads, so that others stay free

private:
    struct Admission
    {
        SandboxJob job;
        Directives directives;
        std::optional<ServerReply> refusal;
    };
    Admission admit(const ServerRequest &request, const QByteArray &endpointId);
    std::optional<ServerReply> refusalOnDemand(const QString &submit) const;
    bool isKnown(const QByteArray &endpointId) const;
    ServerReply status(const ServerRequest &request, const QByteArray &id);
    ServerReply stream(const ServerRequest &request, const QByteArray &id);
    ServerReply result(const QByteArray &id);
    ServerReply cancel(const QByteArray &id);

    const EndpointCatalog m_catalog;
    const KeyCheck &m_keys;
    SandboxQueue &m_queue;
    SandboxLedger &m_ledger;
    const std::chrono::milliseconds m_pingInterval;
    std::atomic<int> m_streams = 0;
};

} // namespace plantain
