#pragma once

#include "json.h"

#include <QDate>
#include <QMap>

#include <optional>

namespace plantain {

/// How a run's price follows from its input: base x factor of each value x images, plus surcharges.
/// Amounts in the currency's units (USD). The rule's shape stands in the overlay, amounts in resources/prices.json.
struct PriceRule
{
    double perImage = 0;
    QString countParameter; ///< "num_images"
    QString currency; ///< "USD"
    QMap<QString, QMap<QString, double>> factors; ///< parameter -> value as text -> factor (resolution 4K -> 2)
    QMap<QString, QMap<QString, double>> surcharges; ///< parameter -> value as text -> amount an image
    QDate asOf;
    QString source;
};

/// What a run will or did cost. Estimated until the server has told its billable units.
struct Price
{
    double amount = 0;
    QString currency;
    bool estimated = true;
    QString formula; ///< "4 x $0.08 x 1.5 (2K) = $0.48", for the tooltip

    bool operator==(const Price &) const = default;
};

/// Price of an input; a parameter that is unset counts with its default.
Price priceOf(const PriceRule &rule, const Json &input, const Json &defaults);

/// Price from X-Fal-Billable-Units (fal-protocol.md 9.1: units x unit price).
Price priceOfUnits(const PriceRule &rule, double units);

} // namespace plantain
