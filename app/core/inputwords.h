#pragma once

#include "schema.h"

#include <optional>

namespace plantain {

/// Length in characters (code points), as JSON Schema counts: an emoji is one.
qint64 charactersIn(const Json &string);

/// What is wrong with the value of a parameter, as a sentence for a person and fal's word for it (fal-protocol.md 4.1).
/// Nothing when the parameter's own description does not tell. `field` is left to the caller.
std::optional<Error> complaintAbout(const Parameter &parameter, const Json &value);
/// The same of one entry of a list.
Error complaintAboutEntry(const Parameter &parameter, qsizetype index);
Error complaintMissing(const Parameter &parameter);
Error complaintEmpty(const Parameter &parameter);

} // namespace plantain
