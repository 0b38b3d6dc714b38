#pragma once

#include "json.h"

#include <vector>

namespace plantain {

/// One input of `generate`, or why a line is none.
struct InputLine
{
    int number = 1; ///< line in the file, from 1
    Result<Json> input;
};

/// One JSON object, over as many lines as it likes, or one object a line; empty lines do not count. A bad line is an
/// error of its own, the others stand. Text without any input is one error.
std::vector<InputLine> readInputs(const QByteArray &text);

} // namespace plantain
