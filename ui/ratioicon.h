#pragma once

#include <QIcon>

namespace plantain {

/// The shape of "16:9" as a small drawing in the text colour of `palette`; empty for what is no ratio.
QIcon ratioIcon(const QString &ratio, const QPalette &palette);

} // namespace plantain
