#pragma once

#include "endpoint.h"

namespace plantain {

/// The keys the model knows, aliases renamed, values coerced as pydantic's lax mode does ("2" is the number 2); what
/// it does not know is dropped in silence, as fal's models do.
Json knownInput(const Endpoint &endpoint, const Json &input);

/// What fal would put into `detail` of a 422 for this input: an empty list when it is good. Types, messages and `ctx`
/// are pydantic v2's, and fal's own for lists (fal-protocol.md 4.1).
Json inputDetail(const Endpoint &endpoint, const Json &input);

} // namespace plantain
