#include "thumbnailplan.h"

#include <algorithm>

namespace plantain {

std::vector<int> thumbnailOrder(int first, int last, int rowCount)
{
    std::vector<int> order;
    first = std::max(first, 0);
    last = std::min(last, rowCount - 1);
    if (last < first)
        return order;
    const int page = last - first + 1;
    order.reserve(size_t(page) * 3);
    for (int row = first; row < std::min(last + 1 + page, rowCount); ++row)
        order.push_back(row);
    for (int row = first - 1; row >= std::max(first - page, 0); --row)
        order.push_back(row);
    return order;
}

} // namespace plantain
