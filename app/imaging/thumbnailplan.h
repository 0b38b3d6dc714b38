#pragma once

#include <vector>

namespace plantain {

/// Rows in the order their thumbnails are worth making: the visible ones, the page after, the page before backwards.
/// Rows outside are not worth it and are left out. `first` and `last` are inclusive; an empty view has last < first.
std::vector<int> thumbnailOrder(int first, int last, int rowCount);

} // namespace plantain
