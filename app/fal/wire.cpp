#include "wire.h"

#include "networkaccess.h"
#include "redaction.h"
#include "urlgate.h"

#include <QNetworkAccessManager>

#include <algorithm>

namespace plantain {

Wire::Wire(Server chosen, KeySource key)
    : server(std::move(chosen))
    , m_key(std::move(key))
    , m_api(makeNetworkAccess())
    , m_transfers(makeNetworkAccess())
{
}

Wire::~Wire() = default;

bool Wire::isKeyOrigin(const QUrl &url) const
{
    return sameOrigin(url, server.queue) || sameOrigin(url, server.sync) || sameOrigin(url, server.storage)
        || sameOrigin(url, server.platform);
}

QByteArray Wire::authorization() const
{
    const QByteArray key = m_key ? m_key().trimmed() : QByteArray();
    // Anything but visible ASCII could end the header; such a key is no key, and the server's 401 says so.
    const bool sendable = !key.isEmpty() && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
    return sendable ? "Key " + key : QByteArray();
}

HttpExchangePtr Wire::prepare(HttpRequest request, const HttpLimits &exchangeLimits, Lane lane)
{
    if (lane != Lane::Transfer && isKeyOrigin(request.url)) {
        request.authorization = [wire = QPointer(this)] { return wire ? wire->authorization() : QByteArray(); };
    }
    std::unique_ptr<QNetworkAccessManager> own;
    if (lane == Lane::Alone)
        own = makeNetworkAccess();
    QNetworkAccessManager &network = own ? *own : lane == Lane::Api ? *m_api : *m_transfers;
    HttpExchangePtr exchange(new HttpExchange(network, std::move(request), exchangeLimits));
    if (own) {
        own.release()->setParent(exchange.get());
        connect(this, &QObject::destroyed, exchange.get(), &HttpExchange::drop);
    }
    return exchange;
}

void Wire::begin(HttpExchange &exchange, Lane lane)
{
    switch (lane) {
    case Lane::Api:
        m_apiGate.enter(exchange);
        break;
    case Lane::Transfer:
        m_transferGate.enter(exchange);
        break;
    case Lane::Alone:
        exchange.start();
        break;
    }
}

void Wire::whenOutside(const QUrl &url, QObject *context, std::function<void(std::optional<Error>)> then)
{
    const QString host = url.host();
    if (isLoopback(server.queue) || host == server.queue.host() || !QHostAddress(host).isNull()) {
        then(std::nullopt);
        return;
    }
    lookup(host, context, [url, then = std::move(then)](const QList<QHostAddress> &addresses) {
        // A name that is not known is for the exchange to report.
        if (std::none_of(addresses.begin(), addresses.end(), leadsInside))
            then(std::nullopt);
        else
            then(unexpectedAddress(url.toDisplayString(QUrl::RemoveUserInfo)));
    });
}

QString Wire::redacted(const QString &text) const
{
    return plantain::redacted(text, m_key ? m_key() : QByteArray());
}

QByteArray Wire::redacted(const QByteArray &bytes) const
{
    return redactedBytes(bytes, m_key ? m_key() : QByteArray());
}

void Wire::redact(Error &error) const
{
    error.message = redacted(error.message);
    error.field = redacted(error.field);
    error.type = redacted(error.type);
}

HttpOutcome Wire::cleaned(HttpOutcome outcome) const
{
    if (outcome.error)
        redact(*outcome.error);
    for (auto &[name, value] : outcome.head.headers)
        value = redacted(value);
    outcome.body = redacted(outcome.body);
    return outcome;
}

} // namespace plantain
