#include "platformapi.h"

#include "json.h"
#include "queuejson.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

ServerReply platformError(int status, const char *type, const char *message)
{
    return { .status = status,
             .body = toBytes(Json { { "error", Json { { "type", type }, { "message", message } } } }) };
}

/// A request's body or reply as JSON; null when it is none or no longer there.
Json payload(const std::optional<RetainedBytes> &retained)
{
    const std::optional<QByteArray> bytes = retained ? retained->read() : std::nullopt;
    return bytes ? parseJson(*bytes, { .bytes = bytes->size() }).value_or(Json(nullptr)) : Json(nullptr);
}

Json timeOrNull(qint64 microseconds)
{
    return microseconds > 0 ? Json(platformTime(microseconds).toStdString()) : Json(nullptr);
}

Json itemOf(const SandboxHistoryEntry &entry, bool payloads)
{
    Json item { { "request_id", entry.id.toStdString() },
                { "endpoint_id", entry.endpoint.text.toStdString() },
                { "started_at", timeOrNull(entry.startedAt) },
                { "sent_at", timeOrNull(entry.sentAt) },
                { "ended_at", timeOrNull(entry.endedAt) },
                { "status_code", entry.status > 0 ? Json(entry.status) : Json(nullptr) } };
    if (payloads) {
        item["json_input"] = payload(entry.input);
        item["json_output"] = payload(entry.output);
    }
    return item;
}

std::optional<int> limitOf(const ServerRequest &request)
{
    if (!request.hasQuery("limit"))
        return 50;
    bool good = false;
    const int limit = request.queryValue("limit").toInt(&good);
    return good && limit >= 1 && limit <= 100 ? std::optional(limit) : std::nullopt;
}

} // namespace

PlatformApi::PlatformApi(const KeyCheck &keys, SandboxQueue &queue)
    : m_keys(keys)
    , m_queue(queue)
{
}

ServerReply PlatformApi::answer(const ServerRequest &request, const QList<QByteArray> &path) const
{
    if (request.method != "GET")
        return platformError(405, "validation_error", "Method not allowed");
    const auto [key, refused] = m_keys.check(request, "platform");
    if (refused)
        return platformError(refused->status, "authorization_error", "The key is missing or not valid");
    const QByteArray what = path.join('/');
    if (what == "models/requests/by-endpoint")
        return requests(request, key);
    if (what == "models/pricing")
        return pricing(request);
    return platformError(404, "not_found", "There is no such call here");
}

ServerReply PlatformApi::requests(const ServerRequest &request, const QByteArray &key) const
{
    const QString endpoint = QString::fromUtf8(request.queryValue("endpoint_id"));
    if (endpoint.isEmpty())
        return platformError(422, "validation_error", "endpoint_id is required");
    const std::optional<int> limit = limitOf(request);
    if (!limit)
        return platformError(422, "validation_error", "limit is a number from 1 to 100");
    QDateTime start = QDateTime::currentDateTimeUtc().addDays(-1); // fal's default window
    if (request.hasQuery("start"))
        start = QDateTime::fromString(QString::fromLatin1(request.queryValue("start")), Qt::ISODateWithMs);
    if (!start.isValid())
        return platformError(422, "validation_error", "start is not a time");

    // Newest first; the cursor is the last id given, so new requests shift nothing.
    const std::vector<SandboxHistoryEntry> all = m_queue.history({ endpoint }, key, start.toMSecsSinceEpoch() * 1000);
    const QByteArray cursor = request.queryValue("cursor");
    size_t first = 0;
    if (!cursor.isEmpty()) {
        while (first < all.size() && all[first].id.toLatin1() != cursor)
            ++first;
        ++first;
    }
    const bool payloads = request.queryValue("expand").split(',').contains("payloads");
    Json items = Json::array();
    for (size_t index = first; index < all.size() && int(items.size()) < *limit; ++index)
        items.push_back(itemOf(all[index], payloads));
    const size_t last = first + items.size();
    const bool more = last < all.size() && !items.empty();
    return { .body = toBytes(Json { { "items", std::move(items) },
                                    { "next_cursor", more ? Json(all[last - 1].id.toStdString()) : Json(nullptr) },
                                    { "has_more", more } }) };
}

ServerReply PlatformApi::pricing(const ServerRequest &request) const
{
    Json prices = Json::array();
    for (const auto &[name, value] : request.query) {
        if (name != "endpoint_id")
            continue;
        for (const QByteArray &id : value.split(',')) {
            prices.push_back(Json { { "endpoint_id", id.toStdString() },
                                    { "unit_price", 0 },
                                    { "unit", "images" },
                                    { "currency", "USD" } });
        }
    }
    if (prices.empty())
        return platformError(422, "validation_error", "endpoint_id is required");
    return { .body = toBytes(Json { { "prices", std::move(prices) }, { "next_cursor", nullptr }, { "has_more", false } }) };
}

} // namespace plantain
