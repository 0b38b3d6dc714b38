#pragma once

#include "connectiongate.h"
#include "falclient.h"
#include "fallimits.h"
#include "hostlookup.h"

class QNetworkAccessManager;

namespace plantain {

/// What all exchanges of one client share: its server, key, limits and connections.
class Wire final : public QObject
{
    Q_OBJECT
public:
    /// Which connections an exchange uses.
    enum class Lane {
        Api, ///< kept open and shared by short calls
        Transfer, ///< kept open and shared by pictures, so that they hold up no call; never with the key
        Alone, ///< a fresh one: for submits, because a kept one may just be closing (reliability.md A1), and for streams,
               ///< because each holds one of the six that Qt opens
    };

    Wire(Server server, KeySource key);
    ~Wire() override;

    const Server server;
    FalLimits limits;
    HostLookup lookup = systemHostLookup();

    /// Not started: connect to it, then begin() it.
    HttpExchangePtr prepare(HttpRequest request, const HttpLimits &exchangeLimits, Lane lane);
    void begin(HttpExchange &exchange, Lane lane);

    /// Looks at where an address that passed the gate leads: `then` gets an error when a server elsewhere named a host
    /// that is, under a public name, this machine or one of its network. At once where there is nothing to look up.
    /// Between this and the connection Qt could be told otherwise; it would still want a certificate of that name.
    void whenOutside(const QUrl &url, QObject *context, std::function<void(std::optional<Error>)> then);

    bool hasKey() const { return !authorization().isEmpty(); }
    QString redacted(const QString &text) const;
    QByteArray redacted(const QByteArray &bytes) const;
    void redact(Error &error) const;
    /// The reply without the key, should the server have echoed it; any other is left byte for byte.
    HttpOutcome cleaned(HttpOutcome outcome) const;

private:
    bool isKeyOrigin(const QUrl &url) const;
    QByteArray authorization() const;

    KeySource m_key;
    std::unique_ptr<QNetworkAccessManager> m_api, m_transfers;
    ConnectionGate m_apiGate, m_transferGate;
};

} // namespace plantain
