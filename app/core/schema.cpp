#include "schema.h"

#include "schemaresolver.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

// A text that may grow beyond this gets an editor of several lines.
constexpr qint64 longText = 256;

tl::unexpected<Error> broken(const QString &message)
{
    return failure({ .kind = ErrorKind::BadEndpoint, .type = u"schema"_s, .message = message });
}

const Json *objectBelow(const Json &object, std::initializer_list<const char *> keys)
{
    const Json *found = &object;
    for (const char *key : keys) {
        found = objectAt(*found, key);
        if (!found)
            return nullptr;
    }
    return found;
}

const Json *postedSchema(const Json &path)
{
    return objectBelow(path, { "post", "requestBody", "content", "application/json", "schema" });
}

/// The schema of the body that is posted: to the path of the document's own endpoint, else to the first that takes one.
const Json *inputSchemaOf(const Json &document)
{
    const Json *paths = objectAt(document, "paths");
    if (!paths)
        return nullptr;
    QString own;
    if (const Json *metadata = objectBelow(document, { "info", "x-fal-metadata" }))
        own = u'/' + stringAt(*metadata, "endpointId");
    const Json *first = nullptr;
    for (const auto &[path, operations] : paths->items()) {
        const Json *schema = postedSchema(operations);
        if (!schema)
            continue;
        if (QString::fromStdString(path) == own)
            return schema;
        if (!first)
            first = schema;
    }
    return first;
}

bool meansNull(const Json &schema)
{
    if (schema.value("type", Json()) == "null")
        return true;
    const Json *choices = arrayAt(schema, "enum");
    return choices && choices->size() == 1 && choices->front().is_null();
}

/// Takes "or null" out of a resolved schema, in any of its spellings, and says whether it was there.
bool takeNull(Json &schema)
{
    bool nullable = boolAt(schema, "nullable").value_or(false);
    for (const char *key : { "anyOf", "oneOf" }) {
        const Json *alternatives = arrayAt(schema, key);
        if (!alternatives)
            continue;
        Json others = Json::array();
        for (const Json &alternative : *alternatives) {
            if (meansNull(alternative))
                nullable = true;
            else
                others.push_back(alternative);
        }
        if (others.size() == 1) {
            Json single = others.front();
            schema.erase(key);
            for (const auto &[name, value] : schema.items())
                single[name] = value;
            schema = std::move(single);
        } else {
            schema[key] = std::move(others);
        }
    }
    if (const Json *types = arrayAt(schema, "type")) {
        Json others = Json::array();
        for (const Json &type : *types) {
            if (type == "null")
                nullable = true;
            else
                others.push_back(type);
        }
        schema["type"] = others.size() == 1 ? others.front() : others;
    }
    return nullable;
}

QString titleOf(const QString &name, const Json &schema)
{
    const QString title = stringAt(schema, "title").simplified();
    if (!title.isEmpty())
        return title;
    QString made = name;
    made.replace(u'_', u' ');
    if (!made.isEmpty())
        made[0] = made[0].toUpper();
    return made;
}

QString uiFieldOf(const Json &schema)
{
    if (const Json *ui = objectAt(schema, "ui")) {
        if (const QString field = stringAt(*ui, "field"); !field.isEmpty())
            return field;
    }
    if (const QString field = stringAt(schema, "_fal_ui_field"); !field.isEmpty())
        return field;
    const Json *items = objectAt(schema, "items");
    return items ? uiFieldOf(*items) : QString();
}

bool isMedium(const QString &uiField)
{
    return uiField == u"image"_s || uiField == u"video"_s || uiField == u"audio"_s || uiField == u"file"_s;
}

