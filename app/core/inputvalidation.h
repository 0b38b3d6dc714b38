#pragma once

#include "json.h"

namespace plantain {

/// Why a JSON Schema cannot be used for validation, or nothing.
std::optional<QString> schemaProblem(const Json &schema);

} // namespace plantain
