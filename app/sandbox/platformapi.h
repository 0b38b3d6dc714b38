#pragma once

#include "keycheck.h"
#include "sandboxqueue.h"

namespace plantain {

/// The part of fal's Platform API that a client of models needs (fal-protocol.md 9.2): the account's own requests,
/// and prices, which are nothing here. Called from the connections' threads.
class PlatformApi final
{
public:
    PlatformApi(const KeyCheck &keys, SandboxQueue &queue);

    /// /v1/...; `path` without that first segment.
    ServerReply answer(const ServerRequest &request, const QList<QByteArray> &path) const;

private:
    ServerReply requests(const ServerRequest &request, const QByteArray &key) const;
    ServerReply pricing(const ServerRequest &request) const;

    const KeyCheck &m_keys;
    SandboxQueue &m_queue;
};

} // namespace plantain