ParameterKind kindOf(const Parameter &parameter, const Json &schema)
{
    const QString type = stringAt(schema, "type");
    if (!parameter.choices.empty()) {
        const bool scalars = std::all_of(parameter.choices.begin(), parameter.choices.end(),
            [](const Json &choice) { return choice.is_primitive(); });
        return scalars ? ParameterKind::Choice : ParameterKind::Json;
    }
    if (schema.contains("anyOf") || schema.contains("oneOf") || schema.contains("allOf"))
        return ParameterKind::Json;
    if (type == u"boolean"_s)
        return ParameterKind::Boolean;
    if (type == u"integer"_s)
        return ParameterKind::Integer;
    if (type == u"number"_s)
        return ParameterKind::Number;
    if (type == u"string"_s) {
        const QString format = stringAt(schema, "format");
        if (isMedium(parameter.uiField) || format == u"uri"_s || parameter.name.endsWith(u"_url"))
            return ParameterKind::Url;
        const bool isLong = parameter.maxLength.value_or(0) > longText || parameter.uiField == u"textarea"_s
            || parameter.name.endsWith(u"prompt");
        return isLong ? ParameterKind::LongText : ParameterKind::Text;
    }
    if (type == u"array"_s) {
        const Json *items = objectAt(schema, "items");
        if (items && stringAt(*items, "type") == u"string"_s && !items->contains("enum")
            && (isMedium(parameter.uiField) || stringAt(*items, "format") == u"uri"_s
                || parameter.name.endsWith(u"_urls"))) {
            return ParameterKind::UrlList;
        }
    }
    return ParameterKind::Json;
}

std::optional<qint64> countAt(const Json &schema, const char *key)
{
    const std::optional<qint64> count = integerAt(schema, key);
    return count && *count >= 0 ? count : std::nullopt;
}

Parameter parameterOf(const QString &name, Json schema)
{
    Parameter parameter;
    parameter.name = name;
    parameter.nullable = takeNull(schema);
    parameter.title = titleOf(name, schema);
    parameter.description = stringAt(schema, "description");
    parameter.uiField = uiFieldOf(schema);
    if (const auto value = schema.find("default"); value != schema.end() && !value->is_null())
        parameter.defaultValue = *value;
    if (const Json *choices = arrayAt(schema, "enum")) {
        for (const Json &choice : *choices) {
            if (choice.is_null())
                parameter.nullable = true;
            else
                parameter.choices.push_back(choice);
        }
    } else if (const auto only = schema.find("const"); only != schema.end()) {
        parameter.choices.push_back(*only);
    }
    parameter.minimum = numberAt(schema, "minimum");
    parameter.maximum = numberAt(schema, "maximum");
    parameter.exclusiveMinimum = numberAt(schema, "exclusiveMinimum");
    parameter.exclusiveMaximum = numberAt(schema, "exclusiveMaximum");
    parameter.multipleOf = numberAt(schema, "multipleOf");
    parameter.minLength = countAt(schema, "minLength");
    parameter.maxLength = countAt(schema, "maxLength");
    parameter.minItems = countAt(schema, "minItems");
    parameter.maxItems = countAt(schema, "maxItems");
    if (const Json *examples = arrayAt(schema, "examples"))
        parameter.examples.assign(examples->begin(), examples->end());
    else if (const auto example = schema.find("example"); example != schema.end())
        parameter.examples.push_back(*example);
    parameter.kind = kindOf(parameter, schema);
    return parameter;
}

QStringList namesIn(const Json *list)
{
    QStringList names;
    if (list) {
        for (const Json &name : *list) {
            if (name.is_string())
                names.append(toQString(name));
        }
    }
    return names;
}

} // namespace

const Parameter *Schema::find(const QString &name) const
{
    const auto found = std::find_if(
        parameters.begin(), parameters.end(), [&](const Parameter &parameter) { return parameter.name == name; });
    return found == parameters.end() ? nullptr : &*found;
}

Result<Schema> parseInputSchema(const Json &document)
{
    const Json *posted = inputSchemaOf(document);
    if (!posted)
        return broken(u"no path takes a JSON body by POST"_s);
    const Result<Json> resolved = SchemaResolver(document).resolve(*posted);
    if (!resolved)
        return failure(resolved.error());
    const Json *properties = objectAt(*resolved, "properties");
    if (!properties)
        return broken(u"the schema of the input has no properties"_s);

    const QStringList required = namesIn(arrayAt(*resolved, "required"));
    QStringList order = namesIn(arrayAt(*resolved, "x-fal-order-properties"));
    for (const auto &[name, property] : properties->items())
        order.append(QString::fromStdString(name));
    order.removeDuplicates();

    Schema schema;
    for (const QString &name : std::as_const(order)) {
        const auto property = properties->find(name.toStdString());
        if (property == properties->end())
            continue;
        schema.parameters.push_back(parameterOf(name, *property));
        schema.parameters.back().required = required.contains(name);
    }
    schema.validation = validationOf(*resolved);
    schema.validation["type"] = "object";
    return schema;
}

} // namespace plantain
