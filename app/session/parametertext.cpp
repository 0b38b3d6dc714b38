#include "parametertext.h"

#include "errortext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ParameterText", text);
}

Error unreadable(const Parameter &parameter, const QString &message)
{
    return { .kind = ErrorKind::InvalidInput, .type = u"unreadable"_s, .message = message, .field = parameter.name };
}

/// Start of what was typed, short enough for a sentence.
QString quoted(QString text)
{
    constexpr int longest = 24;
    if (text.size() > longest)
        text = text.left(longest) + u'…';
    return u'“' + text + u'”';
}

Result<std::optional<Json>> integerFrom(const Parameter &parameter, const QString &text)
{
    bool ok = false;
    if (const qlonglong value = text.toLongLong(&ok); ok)
        return Json(static_cast<std::int64_t>(value));
    if (const qulonglong value = text.toULongLong(&ok); ok)
        return Json(static_cast<std::uint64_t>(value));
    const bool isWhole = std::all_of(text.cbegin() + (text.startsWith(u'-') ? 1 : 0), text.cend(),
                                     [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (isWhole && text != "-"_L1)
        return failure(unreadable(parameter, tr("%1 is too large a number.").arg(quoted(text))));
    return failure(unreadable(parameter, tr("%1 is not a whole number.").arg(quoted(text))));
}

Result<std::optional<Json>> numberFrom(const Parameter &parameter, const QString &text)
{
    bool ok = false;
    if (const qlonglong whole = text.toLongLong(&ok); ok)
        return Json(static_cast<std::int64_t>(whole));
    QString dotted = text;
    if (dotted.count(u',') == 1 && !dotted.contains(u'.'))
        dotted.replace(u',', u'.');
    const double value = QLocale::c().toDouble(dotted, &ok);
    if (!ok || !std::isfinite(value))
        return failure(unreadable(parameter, tr("%1 is not a number.").arg(quoted(text))));
    return Json(value);
}

Result<std::optional<Json>> booleanFrom(const Parameter &parameter, const QString &text)
{
    const QString word = text.toLower();
    if (word == "true"_L1)
        return Json(true);
    if (word == "false"_L1)
        return Json(false);
    return failure(unreadable(parameter, tr("%1 is neither true nor false.").arg(quoted(text))));
}

/// One address a line; empty lines do not count.
std::optional<Json> linesFrom(const QString &text)
{
    Json lines = Json::array();
    const auto parts = QStringView(text).split(u'\n');
    for (const QStringView part : parts) {
        if (const QStringView line = part.trimmed(); !line.isEmpty())
            lines.push_back(toJson(line.toString()));
    }
    if (lines.empty())
        return std::nullopt;
    return lines;
}

Result<std::optional<Json>> jsonFrom(const Parameter &parameter, const QString &text)
{
    auto parsed = parseJson(text.toUtf8());
    if (!parsed)
        return failure(unreadable(parameter, parsed.error().message));
    if (parsed->is_null())
        return std::optional<Json>();
    return std::move(*parsed);
}

} // namespace

Result<std::optional<Json>> valueFromText(const Parameter &parameter, const QString &text)
{
    const QString trimmed = text.trimmed();
    switch (parameter.kind) {
    case ParameterKind::Text:
    case ParameterKind::LongText: {
        // "" means something only where it overrides a default.
        const bool overrides = parameter.defaultValue && *parameter.defaultValue != Json("")
            && parameter.minLength.value_or(0) == 0;
        if (text.isEmpty() && !overrides)
            return std::optional<Json>();
        return toJson(text);
    }
    case ParameterKind::Choice:
        if (trimmed.isEmpty())
            return std::optional<Json>();
        for (const Json &choice : parameter.choices) {
            if (textOfValue(parameter, choice) == trimmed)
                return choice;
        }
        return toJson(trimmed);
    case ParameterKind::Url:
        if (trimmed.isEmpty())
            return std::optional<Json>();
        return toJson(trimmed);
    case ParameterKind::UrlList:
        return linesFrom(text);
    case ParameterKind::Integer:
    case ParameterKind::Number:
    case ParameterKind::Boolean:
    case ParameterKind::Json:
        break;
    }
    if (trimmed.isEmpty())
        return std::optional<Json>();
    switch (parameter.kind) {
    case ParameterKind::Integer:
        return integerFrom(parameter, trimmed);
    case ParameterKind::Number:
        return numberFrom(parameter, trimmed);
    case ParameterKind::Boolean:
        return booleanFrom(parameter, trimmed);
    default:
        return jsonFrom(parameter, trimmed);
    }
}

QString textOfValue(const Parameter &parameter, const Json &value)
{
    if (parameter.kind == ParameterKind::Json)
        return QString::fromUtf8(value.is_structured() ? toPrettyBytes(value) : toBytes(value));
    const bool isListOfText = parameter.kind == ParameterKind::UrlList && value.is_array()
        && std::all_of(value.begin(), value.end(), [](const Json &item) { return item.is_string(); });
    if (isListOfText) {
        QStringList lines;
        for (const Json &item : value)
            lines.append(toQString(item));
        return lines.join(u'\n');
    }
    return toQString(value);
}

QString sentenceAtField(const Error &error)
{
    ErrorText text = errorText(error);
    text.kept.clear();
    return text.sentence();
}

QVariant toVariant(const Json &value)
{
    switch (value.type()) {
    case Json::value_t::null:
    case Json::value_t::discarded:
        return {};
    case Json::value_t::boolean:
        return value.get<bool>();
    case Json::value_t::number_integer:
        return static_cast<qlonglong>(value.get<std::int64_t>());
    case Json::value_t::number_unsigned:
        if (value.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<qlonglong>::max()))
            return static_cast<qlonglong>(value.get<std::uint64_t>());
        return static_cast<qulonglong>(value.get<std::uint64_t>());
    case Json::value_t::number_float:
        return value.get<double>();
    default:
        return toQString(value);
    }
}

std::optional<Json> fromVariant(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        return Json();
    case QMetaType::Bool:
        return Json(value.toBool());
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
        return Json(static_cast<std::int64_t>(value.toLongLong()));
    case QMetaType::ULongLong:
        return Json(static_cast<std::uint64_t>(value.toULongLong()));
    case QMetaType::Double:
    case QMetaType::Float:
        return Json(value.toDouble());
    case QMetaType::QString:
        return toJson(value.toString());
    default:
        return std::nullopt;
    }
}

bool isText(ParameterKind kind)
{
    return kind == ParameterKind::Text || kind == ParameterKind::LongText || kind == ParameterKind::Url;
}

double stepOf(const Parameter &parameter)
{
    if (parameter.multipleOf && *parameter.multipleOf > 0)
        return *parameter.multipleOf;
    if (parameter.kind == ParameterKind::Number && parameter.minimum && parameter.maximum
        && *parameter.maximum > *parameter.minimum)
        return (*parameter.maximum - *parameter.minimum) / 20;
    return parameter.kind == ParameterKind::Number ? 0.1 : 1;
}

} // namespace plantain
