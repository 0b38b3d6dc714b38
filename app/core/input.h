#pragma once

#include "endpoint.h"

namespace plantain {

/// A reference picture inside an input before it has an address on the server: "reference:<sha256>".
inline constexpr auto referenceScheme = "reference:";

struct NormalisedInput
{
    Json input; ///< object: known keys in schema order, then unknown ones in the order they came
    QStringList warnings; ///< one plain sentence each: an alias taken, an unknown key kept
};

/// Takes a pasted or piped object: aliases renamed, nulls of optional values and an empty list of references
/// dropped, unknown keys kept and named.
Result<NormalisedInput> normaliseInput(const Endpoint &endpoint, const Json &input);

/// All that is wrong with an input, each at its field; empty when it may be sent. The whole is checked by a
/// JSON-Schema library, then by what the overlay adds (count of references, at least one medium).
std::vector<Error> validateInput(const Endpoint &endpoint, const Json &input);

/// The defaults of all parameters that have one.
Json defaultsOf(const Endpoint &endpoint);

/// Puts a 31-bit seed where the endpoint has one and the input has none. True when one was drawn.
bool drawSeed(const Endpoint &endpoint, Json &input);

} // namespace plantain
