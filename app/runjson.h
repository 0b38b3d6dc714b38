#pragma once

#include "runrecord.h"

namespace plantain {

/// The line that `generate`, `list` and `resume` print for a run. `folder` is the library's: files are absolute.
Json runLine(const RunRecord &record, const QString &folder);

/// The line of a run that is not at its end; `waitsFor` is a sentence, or empty.
Json openLine(const RunRecord &record, const QString &folder, const QString &waitsFor);

/// The line of an input that became no run.
Json refusedLine(const EndpointId &endpoint, const Json &input, const std::vector<Error> &errors);

} // namespace plantain
