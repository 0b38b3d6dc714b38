#pragma once

#include "runrecord.h"

namespace plantain {

/// The body of a run's submit: its input with every reference replaced by its address on the server.
QByteArray submitBody(const RunRecord &record);

} // namespace plantain
