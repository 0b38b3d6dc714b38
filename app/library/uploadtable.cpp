#include "uploadtable.h"

#include "json.h"
#include "statement.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString textOf(const std::optional<PartsUpload> &begun)
{
    if (!begun)
        return {};
    Json parts = Json::array();
    for (const UploadedPart &part : begun->parts)
        parts.push_back({ { "number", part.number }, { "etag", toJson(part.etag) } });
    return QString::fromUtf8(toBytes(Json { { "file", begun->file.toEncoded().toStdString() },
                                            { "upload", begun->upload.toEncoded().toStdString() },
                                            { "part_bytes", begun->partBytes },
                                            { "parts", std::move(parts) } }));
}

std::optional<PartsUpload> begunOf(const QString &text)
{
    const Result<Json> json = parseJson(text.toUtf8());
    if (!json)
        return std::nullopt;
    PartsUpload begun { .file = QUrl::fromEncoded(stringAt(*json, "file").toUtf8()),
                        .upload = QUrl::fromEncoded(stringAt(*json, "upload").toUtf8()),
                        .partBytes = integerAt(*json, "part_bytes").value_or(0),
                        .parts = {} };
    if (const Json *parts = arrayAt(*json, "parts")) {
        for (const Json &part : *parts)
            begun.parts.push_back({ int(integerAt(part, "number").value_or(0)), stringAt(part, "etag") });
    }
    return begun.partBytes > 0 ? std::optional(std::move(begun)) : std::nullopt;
}

} // namespace

Result<std::optional<UploadRecord>> UploadTable::find(const QString &server, const QString &sha256)
{
    Statement statement(m_database, u"SELECT asked, lifetime, url, begun FROM uploads WHERE sha256 = ? AND server = ?"_s);
    const auto row = statement.bind(sha256).bind(server).next();
    if (!row)
        return failure(row.error());
    if (!*row)
        return std::optional<UploadRecord>();
    return UploadRecord { .sha256 = sha256,
                          .server = server,
                          .asked = QDateTime::fromSecsSinceEpoch(statement.number(0), Qt::UTC),
                          .lifetime = std::chrono::seconds(statement.number(1)),
                          .url = QUrl::fromEncoded(statement.text(2).toUtf8()),
                          .begun = begunOf(statement.text(3)) };
}

Result<void> UploadTable::put(const UploadRecord &record)
{
    const qint64 asked = record.asked.toSecsSinceEpoch();
    if (const auto purged = m_database.run(u"DELETE FROM uploads WHERE asked + lifetime <= ?"_s, { asked }); !purged)
        return purged;
    Statement statement(m_database, u"INSERT OR REPLACE INTO uploads (sha256, server, asked, lifetime, url, begun) "
                                    "VALUES (?, ?, ?, ?, ?, ?)"_s);
    return statement.bind(record.sha256)
        .bind(record.server)
        .bind(asked)
        .bind(qint64(record.lifetime.count()))
        .bind(QString::fromLatin1(record.url.toEncoded()))
        .bind(textOf(record.begun))
        .run();
}

Result<void> UploadTable::remove(const QString &server, const QString &sha256)
{
    return m_database.run(u"DELETE FROM uploads WHERE sha256 = ? AND server = ?"_s, { sha256, server });
}

} // namespace plantain
