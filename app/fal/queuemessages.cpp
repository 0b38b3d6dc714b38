#include "queuemessages.h"

#include "errorreply.h"
#include "replylimits.h"

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Integers, and floats that stand for one; anything else is not there.
std::optional<qint64> wholeAt(const Json &object, const char *key, qint64 largest)
{
    std::optional<qint64> value = integerAt(object, key);
    if (!value) {
        const std::optional<double> number = numberAt(object, key);
        if (number && std::abs(*number) < 9e15 && std::floor(*number) == *number)
            value = qint64(*number);
    }
    return value && *value >= 0 && *value <= largest ? value : std::nullopt;
}

QDateTime timeAt(const Json &object, const char *key)
{
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    if (found->is_number()) {
        const double seconds = found->get<double>();
        return seconds > 0 && seconds < 1e11 ? QDateTime::fromMSecsSinceEpoch(qint64(seconds * 1000), Qt::UTC) : QDateTime();
    }
    // A live capture had microseconds and no zone (fal-protocol.md 3): UTC.
    QDateTime time = QDateTime::fromString(stringAt(object, key), Qt::ISODateWithMs);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.toUTC();
}

LogLine::Level levelOf(const QString &word)
{
    const QString level = word.toUpper();
    if (level == u"ERROR"_s || level == u"CRITICAL"_s || level == u"FATAL"_s)
        return LogLine::Level::Error;
    if (level.startsWith(u"WARN"_s))
        return LogLine::Level::Warning;
    if (level == u"DEBUG"_s || level == u"TRACE"_s)
        return LogLine::Level::Debug;
    return LogLine::Level::Info; // STDOUT, STDERR and INFO: programs print progress to STDERR
}

std::optional<LogLine> logLineOf(const Json &item)
{
    LogLine line;
    line.fromServer = true;
    if (item.is_string()) {
        line.text = toQString(item);
    } else if (item.is_object()) {
        const auto message = item.find("message");
        if (message == item.end() || message->is_null())
            return std::nullopt;
        line.text = toQString(*message);
        line.level = levelOf(stringAt(item, "level"));
        line.time = timeAt(item, "timestamp");
    } else {
        return std::nullopt;
    }
    line.text.truncate(longestLogLine);
    return line;
}

ResultImage imageOf(const Json &item)
{
    ResultImage image;
    if (item.is_string()) {
        image.url = toQString(item);
        return image;
    }
    image.url = stringAt(item, "url");
    image.contentType = stringAt(item, "content_type");
    image.fileName = stringAt(item, "file_name");
    image.bytes = wholeAt(item, "file_size", std::numeric_limits<qint64>::max());
    const std::optional<qint64> width = wholeAt(item, "width", 1'000'000);
    const std::optional<qint64> height = wholeAt(item, "height", 1'000'000);
    if (width && height && *width > 0 && *height > 0)
        image.size = QSize(int(*width), int(*height));
    return image;
}

tl::unexpected<Error> unusable(const QString &what)
{
    return failure({ .kind = ErrorKind::BadReply, .type = u"shape"_s, .message = what });
}

} // namespace

std::optional<int> queuePositionOf(const Json &reply)
{
    const std::optional<qint64> position = wholeAt(reply, "queue_position", std::numeric_limits<int>::max());
    return position ? std::optional(int(*position)) : std::nullopt;
}

Result<QueueStatus> parseQueueStatus(const QByteArray &body)
{
    const Result<Json> root = parseJson(body);
    if (!root)
        return failure(root.error());
    if (!root->is_object())
        return unusable(u"the status is not an object"_s);
    QueueStatus status;
    status.word = stringAt(*root, "status");
    if (status.word.isEmpty())
        return unusable(u"there is no status word"_s);
    if (status.word == u"IN_QUEUE"_s)
        status.state = QueueStatus::State::InQueue;
    else if (status.word == u"IN_PROGRESS"_s)
        status.state = QueueStatus::State::InProgress;
    else if (status.word == u"COMPLETED"_s)
        status.state = QueueStatus::State::Completed;
    if (status.state != QueueStatus::State::Other)
        status.word.clear();
    else
        status.word.truncate(200);

    status.queuePosition = queuePositionOf(*root);
    if (const Json *logs = arrayAt(*root, "logs")) {
        // The last ones count, should there be more than anybody reads.
        const size_t first = logs->size() > mostLogLines ? logs->size() - mostLogLines : 0;
        for (size_t i = first; i < logs->size(); ++i) {
            if (std::optional<LogLine> line = logLineOf((*logs)[i]))
                status.logs.push_back(std::move(*line));
        }
    }
    if (const Json *metrics = objectAt(*root, "metrics")) {
        if (const auto seconds = numberAt(*metrics, "inference_time"); seconds && *seconds >= 0)
            status.inferenceSeconds = seconds;
    }
    if (status.state == QueueStatus::State::Completed) {
        const QString type = stringAt(*root, "error_type");
        QString message = stringAt(*root, "error");
        if (const Json *inner = objectAt(*root, "error"))
            message = stringAt(*inner, "message", toQString(*inner));
        if (!type.isEmpty() || !message.isEmpty()) {
            const ErrorKind kind = isInfrastructureType(type) ? ErrorKind::Infrastructure : ErrorKind::Model;
            status.error = Error { .kind = kind, .type = type, .message = message.left(longestErrorMessage) };
        }
    }
    return status;
}

Result<ResultContent> parseResult(const QByteArray &body)
{
    const Result<Json> root = parseJson(body, { .bytes = resultBytes });
    if (!root)
        return failure(root.error());
    if (!root->is_object())
        return unusable(u"the result is not an object"_s);
    ResultContent content;
    content.description = stringAt(*root, "description");
    if (const Json *images = arrayAt(*root, "images")) {
        if (images->size() > mostImages)
            return unusable(u"the result names %1 pictures"_s.arg(images->size()));
        // An entry that cannot be read keeps its place, with an empty address: it is missed, not forgotten.
        for (const Json &item : *images)
            content.images.push_back(imageOf(item));
        return content;
    }
    if (const Json *image = objectAt(*root, "image")) { // endpoints that make one picture
        content.images.push_back(imageOf(*image));
        return content;
    }
    return failure({ .kind = ErrorKind::BadReply, .type = u"no_images"_s, .message = content.description });
}

} // namespace plantain
