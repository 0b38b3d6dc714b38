#include "runrecord.h"

#include <QRegularExpression>

#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

// Bytes stand as the text they are; those that are no UTF-8 as {"base64": "..."}.
Json jsonOfBytes(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes)
        return toJson(text);
    return Json { { "base64", bytes.toBase64().toStdString() } };
}

QByteArray bytesAt(const Json &object, const char *key)
{
    if (const Json *wrapped = objectAt(object, key))
        return QByteArray::fromBase64(stringAt(*wrapped, "base64").toLatin1());
    return stringAt(object, key).toUtf8();
}

// Writers leave out what is not there: a sidecar is read by people.
void put(Json &object, const char *key, const QString &text)
{
    if (!text.isEmpty())
        object[key] = toJson(text);
}

void put(Json &object, const char *key, const QUrl &url)
{
    put(object, key, QString::fromLatin1(url.toEncoded()));
}

void put(Json &object, const char *key, const QDateTime &time)
{
    if (time.isValid())
        put(object, key, time.toUTC().toString(Qt::ISODateWithMs));
}

void put(Json &object, const char *key, qint64 number)
{
    if (number != 0)
        object[key] = number;
}

void put(Json &object, const QSize &size)
{
    if (size.isValid()) {
        object["width"] = size.width();
        object["height"] = size.height();
    }
}

QUrl urlAt(const Json &object, const char *key)
{
    return QUrl::fromEncoded(stringAt(object, key).toUtf8());
}

QDateTime timeAt(const Json &object, const char *key)
{
    const QDateTime time = QDateTime::fromString(stringAt(object, key), Qt::ISODateWithMs);
    return time.isValid() ? time.toUTC() : QDateTime();
}

int intAt(const Json &object, const char *key)
{
    const qint64 value = integerAt(object, key).value_or(0);
    return value >= std::numeric_limits<int>::min() && value <= std::numeric_limits<int>::max() ? int(value) : 0;
}

QSize sizeAt(const Json &object)
{
    const int width = intAt(object, "width");
    const int height = intAt(object, "height");
    return width > 0 && height > 0 ? QSize(width, height) : QSize();
}

Json jsonOf(const Error &error)
{
    Json json = Json::object();
    put(json, "kind", wordOf(error.kind));
    put(json, "type", error.type);
    put(json, "message", error.message);
    put(json, "field", error.field);
    put(json, "http_status", error.httpStatus);
    if (error.retryable)
        json["retryable"] = *error.retryable;
    put(json, "retry_after_seconds", error.retryAfterSeconds);
    return json;
}

std::optional<Error> errorAt(const Json &object)
{
    const Json *json = objectAt(object, "error");
    if (!json)
        return std::nullopt;
    return Error { .kind = errorKindOf(stringAt(*json, "kind")).value_or(ErrorKind::BadReply),
        .type = stringAt(*json, "type"),
        .message = stringAt(*json, "message"),
        .field = stringAt(*json, "field"),
        .httpStatus = intAt(*json, "http_status"),
        .retryable = boolAt(*json, "retryable"),
        .retryAfterSeconds = intAt(*json, "retry_after_seconds") };
}

Deletion deletionAt(const Json &object)
{
    return deletionOf(stringAt(object, "deleted")).value_or(Deletion::None);
}

Json jsonOf(const Price &price)
{
    Json json { { "amount", price.amount }, { "currency", price.currency.toStdString() } };
    json["estimated"] = price.estimated;
    put(json, "formula", price.formula);
    return json;
}

std::optional<Price> priceAt(const Json &object)
{
    const Json *json = objectAt(object, "price");
    if (!json || !numberAt(*json, "amount"))
        return std::nullopt;
    return Price { .amount = *numberAt(*json, "amount"),
        .currency = stringAt(*json, "currency"),
        .estimated = boolAt(*json, "estimated").value_or(true),
        .formula = stringAt(*json, "formula") };
}

Json jsonOf(const ReferenceRecord &reference)
{
    Json json = Json::object();
    put(json, "field", reference.field);
    json["index"] = reference.index;
    put(json, "file", reference.file);
    put(json, "sha256", reference.sha256);
    put(json, "given_sha256", reference.givenSha256);
    put(json, "original_name", reference.originalName);
    put(json, "part", reference.part);
    put(json, "content_type", reference.contentType);
    if (reference.hasMetadata)
        json["has_metadata"] = true;
    put(json, reference.size);
    put(json, "bytes", reference.bytes);
    put(json, "url", reference.url);
    return json;
}

