#include "connectiongate.h"

#include "httpexchange.h"

namespace plantain {

void ConnectionGate::enter(HttpExchange &exchange)
{
    const QString origin = exchange.url().adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery
                                              | QUrl::RemoveFragment).toString();
    Lane &lane = m_lanes[origin];
    if (lane.running < connectionsPerOrigin)
        begin(origin, exchange);
    else
        lane.waiting.emplace_back(&exchange);
}

void ConnectionGate::begin(const QString &origin, HttpExchange &exchange)
{
    ++m_lanes[origin].running;
    connect(&exchange, &HttpExchange::over, this, [this, origin] { leave(origin); });
    exchange.start();
}

void ConnectionGate::leave(const QString &origin)
{
    --m_lanes[origin].running;
    while (true) {
        Lane &lane = m_lanes[origin];
        if (lane.waiting.empty() || lane.running >= connectionsPerOrigin)
            break;
        const QPointer<HttpExchange> next = lane.waiting.front();
        lane.waiting.pop_front();
        if (next && !next->isOver())
            begin(origin, *next);
    }
    if (const auto lane = m_lanes.find(origin); lane != m_lanes.end() && lane->running == 0 && lane->waiting.empty())
        m_lanes.erase(lane);
}

} // namespace plantain
