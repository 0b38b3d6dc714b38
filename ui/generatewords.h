#pragma once

#include "pricerule.h"

#include <optional>

namespace plantain {

/// "Generate 4   about $0.32". `images` 0: not told; no price: not known.
QString generateText(int images, const std::optional<Price> &price, bool isSandbox);
QString amountText(const Price &price); ///< "$0.32", "0.039 EUR"

} // namespace plantain
