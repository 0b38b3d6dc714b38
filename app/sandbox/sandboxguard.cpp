#include "sandboxguard.h"

#include "json.h"

namespace plantain {

namespace {

bool isOurHost(const QByteArray &host, quint16 port)
{
    const QByteArray suffix = ':' + QByteArray::number(port);
    return host == "127.0.0.1" + suffix || host.toLower() == "localhost" + suffix || host == "[::1]" + suffix;
}

bool isJson(const QByteArray &contentType)
{
    return contentType.first(qMax(qsizetype(0), contentType.indexOf(';') < 0 ? contentType.size() : contentType.indexOf(';')))
               .trimmed()
               .toLower()
        == "application/json";
}

bool isUpload(const ServerRequest &request)
{
    return request.method == "PUT" && request.path.value(0) == "storage";
}

} // namespace

ServerReply refusal(int status, const QByteArray &detail)
{
    return { .status = status, .body = toBytes(Json { { "detail", detail.toStdString() } }) };
}

std::optional<ServerReply> refuseAtTheDoor(const ServerRequest &request, quint16 port)
{
    if (request.headerCount("host") != 1 || !isOurHost(request.header("host"), port))
        return refusal(421, "This server answers to the loopback address only");
    if (request.headerCount("origin") > 0)
        return refusal(403, "Requests from web pages are refused");
    const QByteArray site = request.header("sec-fetch-site");
    if (!site.isEmpty() && site != "none")
        return refusal(403, "Requests from web pages are refused");
    if (request.headerCount("transfer-encoding") > 0)
        return refusal(411, "Content-Length is required");
    if (request.headerCount("content-encoding") > 0)
        return refusal(415, "Compressed bodies are not taken");
    const std::optional<qint64> length = request.contentLength();
    if (!length)
        return refusal(400, "Content-Length is not a number");
    if (*length > (isUpload(request) ? maxUploadBytes : maxInputBytes))
        return refusal(413, "Request body is too large");
    if (request.method == "POST" && !isJson(request.header("content-type")))
        return refusal(415, "Content-Type must be application/json");
    return std::nullopt;
}

} // namespace plantain
