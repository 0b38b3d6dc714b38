#pragma once

#include "schema.h"

#include <vector>

namespace plantain {

/// The values of a parameter that its schema names: every choice, both ends of its range. None of a text, an address or JSON.
inline std::vector<Json> choicesAndEnds(const Parameter &parameter)
{
    switch (parameter.kind) {
    case ParameterKind::Choice:
        return parameter.choices;
    case ParameterKind::Boolean:
        return { false, true };
    case ParameterKind::Number:
        return { parameter.minimum.value_or(-0.5), parameter.maximum.value_or(1e300) };
    case ParameterKind::Integer:
        return { parameter.minimum ? Json(qint64(*parameter.minimum)) : Json(0),
                 parameter.maximum ? Json(qint64(*parameter.maximum)) : Json(2147483647) };
    default:
        return {};
    }
}

} // namespace plantain
