#pragma once

#include "json.h"

#include <optional>
#include <vector>

namespace plantain {

// g++ 12 takes the scoped enumerator Json for a shadow of the type.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
/// What kind of editor and check a parameter needs. Unknown shapes are Json: shown raw rather than hidden.
enum class ParameterKind { Text, LongText, Integer, Number, Boolean, Choice, Url, UrlList, Json };
#pragma GCC diagnostic pop

/// One property of an endpoint's input, as its OpenAPI document describes it (fal-protocol.md 10).
struct Parameter
{
    QString name;
    QString title; ///< from the document, else made from the name
    QString description;
    ParameterKind kind = ParameterKind::Json;
    bool required = false;
    bool nullable = false; ///< anyOf with null
    std::optional<Json> defaultValue;
    std::vector<Json> choices; ///< of enum; keeps the JSON type (safety_tolerance is an enum of strings)
    std::optional<double> minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf;
    std::optional<qint64> minLength, maxLength; ///< characters (code points), as JSON Schema counts
    std::optional<qint64> minItems, maxItems;
    std::vector<Json> examples;
    QString uiField; ///< "image", "video", "audio", "file" from `ui.field`; may be empty
};

/// An endpoint's input: parameters in display order, and the plain JSON Schema of the whole for validation
/// ($ref resolved, no vendor keys).
struct Schema
{
    std::vector<Parameter> parameters;
    Json validation;

    const Parameter *find(const QString &name) const;
};

/// Reads the input schema of an OpenAPI document: from `paths` by $ref, never by guessed names.
Result<Schema> parseInputSchema(const Json &document);

} // namespace plantain
