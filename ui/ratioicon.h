#pragma once

#include <QIcon>

namespace plantain {

bool isRatio(const QString &text); ///< "16:9"
/// The shape of "16:9" as a small drawing for `palette`; a dashed square for what is no ratio: the shape is open.
QIcon ratioIcon(const QString &ratio, const QPalette &palette);

} // namespace plantain
