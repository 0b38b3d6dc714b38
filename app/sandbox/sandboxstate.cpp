#include "sandboxstate.h"

#include "jsonfile.h"

#include <QDir>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qint64 dayMicroseconds = 24LL * 3600 * 1'000'000;
constexpr qsizetype longestBody = 16 * 1024 * 1024; // of an input or a result; a longer one is not kept
constexpr qsizetype mostRequests = 2000;

std::string base64(const QByteArray &bytes)
{
    return bytes.toBase64().toStdString();
}

QByteArray bytesAt(const Json &object, const char *name)
{
    return QByteArray::fromBase64(stringAt(object, name).toLatin1());
}

Json jsonOf(const SandboxState::Kept &kept)
{
    Json json { { "endpoint", toJson(kept.job.endpoint.text) }, { "origin", kept.job.origin.toStdString() },
                { "prompt", toJson(kept.job.prompt) }, { "store", kept.job.storePayloads }, { "sentAt", kept.sentAt },
                { "input", base64(kept.job.body) } };
    if (!kept.outcome)
        return json;
    const SandboxOutcome &outcome = *kept.outcome;
    Json headers = Json::array();
    for (const auto &[name, value] : outcome.headers)
        headers.push_back(Json { { "name", name.toStdString() }, { "value", value.toStdString() } });
    json["outcome"] = Json { { "status", outcome.status }, { "type", outcome.contentType.toStdString() },
                             { "body", base64(outcome.body) }, { "headers", std::move(headers) },
                             { "error", toJson(outcome.error) }, { "errorType", toJson(outcome.errorType) },
                             { "keep", outcome.keepOutput }, { "truncated", outcome.truncated } };
    return json;
}

std::optional<SandboxState::Kept> keptOf(const QString &id, const Json &json)
{
    SandboxState::Kept kept { .id = id,
                              .job = { .endpoint = { stringAt(json, "endpoint") },
                                       .body = bytesAt(json, "input"),
                                       .key = {},
                                       .origin = stringAt(json, "origin").toLatin1(),
                                       .prompt = stringAt(json, "prompt"),
                                       .storePayloads = boolAt(json, "store").value_or(true) },
                              .sentAt = integerAt(json, "sentAt").value_or(0),
                              .outcome = {} };
    if (kept.job.endpoint.text.isEmpty() || QUuid(id).isNull())
        return std::nullopt;
    if (!json.contains("outcome") || !json["outcome"].is_object())
        return kept;
    const Json &end = json["outcome"];
    SandboxOutcome outcome { .status = int(integerAt(end, "status").value_or(200)),
                             .contentType = stringAt(end, "type").toLatin1(),
                             .body = bytesAt(end, "body"),
                             .headers = {},
                             .error = stringAt(end, "error"),
                             .errorType = stringAt(end, "errorType"),
                             .keepOutput = boolAt(end, "keep").value_or(true),
                             .truncated = boolAt(end, "truncated").value_or(false) };
    if (const Json *headers = arrayAt(end, "headers")) {
        for (const Json &header : *headers)
            outcome.headers.emplaceBack(stringAt(header, "name").toLatin1(), stringAt(header, "value").toLatin1());
    }
    kept.outcome = std::move(outcome);
    return kept;
}

} // namespace

std::unique_ptr<SandboxState> SandboxState::open(const QString &folder)
{
    if (folder.isEmpty() || !QDir().mkpath(folder + u"/requests"_s) || !QDir().mkpath(folder + u"/files"_s))
        return nullptr;
    // Prompts and references lie here.
    for (const QString &path : { folder, folder + u"/requests"_s, folder + u"/files"_s })
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto lock = std::make_unique<QLockFile>(folder + u"/lock"_s);
    lock->setStaleLockTime(0);
    if (!lock->tryLock(0))
        return nullptr;
    return std::unique_ptr<SandboxState>(new SandboxState(folder, std::move(lock)));
}

SandboxState::SandboxState(const QString &folder, std::unique_ptr<QLockFile> lock)
    : m_folder(folder)
    , m_lock(std::move(lock))
{
}

QString SandboxState::filesFolder() const
{
    return m_folder + u"/files"_s;
}

QString SandboxState::fileOf(const QString &id) const
{
    return m_folder + u"/requests/"_s + id + u".json"_s;
}

std::vector<SandboxState::Kept> SandboxState::load()
{
    std::vector<Kept> all;
    const qint64 now = nowMicroseconds();
    const QFileInfoList files = QDir(m_folder + u"/requests"_s).entryInfoList(QDir::Files, QDir::Time); // newest first
    for (qsizetype at = 0; at < files.size(); ++at) {
        const QString path = files.at(at).absoluteFilePath();
        std::optional<Kept> kept;
        if (at < mostRequests && path.endsWith(u".json"_s)) {
            if (const Result<Json> json = readJsonFile(path, { .bytes = 4 * longestBody }))
                kept = keptOf(files.at(at).completeBaseName(), *json);
        }
        if (!kept || now - kept->sentAt > (kept->outcome ? 1 : 7) * dayMicroseconds)
            QFile::remove(path);
        else
            all.push_back(*std::move(kept));
    }
    std::sort(all.begin(), all.end(), [](const Kept &one, const Kept &other) { return one.sentAt < other.sentAt; });
    return all;
}

void SandboxState::taken(const QString &id, const SandboxJob &job, qint64 sentAt)
{
    // A full disk costs the memory, not the run.
    if (job.body.size() <= longestBody)
        (void)writeJsonFile(fileOf(id), jsonOf({ id, job, sentAt, {} }));
}

void SandboxState::ended(const Kept &kept)
{
    if (kept.job.body.size() + kept.outcome->body.size() <= longestBody)
        (void)writeJsonFile(fileOf(kept.id), jsonOf(kept));
}

void SandboxState::forget(const QString &id)
{
    QFile::remove(fileOf(id));
}

} // namespace plantain