ReferenceRecord referenceOf(const Json &json)
{
    return { .field = stringAt(json, "field"),
        .index = intAt(json, "index"),
        .sha256 = stringAt(json, "sha256"),
        .givenSha256 = stringAt(json, "given_sha256"),
        .file = stringAt(json, "file"),
        .originalName = stringAt(json, "original_name"),
        .part = stringAt(json, "part"),
        .contentType = stringAt(json, "content_type"),
        .hasMetadata = boolAt(json, "has_metadata").value_or(false),
        .size = sizeAt(json),
        .bytes = integerAt(json, "bytes").value_or(0),
        .url = urlAt(json, "url") };
}

Json jsonOf(const ImageRecord &image)
{
    Json json { { "index", image.index } };
    put(json, "file", image.file);
    put(json, "sha256", image.sha256);
    put(json, "content_type", image.contentType);
    put(json, image.size);
    put(json, "bytes", image.bytes);
    putDeviations(json, image.deviations);
    if (!image.sameAs.run.isEmpty())
        json["same_as"] = Json { { "run", toJson(image.sameAs.run.text) }, { "image", image.sameAs.index } };
    putMarks(json, image.marks);
    put(json, "source_url", image.sourceUrl);
    if (image.error)
        json["error"] = jsonOf(*image.error);
    put(json, "deleted", wordOf(image.deletion));
    return json;
}

PictureId sameAsAt(const Json &object)
{
    const Json *same = objectAt(object, "same_as");
    return same ? PictureId { { stringAt(*same, "run") }, intAt(*same, "image") } : PictureId();
}

ImageRecord imageOf(const Json &json)
{
    return { .index = intAt(json, "index"),
        .sourceUrl = stringAt(json, "source_url"),
        .file = stringAt(json, "file"),
        .sha256 = stringAt(json, "sha256"),
        .contentType = stringAt(json, "content_type"),
        .size = sizeAt(json),
        .bytes = integerAt(json, "bytes").value_or(0),
        .deviations = deviationsAt(json),
        .sameAs = sameAsAt(json),
        .marks = marksAt(json),
        .error = errorAt(json),
        .deletion = deletionAt(json) };
}

constexpr std::array verdicts { std::pair { Verdict::First, "first"_L1 }, std::pair { Verdict::Second, "second"_L1 },
                                std::pair { Verdict::Tie, "tie"_L1 } };

Json jsonOf(const Vote &vote)
{
    Json json { { "image", vote.image } };
    put(json, "other_run", vote.otherRun.text);
    json["other_image"] = vote.otherImage;
    for (const auto &[verdict, word] : verdicts) {
        if (verdict == vote.verdict)
            put(json, "better", word);
    }
    put(json, "at", vote.at);
    return json;
}

Vote voteOf(const Json &json)
{
    Vote vote { .image = intAt(json, "image"),
        .otherRun = { stringAt(json, "other_run") },
        .otherImage = intAt(json, "other_image"),
        .at = timeAt(json, "at") };
    for (const auto &[verdict, word] : verdicts) {
        if (stringAt(json, "better") == word)
            vote.verdict = verdict;
    }
    return vote;
}

template <class Record>
void putList(Json &object, const char *key, const std::vector<Record> &records)
{
    if (records.empty())
        return;
    Json &list = object[key] = Json::array();
    for (const Record &record : records)
        list.push_back(jsonOf(record));
}

template <class Record>
std::vector<Record> listAt(const Json &object, const char *key, Record (*read)(const Json &))
{
    std::vector<Record> records;
    if (const Json *list = arrayAt(object, key)) {
        for (const Json &entry : *list) {
            if (entry.is_object())
                records.push_back(read(entry));
        }
    }
    return records;
}

QStringList stringsAt(const Json &object, const char *key)
{
    QStringList strings;
    if (const Json *list = arrayAt(object, key)) {
        for (const Json &entry : *list) {
            if (entry.is_string())
                strings.append(toQString(entry));
        }
    }
    return strings;
}

} // namespace

