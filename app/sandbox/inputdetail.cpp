#include "inputdetail.h"

#include "errortypes.h"
#include "input.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

Json coerced(const Parameter &parameter, const Json &value)
{
    if (value.is_string() && (parameter.kind == ParameterKind::Integer || parameter.kind == ParameterKind::Number)) {
        bool good = false;
        const QString text = toQString(value).trimmed();
        if (const qlonglong integer = text.toLongLong(&good); good)
            return Json(integer);
        if (const double number = text.toDouble(&good); good && parameter.kind == ParameterKind::Number)
            return Json(number);
    }
    if (value.is_number_float() && parameter.kind == ParameterKind::Integer) {
        const double number = value.get<double>();
        if (std::floor(number) == number && std::abs(number) < 9e15)
            return Json(qint64(number));
    }
    if (value.is_string() && parameter.kind == ParameterKind::Boolean) {
        const QString text = toQString(value).toLower();
        if (text == u"true"_s || text == u"false"_s)
            return Json(text == u"true"_s);
    }
    return value;
}

QString expectedChoices(const Parameter &parameter)
{
    QStringList quoted;
    for (const Json &choice : parameter.choices)
        quoted.append(choice.is_string() ? u'\'' + toQString(choice) + u'\'' : toQString(choice));
    if (quoted.size() < 2)
        return quoted.join(QString());
    const QString last = quoted.takeLast();
    return quoted.join(u", "_s) + u" or "_s + last;
}

struct Words
{
    QString message;
    Json context;
};

Words bound(const char *what, const char *key, std::optional<double> limit)
{
    const double value = limit.value_or(0);
    const Json number = std::floor(value) == value ? Json(qint64(value)) : Json(value);
    return { u"Input should be %1 %2"_s.arg(QLatin1String(what), toQString(number)), Json { { key, number } } };
}

Words length(const QString &what, const char *key, std::optional<qint64> limit, qint64 fallback)
{
    const qint64 value = limit.value_or(fallback);
    return { what.arg(value), Json { { key, value } } };
}

Words wordsOf(const QString &type, const Parameter &parameter, const Endpoint &endpoint)
{
    if (type == u"missing"_s)
        return { u"Field required"_s, {} };
    if (type == u"string_type"_s)
        return { u"Input should be a valid string"_s, {} };
    if (type == u"string_too_short"_s)
        return length(u"String should have at least %1 characters"_s, "min_length", parameter.minLength, 1);
    if (type == u"string_too_long"_s)
        return length(u"String should have at most %1 characters"_s, "max_length", parameter.maxLength, 0);
    if (type == u"sequence_too_short"_s)
        return length(u"List should have at least %1 item"_s, "min_length", parameter.minItems, 1);
    if (type == u"sequence_too_long"_s)
        return length(u"List should have at most %1 items"_s, "max_length", parameter.maxItems, endpoint.maxReferences);
    if (type == u"literal_error"_s) {
        const QString expected = expectedChoices(parameter);
        return { u"Input should be "_s + expected, Json { { "expected", expected.toStdString() } } };
    }
    if (type == u"int_parsing"_s)
        return { u"Input should be a valid integer, unable to parse string as an integer"_s, {} };
    if (type == u"int_from_float"_s)
        return { u"Input should be a valid integer, got a number with a fractional part"_s, {} };
    if (type == u"int_type"_s)
        return { u"Input should be a valid integer"_s, {} };
    if (type == u"float_type"_s || type == u"float_parsing"_s)
        return { u"Input should be a valid number"_s, {} };
    if (type == u"bool_type"_s || type == u"bool_parsing"_s)
        return { u"Input should be a valid boolean, unable to interpret input"_s, {} };
    if (type == u"list_type"_s)
        return { u"Input should be a valid list"_s, {} };
    if (type == u"greater_than_equal"_s)
        return bound("greater than or equal to", "ge", parameter.minimum);
    if (type == u"less_than_equal"_s)
        return bound("less than or equal to", "le", parameter.maximum);
    if (type == u"greater_than"_s)
        return bound("greater than", "gt", parameter.exclusiveMinimum);
    if (type == u"less_than"_s)
        return bound("less than", "lt", parameter.exclusiveMaximum);
    if (type == u"multiple_of"_s)
        return bound("a multiple of", "multiple_of", parameter.multipleOf);
    return {};
}

/// pydantic tells a null from nothing at all, and a text that cannot be read from a value of another type.
QString exactType(const QString &type, const Json &value)
{
    if (type == u"int_type"_s && value.is_number_float())
        return u"int_from_float"_s;
    if (type == u"missing"_s && value.is_null())
        return u"string_type"_s; // an explicit null; of what is required, only texts can be null
    if (!value.is_string())
        return type;
    if (type == u"int_type"_s)
        return u"int_parsing"_s;
    if (type == u"float_type"_s)
        return u"float_parsing"_s;
    return type == u"bool_type"_s ? u"bool_parsing"_s : type;
}

Json entryOf(const Endpoint &endpoint, const Json &input, const Error &error)
{
    QStringList location = error.field.split(u'/', Qt::SkipEmptyParts);
    const QString name = location.value(0);
    const auto value = input.find(name.toStdString());
    const Json &given = value == input.end() ? input : *value;
    const QString type = error.type.isEmpty() ? u"value_error"_s : exactType(error.type, given);
    if (type == u"sequence_too_long"_s || type == u"sequence_too_short"_s)
        location = { name }; // pydantic points at the list, not at the entry too many
    const Parameter *parameter = endpoint.schema.find(name);
    const Words words = parameter ? wordsOf(type, *parameter, endpoint) : Words {};
    Json entry = detailEntry(type, location, words.message.isEmpty() ? error.message : words.message);
    entry["input"] = toBytes(given).size() > 1000 ? Json(nullptr) : given;
    if (!words.context.is_null())
        entry["ctx"] = words.context;
    return entry;
}

} // namespace

Json knownInput(const Endpoint &endpoint, const Json &input)
{
    Json known = Json::object();
    for (const auto &[key, value] : input.items()) {
        const QString spelled = QString::fromStdString(key);
        const QString name = endpoint.aliases.value(spelled, spelled);
        const Parameter *parameter = endpoint.schema.find(name);
        if (!parameter || (name != spelled && input.contains(name.toStdString())))
            continue;
        if (!value.is_null() || !parameter->nullable)
            known[name.toStdString()] = coerced(*parameter, value);
    }
    return known;
}

Json inputDetail(const Endpoint &endpoint, const Json &input)
{
    Json detail = Json::array();
    if (!input.is_object()) {
        Json entry = detailEntry(u"dict_type"_s, {}, u"Input should be a valid dictionary"_s);
        detail.push_back(std::move(entry));
        return detail;
    }
    const Json known = knownInput(endpoint, input);
    for (const Error &error : validateInput(endpoint, known))
        detail.push_back(entryOf(endpoint, known, error));
    return detail;
}

} // namespace plantain
