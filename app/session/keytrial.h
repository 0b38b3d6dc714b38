#pragma once

#include "keys.h"

#include "falclient.h"

namespace plantain {

/// Asks a server, free of charge, whether it takes a key, before that is used for anything else. Deletes itself when it
/// has the answer.
class KeyTrial final : public QObject
{
    Q_OBJECT
public:
    KeyTrial(const Server &server, const QByteArray &key, QObject *parent);

    /// Nothing when the key is good; BadKey or Locked when it is not; anything else: the server could not be asked.
    QFuture<Keys::Done> start(const EndpointId &endpoint);

private:
    FalClient m_client;
    CallHandle m_call;
    QPromise<Keys::Done> m_promise;
};

} // namespace plantain
