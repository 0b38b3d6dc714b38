#include "input.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Input", text);
}

} // namespace

Result<NormalisedInput> normaliseInput(const Endpoint &endpoint, const Json &input)
{
    if (!input.is_object()) {
        return failure(
            { .kind = ErrorKind::InvalidInput, .type = u"dict_type"_s, .message = tr("An input is a JSON object.") });
    }
    NormalisedInput result { .input = Json::object(), .warnings = {} };
    Json renamed = Json::object();
    for (const auto &[key, value] : input.items()) {
        const QString alias = QString::fromStdString(key);
        const QString name = endpoint.aliases.value(alias);
        if (name.isEmpty()) {
            renamed[key] = value;
        } else if (input.contains(name.toStdString())) {
            result.warnings.append(tr("\"%1\" was left out: it means %2, which is given too.").arg(alias, name));
        } else {
            renamed[name.toStdString()] = value;
            result.warnings.append(tr("\"%1\" was taken as %2.").arg(alias, name));
        }
    }
    for (const Parameter &parameter : endpoint.schema.parameters) {
        const auto value = renamed.find(parameter.name.toStdString());
        const bool isNoReferences = value != renamed.end() && parameter.name == endpoint.referencesField && value->is_array() && value->empty();
        if (value != renamed.end() && ((!value->is_null() && !isNoReferences) || parameter.required))
            result.input[parameter.name.toStdString()] = *value;
    }
    for (const auto &[key, value] : renamed.items()) {
        const QString name = QString::fromStdString(key);
        if (endpoint.schema.find(name))
            continue;
        result.input[key] = value;
        result.warnings.append(
            tr("\"%1\" is not known to %2; it is sent as it is.").arg(name.left(60).simplified(), endpoint.title));
    }
    return result;
}

Json defaultsOf(const Endpoint &endpoint)
{
    Json defaults = Json::object();
    for (const Parameter &parameter : endpoint.schema.parameters) {
        if (parameter.defaultValue)
            defaults[parameter.name.toStdString()] = *parameter.defaultValue;
    }
    return defaults;
}

bool drawSeed(const Endpoint &endpoint, Json &input)
{
    const Parameter *seed = endpoint.seed();
    if (!seed || seed->kind != ParameterKind::Integer || !input.is_object())
        return false;
    if (const auto given = input.find("seed"); given != input.end() && !given->is_null())
        return false;
    // 31 bits: what every number type between here and the model holds. A narrower range of the schema is kept.
    const double highest = std::numeric_limits<qint32>::max();
    const qint64 least = qint64(std::clamp(seed->minimum.value_or(0), 0.0, highest));
    const qint64 most = qint64(std::clamp(seed->maximum.value_or(highest), double(least), highest));
    input["seed"] = QRandomGenerator::system()->bounded(least, most + 1);
    return true;
}

} // namespace plantain
