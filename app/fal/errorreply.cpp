#include "errorreply.h"

#include "replylimits.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::BadKey;
    case 402: // payment required: not seen from fal, but it can mean one thing only
    case 403:
        return ErrorKind::Locked;
    case 404:
        return ErrorKind::NotFound;
    case 408:
        return ErrorKind::TimedOut;
    case 410:
        return ErrorKind::Expired;
    case 429:
        return ErrorKind::RateLimited;
    default:
        break;
    }
    if (status >= 500)
        return ErrorKind::ServerFault;
    return status >= 400 ? ErrorKind::Refused : ErrorKind::BadReply;
}

// These say what to do with the key or with time, whatever the body adds.
bool statusDecides(int status)
{
    return status == 401 || status == 402 || status == 403 || status == 429;
}

void takeDetailList(Error &error, const Json &list)
{
    QStringList messages;
    bool first = true;
    for (const Json &item : list) {
        if (!item.is_object())
            continue;
        const auto location = item.find("loc");
        const QString field = location != item.end() ? fieldOf(*location) : QString();
        const QString message = stringAt(item, "msg");
        if (first) {
            error.field = field;
            error.type = stringAt(item, "type", error.type);
            messages << message;
            first = false;
        } else if (!message.isEmpty()) {
            messages << (field.isEmpty() ? message : field + u": "_s + message);
        }
        if (messages.size() >= 20)
            break;
    }
    error.message = messages.join(u'\n');
}

void takePlatformError(Error &error, const Json &inner)
{
    error.type = stringAt(inner, "type", error.type);
    error.message = stringAt(inner, "message");
}

void takeObject(Error &error, const HttpHead &head, const Json &root)
{
    error.type = stringAt(root, "error_type", error.type);
    const auto detail = root.find("detail");
    if (detail != root.end() && detail->is_array()) {
        takeDetailList(error, *detail);
        if (!statusDecides(head.status))
            error.kind = ErrorKind::Model;
        return;
    }
    if (const Json *inner = objectAt(root, "error"))
        takePlatformError(error, *inner);
    else if (detail != root.end() && detail->is_string())
        error.message = toQString(*detail);
    else if (detail != root.end() && detail->is_object())
        error.message = stringAt(*detail, "message", stringAt(*detail, "msg"));
    else
        error.message = stringAt(root, "message", stringAt(root, "error"));
    if (isInfrastructureType(error.type) && !statusDecides(head.status))
        error.kind = ErrorKind::Infrastructure;
}

} // namespace

bool isInfrastructureType(const QString &type)
{
    static const QStringList types { u"request_timeout"_s, u"startup_timeout"_s, u"runner_scheduling_failure"_s,
        u"runner_connection_timeout"_s, u"runner_disconnected"_s, u"runner_connection_refused"_s,
        u"runner_connection_error"_s, u"runner_incomplete_response"_s, u"runner_server_error"_s, u"internal_error"_s,
        u"client_disconnected"_s, u"client_cancelled"_s, u"bad_request"_s };
    return types.contains(type);
}

QString fieldOf(const Json &location)
{
    if (location.is_string())
        return toQString(location);
    if (!location.is_array())
        return {};
    QStringList parts;
    for (const Json &part : location) {
        if (part.is_string() || part.is_number_integer())
            parts << toQString(part);
    }
    if (!parts.isEmpty() && parts.first() == u"body"_s)
        parts.removeFirst();
    return parts.join(u'/');
}

int retryAfterSeconds(const QByteArray &value, const QDateTime &now)
{
    constexpr int shortest = 1, longest = 15 * 60;
    const QByteArray text = value.trimmed();
    if (text.isEmpty())
        return 0;
    bool numeric = std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    if (numeric) {
        const double seconds = text.toDouble(&numeric);
        // Beyond what a double holds: a number all the same, and a long one.
        if (!numeric || !std::isfinite(seconds))
            return text.contains('.') ? 0 : longest;
        return int(std::clamp(std::ceil(seconds), double(shortest), double(longest)));
    }
    // Qt's reader of such dates wants the zone as an offset.
    QString date = QString::fromLatin1(text);
    if (date.endsWith(u"GMT"_s))
        date.replace(date.size() - 3, 3, u"+0000"_s);
    const QDateTime then = QDateTime::fromString(date, Qt::RFC2822Date);
    if (!then.isValid())
        return 0;
    return int(std::clamp<qint64>(now.secsTo(then), shortest, longest));
}

QString plainFirstLine(const QByteArray &body)
{
    QString text = QString::fromUtf8(body.left(64 * 1024));
    static const QRegularExpression hidden(u"<(script|style|!--)[^>]*>.*?(</\\1>|-->)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression breaks(u"<(br|p|div|h[1-6]|title|/title|/p|/div|/h[1-6]|hr|body|li|tr)\\b[^>]*>"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression tags(u"<[^>]*>"_s);
    text.remove(hidden).replace(breaks, u"\n"_s).remove(tags);
    text.replace(u"&lt;"_s, u"<"_s).replace(u"&gt;"_s, u">"_s).replace(u"&quot;"_s, u"\""_s).replace(u"&nbsp;"_s, u" "_s);
    text.replace(u"&amp;"_s, u"&"_s);
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines) {
        const QString simple = line.simplified();
        if (!simple.isEmpty())
            return simple.left(200);
    }
    return {};
}

Error errorOfReply(const HttpHead &head, const QByteArray &body)
{
    Error error { .kind = kindOfStatus(head.status), .httpStatus = head.status };
    error.type = QString::fromLatin1(head.header("x-fal-error-type").trimmed());
    if (isInfrastructureType(error.type) && !statusDecides(head.status))
        error.kind = ErrorKind::Infrastructure;
    if (const QByteArray word = head.header("x-fal-retryable").trimmed().toLower(); word == "true" || word == "false")
        error.retryable = word == "true";
    error.retryAfterSeconds = retryAfterSeconds(head.header("retry-after"), QDateTime::currentDateTimeUtc());
    if (head.isRedirect() && error.type.isEmpty())
        error.type = u"redirect"_s;

    const Result<Json> root = parseJson(body);
    if (!root)
        error.message = plainFirstLine(body);
    else if (root->is_object())
        takeObject(error, head, *root);
    else if (root->is_string())
        error.message = toQString(*root);
    error.message.truncate(longestErrorMessage);
    return error;
}

bool isFinalWord(const HttpHead &head, const QByteArray &body)
{
    if (head.status < 400)
        return false;
    if (!head.header("x-fal-error-type").trimmed().isEmpty())
        return true;
    const Result<Json> root = parseJson(body);
    return root && root->is_object() && arrayAt(*root, "detail");
}

} // namespace plantain
