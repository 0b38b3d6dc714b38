#include "storageapi.h"

#include "json.h"
#include "sandboxguard.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

ServerReply replyOf(UploadStore::Outcome outcome)
{
    switch (outcome) {
    case UploadStore::Outcome::Unknown:
        return refusal(404, "Upload not found");
    case UploadStore::Outcome::BadSignature:
        return refusal(403, "Signature does not match");
    case UploadStore::Outcome::BadPart:
        return refusal(400, "Part is not what was expected");
    case UploadStore::Outcome::TooMany:
        return refusal(413, "Too many bytes wait for their completion");
    case UploadStore::Outcome::DiskFull:
        return refusal(507, "The upload could not be stored");
    case UploadStore::Outcome::Stored:
        break;
    }
    return { .body = "{}" };
}

bool receiveTo(const ServerRequest &request, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return false;
    const bool whole = request.readBody([&file](QByteArrayView piece) {
        return file.write(piece.data(), piece.size()) == piece.size();
    });
    return whole && file.flush();
}

} // namespace

StorageApi::StorageApi(const KeyCheck &keys, FileStore &files)
    : m_keys(keys)
    , m_files(files)
    , m_uploads(files)
{
}

ServerReply StorageApi::storage(const ServerRequest &request, const QList<QByteArray> &path)
{
    if (request.method == "POST" && path.value(0) == "upload" && path.size() == 2) {
        if (path.at(1) == "initiate")
            return initiate(request, false);
        if (path.at(1) == "initiate-multipart")
            return initiate(request, true);
    }
    if (path.value(0) != "uploads" || path.size() < 3 || path.size() > 4)
        return refusal(404, "Not Found");
    const QByteArray token = path.at(1);
    if (request.method == "POST" && path.size() == 4 && path.at(3) == "complete")
        return complete(request, token);
    if (request.method != "PUT")
        return refusal(405, "Method Not Allowed");
    return path.size() == 4 ? put(request, token, path.at(3).toInt()) : put(request, token, std::nullopt);
}

ServerReply StorageApi::initiate(const ServerRequest &request, bool inParts)
{
    const auto [key, refused] = m_keys.check(request, "storage");
    if (refused)
        return *refused;
    const Result<Json> body = parseJson(request.body());
    if (!body || stringAt(*body, "content_type").isEmpty() || stringAt(*body, "file_name").isEmpty())
        return refusal(422, "content_type and file_name are required");
    std::optional<qint64> lifetime;
    if (const Result<Json> wish = parseJson(request.header("x-fal-object-lifecycle")); wish && wish->is_object())
        lifetime = integerAt(*wish, "expiration_duration_seconds");
    if (lifetime && *lifetime < 1)
        return refusal(422, "expiration_duration_seconds must be at least 1");
    const UploadStore::Ticket ticket = m_uploads.begin(stringAt(*body, "file_name").toUtf8(), inParts, lifetime);
    return { .body = toBytes(Json { { "file_url", (request.origin() + ticket.filePath).toStdString() },
                                    { "upload_url", (request.origin() + ticket.uploadPath).toStdString() } }) };
}

ServerReply StorageApi::put(const ServerRequest &request, const QByteArray &token, std::optional<int> part)
{
    QByteArray etag;
    const auto outcome = m_uploads.put(
        token, request.queryValue("sig"), part, [&request](const QString &path) { return receiveTo(request, path); }, etag);
    ServerReply reply = replyOf(outcome);
    if (outcome != UploadStore::Outcome::Stored)
        return reply;
    reply.headers.append({ { "ETag", etag } });
    if (part)
        reply.body = toBytes(Json { { "partNumber", *part }, { "etag", etag.toStdString() } });
    return reply;
}

ServerReply StorageApi::complete(const ServerRequest &request, const QByteArray &token)
{
    const Result<Json> body = parseJson(request.body());
    const Json *list = body ? arrayAt(*body, "parts") : nullptr;
    if (!list)
        return refusal(422, "parts are required");
    QList<UploadStore::Part> parts;
    for (const Json &part : *list)
        parts.append({ int(integerAt(part, "partNumber").value_or(0)), stringAt(part, "etag").toLatin1() });
    return replyOf(m_uploads.complete(token, request.queryValue("sig"), parts));
}

ServerReply StorageApi::file(const ServerRequest &request) const
{
    if (request.method != "GET" && request.method != "HEAD")
        return refusal(405, "Method Not Allowed");
    const std::optional<StoredFile> found = m_files.findByUrlPath('/' + request.path.join('/'));
    if (!found || found->fault == FileFault::Missing)
        return refusal(404, "Not Found");
    ServerReply reply { .contentType = found->contentType,
                        .headers = { { "X-Content-Type-Options", "nosniff" },
                                     { "Content-Disposition",
                                       (found->contentType.startsWith("image/") ? "inline; filename=\"" : "attachment; filename=\"")
                                           + found->name + '"' },
                                     { "Cache-Control", "private" },
                                     { "ETag", '"' + request.path.value(2) + '"' } },
                        .file = found->path };
    if (found->fault == FileFault::Dropped)
        reply.cutAfter = QFile(found->path).size() / 2;
    return reply;
}

} // namespace plantain
