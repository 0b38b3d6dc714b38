#include "historycall.h"

#include "exchangereplies.h"
#include "requesturls.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int mostPages = 20;

} // namespace

HistoryCall::HistoryCall(Wire &wire, const EndpointId &endpoint, const QDateTime &since, Finished finished)
    : m_wire(&wire)
    , m_endpoint(endpoint)
    , m_since(since)
    , m_finished(std::move(finished))
{
    ask({});
}

void HistoryCall::cancel()
{
    m_exchange->cancel();
}

void HistoryCall::silence()
{
    m_finished = nullptr;
    if (m_exchange)
        m_exchange->drop();
}

void HistoryCall::ask(const QString &cursor)
{
    ++m_pages;
    QUrlQuery query;
    query.addQueryItem(u"endpoint_id"_s, QString::fromLatin1(QUrl::toPercentEncoding(m_endpoint.text)));
    if (m_since.isValid())
        query.addQueryItem(u"start"_s, m_since.toUTC().toString(Qt::ISODateWithMs));
    query.addQueryItem(u"expand"_s, u"payloads"_s);
    if (!cursor.isEmpty())
        query.addQueryItem(u"cursor"_s, QString::fromLatin1(QUrl::toPercentEncoding(cursor)));
    QUrl url = urlBelow(m_wire->server.platform, u"models/requests/by-endpoint"_s);
    url.setQuery(query);
    HttpRequest request { .verb = "GET", .url = url, .headers = { { "Accept", "application/json" } }, .authorization = {},
        .body = {} };
    m_exchange = m_wire->prepare(std::move(request), m_wire->limits.history, Wire::Lane::Api);
    connect(m_exchange.get(), &HttpExchange::finished, this, &HistoryCall::answered);
    m_wire->begin(*m_exchange, Wire::Lane::Api);
}

void HistoryCall::answered(const HttpOutcome &outcome)
{
    Result<HistoryPage> page = historyPageOf(m_wire->cleaned(outcome));
    if (!page) {
        finish(failure(page.error()));
        return;
    }
    for (HistoryEntry &entry : page->entries)
        m_entries.push_back(std::move(entry));
    if (page->nextCursor.isEmpty() || m_pages >= mostPages)
        finish(std::move(m_entries));
    else
        ask(page->nextCursor);
}

void HistoryCall::finish(Result<std::vector<HistoryEntry>> result)
{
    if (const Finished finished = std::exchange(m_finished, nullptr))
        finished(std::move(result));
}

} // namespace plantain
