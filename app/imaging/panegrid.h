#pragma once

#include <QRect>
#include <QSizeF>

#include <vector>

namespace plantain {

/// Divides `area` into a pane for each box, in rows and in their order, such that the boxes can be shown as large as
/// possible at one common magnification. Panes fill the area but for `gap` between them; the upper `header` of each shows
/// nothing of its box. `boxes`: width and height of what is shown, in any unit. Pure.
std::vector<QRect> paneGrid(const std::vector<QSizeF> &boxes, QRect area, int gap, int header = 0);

} // namespace plantain
