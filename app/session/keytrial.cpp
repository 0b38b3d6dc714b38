#include "keytrial.h"

namespace plantain {

KeyTrial::KeyTrial(const Server &server, const QByteArray &key, QObject *parent)
    : QObject(parent)
    , m_client(server, [key] { return key; })
{
    m_promise.start();
}

QFuture<Keys::Done> KeyTrial::start(const EndpointId &endpoint)
{
    m_call = m_client.checkKey(endpoint, [this](const std::optional<Error> &error) {
        m_promise.addResult(error);
        m_promise.finish();
        deleteLater();
    });
    return m_promise.future();
}

} // namespace plantain
