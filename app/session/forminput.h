#pragma once

#include "endpoint.h"

namespace plantain {

class ParameterModel;
class ReferenceModel;

/// What the form asks for, references included (files as file: addresses), in schema order. `endpoint` may be null.
Json inputOfForm(const Endpoint *endpoint, const ParameterModel &parameters, const ReferenceModel &references);

} // namespace plantain
