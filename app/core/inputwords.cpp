#include "inputwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Input", text);
}

Error complaint(const QString &type, const QString &message)
{
    return { .kind = ErrorKind::InvalidInput, .type = type, .message = message };
}

QString shown(double number)
{
    return QLocale::c().toString(number, 'g', 15);
}

// Foreign text in a sentence: short, on one line.
QString shown(const Json &value)
{
    QString text = value.is_string() ? u'"' + toQString(value) + u'"' : toQString(value);
    text = text.simplified();
    return text.size() > 60 ? text.left(57) + u"..."_s : text;
}

QString shown(const std::vector<Json> &choices)
{
    QStringList texts;
    for (const Json &choice : choices)
        texts.append(toQString(choice));
    return texts.join(u", "_s);
}

std::optional<Error> aboutChoice(const Parameter &parameter, const Json &value)
{
    if (std::find(parameter.choices.begin(), parameter.choices.end(), value) != parameter.choices.end())
        return std::nullopt;
    const auto meant = std::find_if(parameter.choices.begin(), parameter.choices.end(), [&](const Json &choice) {
        return choice.is_string() && !value.is_string() && toQString(choice) == toQString(value);
    });
    if (meant != parameter.choices.end()) {
        return complaint(
            u"literal_error"_s, tr("%1 must be given as text: %2 in quotes.").arg(parameter.title, shown(*meant)));
    }
    return complaint(u"literal_error"_s,
        tr("%1: %2 is not one of %3.").arg(parameter.title, shown(value), shown(parameter.choices)));
}

std::optional<Error> aboutNumber(const Parameter &parameter, const Json &value)
{
    const double number = value.get<double>();
    const QString &title = parameter.title;
    const bool tooSmall = parameter.minimum && number < *parameter.minimum;
    const bool tooLarge = parameter.maximum && number > *parameter.maximum;
    if ((tooSmall || tooLarge) && parameter.minimum && parameter.maximum) {
        return complaint(tooSmall ? u"greater_than_equal"_s : u"less_than_equal"_s,
            tr("%1 must be from %2 to %3, not %4.")
                .arg(title, shown(*parameter.minimum), shown(*parameter.maximum), shown(value)));
    }
    if (tooSmall) {
        return complaint(u"greater_than_equal"_s,
            tr("%1 must be at least %2, not %3.").arg(title, shown(*parameter.minimum), shown(value)));
    }
    if (tooLarge) {
        return complaint(u"less_than_equal"_s,
            tr("%1 must be at most %2, not %3.").arg(title, shown(*parameter.maximum), shown(value)));
    }
    if (parameter.exclusiveMinimum && number <= *parameter.exclusiveMinimum) {
        return complaint(u"greater_than"_s,
            tr("%1 must be more than %2, not %3.").arg(title, shown(*parameter.exclusiveMinimum), shown(value)));
    }
    if (parameter.exclusiveMaximum && number >= *parameter.exclusiveMaximum) {
        return complaint(u"less_than"_s,
            tr("%1 must be less than %2, not %3.").arg(title, shown(*parameter.exclusiveMaximum), shown(value)));
    }
    if (parameter.multipleOf) {
        return complaint(u"multiple_of"_s,
            tr("%1 must be a multiple of %2, not %3.").arg(title, shown(*parameter.multipleOf), shown(value)));
    }
    return std::nullopt;
}

std::optional<Error> aboutText(const Parameter &parameter, const Json &value)
{
    const qint64 length = charactersIn(value);
    const QString count = length == 1 ? tr("1 character") : tr("%1 characters").arg(length);
    if (length < parameter.minLength.value_or(0)) {
        return complaint(u"string_too_short"_s,
            tr("%1 is too short: %2, at least %3.").arg(parameter.title, count).arg(*parameter.minLength));
    }
    if (parameter.maxLength && length > *parameter.maxLength) {
        return complaint(u"string_too_long"_s,
            tr("%1 is too long: %2, at most %3.").arg(parameter.title, count).arg(*parameter.maxLength));
    }
    return std::nullopt;
}

std::optional<Error> aboutList(const Parameter &parameter, const Json &value)
{
    const qint64 count = qint64(value.size());
    if (count < parameter.minItems.value_or(0)) {
        return complaint(u"sequence_too_short"_s,
            tr("%1: %2 given, at least %3.").arg(parameter.title).arg(count).arg(*parameter.minItems));
    }
    if (parameter.maxItems && count > *parameter.maxItems) {
        return complaint(u"sequence_too_long"_s,
            tr("%1: %2 given, at most %3.").arg(parameter.title).arg(count).arg(*parameter.maxItems));
    }
    return std::nullopt;
}

} // namespace

qint64 charactersIn(const Json &string)
{
    const std::string &utf8 = string.get_ref<const std::string &>();
    return std::count_if(utf8.begin(), utf8.end(), [](char byte) { return (byte & 0xC0) != 0x80; });
}

std::optional<Error> complaintAbout(const Parameter &parameter, const Json &value)
{
    const QString &title = parameter.title;
    if (value.is_null() && !parameter.nullable)
        return complaintEmpty(parameter);
    switch (parameter.kind) {
    case ParameterKind::Choice:
        return aboutChoice(parameter, value);
    case ParameterKind::Integer:
        if (!value.is_number_integer())
            return complaint(u"int_type"_s, tr("%1 must be a whole number, not %2.").arg(title, shown(value)));
        return aboutNumber(parameter, value);
    case ParameterKind::Number:
        if (!value.is_number())
            return complaint(u"float_type"_s, tr("%1 must be a number, not %2.").arg(title, shown(value)));
        return aboutNumber(parameter, value);
    case ParameterKind::Boolean:
        if (!value.is_boolean())
            return complaint(u"bool_type"_s, tr("%1 must be true or false, not %2.").arg(title, shown(value)));
        return std::nullopt;
    case ParameterKind::Text:
    case ParameterKind::LongText:
    case ParameterKind::Url:
        if (!value.is_string())
            return complaint(u"string_type"_s, tr("%1 must be text, not %2.").arg(title, shown(value)));
        return aboutText(parameter, value);
    case ParameterKind::UrlList:
        if (!value.is_array())
            return complaint(u"list_type"_s, tr("%1 must be a list of addresses, not %2.").arg(title, shown(value)));
        return aboutList(parameter, value);
    case ParameterKind::Json:
        return value.is_array() ? aboutList(parameter, value) : std::nullopt;
    }
    return std::nullopt;
}

Error complaintAboutEntry(const Parameter &parameter, qsizetype index)
{
    return complaint(u"string_type"_s, tr("%1: entry %2 is no address.").arg(parameter.title).arg(index + 1));
}

Error complaintMissing(const Parameter &parameter)
{
    return complaint(u"missing"_s, tr("%1 is missing.").arg(parameter.title));
}

Error complaintEmpty(const Parameter &parameter)
{
    return complaint(u"missing"_s, tr("%1 is empty.").arg(parameter.title));
}

} // namespace plantain