Json toJson(const RunRecord &record)
{
    Json json = Json::object();
    put(json, "run", record.id.text);
    put(json, "sequence", record.sequence);
    put(json, "endpoint", record.endpoint.text);
    put(json, "server", record.server);
    put(json, "state", wordOf(record.state));
    put(json, "request_id", record.requestId);
    if (!record.input.is_null())
        json["input"] = record.input;
    if (record.seedDrawn)
        json["seed_drawn"] = true;
    putList(json, "images", record.images);
    put(json, "description", record.description);
    putList(json, "references", record.references);
    putOrigin(json, record.origin);
    if (record.price)
        json["price"] = jsonOf(*record.price);
    if (record.error)
        json["error"] = jsonOf(*record.error);
    if (record.cancel != CancelOutcome::NotAsked)
        put(json, "cancel", wordOf(record.cancel));
    put(json, "note", record.note);
    put(json, "deleted", wordOf(record.deletion));
    putList(json, "votes", record.votes);
    if (!record.warnings.isEmpty()) {
        Json &warnings = json["warnings"] = Json::array();
        for (const QString &warning : record.warnings)
            warnings.push_back(toJson(warning));
    }
    put(json, "created_at", record.createdAt);
    put(json, "sent_at", record.sentAt);
    put(json, "accepted_at", record.acceptedAt);
    put(json, "started_at", record.startedAt);
    put(json, "completed_at", record.completedAt);
    put(json, "ended_at", record.endedAt);
    if (record.inferenceSeconds)
        json["inference_seconds"] = *record.inferenceSeconds;
    put(json, "status_url", record.statusUrl);
    put(json, "response_url", record.responseUrl);
    put(json, "cancel_url", record.cancelUrl);
    if (!record.sent.isEmpty())
        json["sent"] = jsonOfBytes(record.sent);
    if (!record.reply.isEmpty())
        json["reply"] = jsonOfBytes(record.reply);
    return json;
}

Result<RunRecord> runRecordFromJson(const Json &json)
{
    // The id names files, so it must be one that cannot lead out of a folder.
    static const QRegularExpression safe(u"\\A[A-Za-z0-9_-]{1,100}\\z"_s);
    RunRecord record;
    record.id.text = stringAt(json, "run");
    if (!safe.match(record.id.text).hasMatch())
        return failure({ .kind = ErrorKind::BadReply, .type = u"record"_s, .message = u"not the record of a run"_s });
    record.sequence = integerAt(json, "sequence").value_or(0);
    record.endpoint.text = stringAt(json, "endpoint");
    record.server = stringAt(json, "server");
    if (const auto input = json.find("input"); input != json.end())
        record.input = *input;
    record.sent = bytesAt(json, "sent");
    record.seedDrawn = boolAt(json, "seed_drawn").value_or(false);
    record.warnings = stringsAt(json, "warnings");
    record.references = listAt(json, "references", referenceOf);
    record.origin = originAt(json);
    // Anything else would send again what may have been sent, or follow what is over.
    record.state = runStateOf(stringAt(json, "state")).value_or(RunState::Unknown);
    record.cancel = cancelOutcomeOf(stringAt(json, "cancel")).value_or(CancelOutcome::NotAsked);
    record.requestId = stringAt(json, "request_id");
    record.statusUrl = urlAt(json, "status_url");
    record.responseUrl = urlAt(json, "response_url");
    record.cancelUrl = urlAt(json, "cancel_url");
    record.reply = bytesAt(json, "reply");
    record.description = stringAt(json, "description");
    record.images = listAt(json, "images", imageOf);
    record.error = errorAt(json);
    record.price = priceAt(json);
    record.note = stringAt(json, "note");
    record.deletion = deletionAt(json);
    record.votes = listAt(json, "votes", voteOf);
    record.createdAt = timeAt(json, "created_at");
    record.sentAt = timeAt(json, "sent_at");
    record.acceptedAt = timeAt(json, "accepted_at");
    record.startedAt = timeAt(json, "started_at");
    record.completedAt = timeAt(json, "completed_at");
    record.endedAt = timeAt(json, "ended_at");
    record.inferenceSeconds = numberAt(json, "inference_seconds");
    return record;
}

} // namespace plantain
