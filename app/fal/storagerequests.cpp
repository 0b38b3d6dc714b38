#include "storagerequests.h"

#include "exchangereplies.h"
#include "json.h"
#include "requesturls.h"

#include <QFile>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

HttpRequest initiateRequest(const Server &server, const UploadPlan &plan)
{
    QUrl url = urlBelow(server.storage, plan.partBytes > 0 ? u"upload/initiate-multipart"_s : u"upload/initiate"_s);
    QUrlQuery query;
    query.addQueryItem(u"storage_type"_s, u"fal-cdn-v3"_s);
    url.setQuery(query);
    const Json body = { { "content_type", toJson(plan.contentType) }, { "file_name", toJson(plan.name) } };
    HttpRequest request { .verb = "POST", .url = url,
        .headers = { { "Accept", "application/json" }, { "Content-Type", "application/json" } }, .authorization = {},
        .body = std::make_unique<OneShotBody>(toBytes(body)) };
    if (plan.lifetime.count() > 0) {
        request.headers.emplace_back("X-Fal-Object-Lifecycle",
            toBytes(Json { { "expiration_duration_seconds", plan.lifetime.count() } }));
    }
    return request;
}

HttpRequest putRequest(const QUrl &url, QFile &file, qint64 bytes, const QString &contentType)
{
    HttpRequest request { .verb = "PUT", .url = url, .headers = {}, .authorization = {},
        .body = std::make_unique<OneShotBody>(file, bytes) };
    if (!contentType.isEmpty())
        request.headers.emplace_back("Content-Type", contentType.toUtf8());
    return request;
}

HttpRequest completeRequest(const PartsUpload &upload)
{
    std::vector<UploadedPart> parts = upload.parts;
    std::sort(parts.begin(), parts.end(),
        [](const UploadedPart &one, const UploadedPart &other) { return one.number < other.number; });
    Json list = Json::array();
    for (const UploadedPart &part : parts)
        list.push_back({ { "partNumber", part.number }, { "etag", toJson(part.etag) } });
    return { .verb = "POST", .url = partUrl(upload.upload, u"complete"_s),
        .headers = { { "Accept", "application/json" }, { "Content-Type", "application/json" } }, .authorization = {},
        .body = std::make_unique<OneShotBody>(toBytes(Json { { "parts", std::move(list) } })) };
}

std::optional<Error> storageErrorOf(const HttpOutcome &outcome)
{
    if (outcome.isComplete() && outcome.head.isSuccess())
        return std::nullopt;
    Error error = errorOf(outcome);
    const int status = outcome.head.status;
    const bool mayPass = status == 408 || status == 429 || status >= 500;
    if (outcome.isComplete() && !mayPass) {
        error.kind = ErrorKind::Refused;
        error.type = u"storage_refused"_s;
    }
    return error;
}

QUrl partUrl(const QUrl &upload, const QString &part)
{
    QUrl url = upload;
    url.setPath(upload.path(QUrl::FullyEncoded) + u'/' + part, QUrl::TolerantMode);
    return url;
}

Result<std::unique_ptr<QFile>> openedForUpload(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly) || file->isSequential()) {
        return failure({ .kind = ErrorKind::Disk,
            .type = file->exists() ? u"io"_s : u"missing"_s,
            .message = path + u": "_s + file->errorString() });
    }
    return file;
}

} // namespace plantain
