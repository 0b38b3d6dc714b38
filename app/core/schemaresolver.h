#pragma once

#include "json.h"

namespace plantain {

/// Makes the schemas of an OpenAPI document stand alone: $ref replaced by what it names, allOf with one entry merged
/// with its siblings, booleans of OpenAPI 3.0 (exclusiveMinimum, nullable) in today's spelling.
/// A schema that contains itself ends in "anything" at the repetition.
class SchemaResolver
{
public:
    explicit SchemaResolver(const Json &document);

    /// Everything in its place, titles and vendor keys kept. Errors: BadEndpoint.
    Result<Json> resolve(const Json &schema);

private:
    Json inlined(const Json &schema, QStringList &open, int depth);
    Json objectInlined(const Json &schema, QStringList &open, int depth);
    void spend(int nodes);
    const Json &target(const QString &reference) const;

    const Json &m_document;
    int m_budget = 0;
};

/// The part of a resolved schema that says what is valid, as plain JSON Schema (draft 7). Keywords with values that
/// make no sense are left out, and `pattern` is: std::regex overflows the stack on long prompts.
Json validationOf(const Json &resolved);

} // namespace plantain
