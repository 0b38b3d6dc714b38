#pragma once

#include "endpoint.h"
#include "runrecord.h"

#include <functional>

namespace plantain {

class ParameterModel;
class ReferenceModel;

/// What the form asks for, references included (files as file: addresses), in schema order. `endpoint` may be null.
Json inputOfForm(const Endpoint *endpoint, const ParameterModel &parameters, const ReferenceModel &references);

/// A run's input to be filled in again: references are the library's copies (`fileOf`: absolute path of a relative one),
/// as file: addresses; a seed that was drawn is left out.
Json inputToRecall(const RunRecord &record, const Endpoint &endpoint, const std::function<QString(const QString &)> &fileOf);

} // namespace plantain
