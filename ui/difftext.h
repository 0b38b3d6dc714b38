#pragma once

#include "worddiff.h"

namespace plantain {

class SelectableText;

/// Shows one side of a diff: what only this text has is marked as gone or as new, what stands elsewhere in the other as
/// moved; screen readers are told in words. Foreign text is fine.
enum class DiffSide { Before, After };
void showDiff(SelectableText &shown, const QString &text, const std::vector<DiffSpan> &spans, DiffSide side);

} // namespace plantain
