#include "schemaresolver.h"

#include <QStringList>

#include <algorithm>
#include <initializer_list>
#include <string_view>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int maxDepth = 64;
// References inside references can multiply without end, and so can what they carry along: 4 MB of document with one long
// default that nine thousand parameters refer to would be 36 GB.
constexpr int maxNodes = 20'000;
constexpr size_t charactersInNode = 256;

struct Broken
{
    QString message;
};

bool isOneOf(std::string_view key, std::initializer_list<std::string_view> keys)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Later keys win: what stands beside a reference overrides what it refers to.
void merge(Json &into, const Json &from)
{
    for (const auto &[key, value] : from.items())
        into[key] = value;
}

void modernise(Json &schema, const char *exclusive, const char *inclusive)
{
    const auto found = schema.find(exclusive);
    if (found == schema.end() || !found->is_boolean())
        return;
    const bool isExclusive = found->get<bool>();
    schema.erase(exclusive);
    if (isExclusive && schema.contains(inclusive)) {
        schema[exclusive] = schema[inclusive];
        schema.erase(inclusive);
    }
}

/// How many nodes a value that is copied as it is stands for.
int weightOf(const Json &value)
{
    if (value.is_string())
        return int(1 + value.get_ref<const std::string &>().size() / charactersInNode);
    int weight = 1;
    for (const Json &part : value)
        weight += value.is_structured() ? weightOf(part) : 0;
    return weight;
}

bool isCount(const Json &value)
{
    return value.is_number_integer() && value >= 0;
}

bool isTypeName(const Json &value)
{
    return value.is_string()
        && isOneOf(value.get_ref<const std::string &>(),
            { "string", "number", "integer", "boolean", "object", "array", "null" });
}

bool allOf(const Json &list, bool (*test)(const Json &))
{
    return list.is_array() && !list.empty() && std::all_of(list.begin(), list.end(), test);
}

bool makesSense(std::string_view key, const Json &value)
{
    if (key == "type")
        return isTypeName(value) || allOf(value, isTypeName);
    if (key == "enum")
        return value.is_array() && !value.empty();
    if (key == "const")
        return true;
    if (isOneOf(key, { "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" }))
        return value.is_number();
    if (key == "multipleOf")
        return value.is_number() && value > 0;
    if (isOneOf(key, { "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" }))
        return isCount(value);
    if (key == "uniqueItems")
        return value.is_boolean();
    if (key == "required")
        return allOf(value, [](const Json &name) { return name.is_string(); });
    return false;
}

} // namespace

SchemaResolver::SchemaResolver(const Json &document)
    : m_document(document)
{
}

Result<Json> SchemaResolver::resolve(const Json &schema)
{
    m_budget = maxNodes;
    try {
        QStringList open;
        return inlined(schema, open, 0);
    } catch (const Broken &broken) {
        return failure({ .kind = ErrorKind::BadEndpoint, .type = u"schema"_s, .message = broken.message });
    }
}

void SchemaResolver::spend(int nodes)
{
    m_budget -= nodes;
    if (m_budget < 0)
        throw Broken { u"its schemas unfold to more than %1 parts"_s.arg(maxNodes) };
}

const Json &SchemaResolver::target(const QString &reference) const
{
    if (!reference.startsWith(u"#/"))
        throw Broken { u"\"%1\" points outside the document"_s.arg(reference) };
    try {
        return m_document.at(Json::json_pointer(reference.mid(1).toStdString()));
    } catch (const std::exception &) {
        throw Broken { u"\"%1\" points to nothing"_s.arg(reference) };
    }
}

Json SchemaResolver::inlined(const Json &schema, QStringList &open, int depth)
{
    spend(1);
    if (depth > maxDepth)
        throw Broken { u"its schemas are nested deeper than %1 levels"_s.arg(maxDepth) };
    if (schema.is_boolean())
        return schema.get<bool>() ? Json::object() : Json { { "not", Json::object() } };
    if (!schema.is_object())
        throw Broken { u"a schema is no object: %1"_s.arg(toQString(schema).left(60)) };

    const QString reference = stringAt(schema, "$ref");
    if (reference.isEmpty())
        return objectInlined(schema, open, depth);
    Json result = Json::object();
    if (!open.contains(reference)) {
        open.append(reference);
        result = inlined(target(reference), open, depth + 1);
        open.removeLast();
    }
    Json siblings = schema;
    siblings.erase("$ref");
    merge(result, objectInlined(siblings, open, depth));
    return result;
}

Json SchemaResolver::objectInlined(const Json &schema, QStringList &open, int depth)
{
    Json result = Json::object();
    for (const auto &[key, value] : schema.items()) {
        if (isOneOf(key, { "items", "additionalProperties", "not" }) && (value.is_object() || value.is_boolean())) {
            result[key] = value.is_boolean() ? value : inlined(value, open, depth + 1);
        } else if (isOneOf(key, { "anyOf", "oneOf", "allOf" }) && value.is_array()) {
            Json &list = result[key] = Json::array();
            for (const Json &entry : value)
                list.push_back(inlined(entry, open, depth + 1));
        } else if (key == "properties" && value.is_object()) {
            Json &properties = result[key] = Json::object();
            for (const auto &[name, property] : value.items())
                properties[name] = inlined(property, open, depth + 1);
        } else {
            spend(weightOf(value));
            result[key] = value;
        }
    }
    if (const Json *parts = arrayAt(result, "allOf"); parts && parts->size() == 1) {
        Json whole = parts->front();
        result.erase("allOf");
        merge(whole, result);
        result = std::move(whole);
    }
    modernise(result, "exclusiveMinimum", "minimum");
    modernise(result, "exclusiveMaximum", "maximum");
    return result;
}

Json validationOf(const Json &resolved)
{
    Json result = Json::object();
    for (const auto &[key, value] : resolved.items()) {
        if (isOneOf(key, { "items", "additionalProperties", "not" })) {
            if (value.is_object())
                result[key] = validationOf(value);
            else if (value.is_boolean() && key == "additionalProperties")
                result[key] = value;
        } else if (isOneOf(key, { "anyOf", "oneOf", "allOf" })) {
            if (value.is_array() && !value.empty()) {
                Json &list = result[key] = Json::array();
                for (const Json &entry : value)
                    list.push_back(validationOf(entry));
            }
        } else if (key == "properties" && value.is_object()) {
            Json &properties = result[key] = Json::object();
            for (const auto &[name, property] : value.items())
                properties[name] = validationOf(property);
        } else if (makesSense(key, value)) {
            result[key] = value;
        }
    }
    if (boolAt(resolved, "nullable").value_or(false)) {
        Json either = Json::object();
        either["anyOf"] = Json::array({ std::move(result), Json { { "type", "null" } } });
        return either;
    }
    return result;
}

} // namespace plantain
