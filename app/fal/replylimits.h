#pragma once

#include <QtGlobal>

namespace plantain {

/// What is taken of a reply at most, apart from its time and its bytes on the wire (fallimits.h), the size of JSON
/// (json.h), of an event stream (eventstreamparser.h), of a picture (containerwalk.h) and of the log (logmodel.h).
/// Each has a test that crosses it. R: reliability.md.
inline constexpr qsizetype resultBytes = 320 * 1024 * 1024; // R13: a result with its pictures inside (sync_mode)
inline constexpr qsizetype historyBytes = 64 * 1024 * 1024; // of pages with the inputs of their requests
inline constexpr qsizetype keptReplyBytes = 64 * 1024; // R, the rule of the submit: of a reply that is not understood
inline constexpr size_t mostLogLines = 10'000; // R 2.2: more than anybody reads; the last ones count
inline constexpr qsizetype longestLogLine = 16 * 1024; // characters
inline constexpr qsizetype longestErrorMessage = 4000; // characters
inline constexpr size_t mostImages = 1000; // of a result; the models make four
inline constexpr qsizetype longestUrl = 8 * 1024; // R11
inline constexpr int mostHops = 3; // R9: redirects of a download; everything else follows none

} // namespace plantain
