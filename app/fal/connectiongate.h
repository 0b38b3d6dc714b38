#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>

#include <deque>

namespace plantain {

class HttpExchange;

/// Starts exchanges, at most six at a time for one origin: as many as QNetworkAccessManager opens connections for.
/// The others wait here, where their limits do not run, instead of inside Qt, where they would.
class ConnectionGate final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    static constexpr int connectionsPerOrigin = 6;

    void enter(HttpExchange &exchange);

private:
    void begin(const QString &origin, HttpExchange &exchange);
    void leave(const QString &origin);

    struct Lane
    {
        int running = 0;
        std::deque<QPointer<HttpExchange>> waiting;
    };
    QHash<QString, Lane> m_lanes;
};

} // namespace plantain
