#pragma once

#include "endpoint.h"

namespace plantain {

/// An endpoint from its OpenAPI document alone (fal-protocol.md 10.1). What an overlay would say is derived from the
/// schema where that is possible, else empty. Errors: BadEndpoint.
Result<Endpoint> endpointOf(const Json &document);

/// Adds what an overlay says. Names of parameters the schema does not have are passed over: a refreshed document may
/// have dropped them.
void applyOverlay(Endpoint &endpoint, const Json &overlay);

/// Joins the shape of the overlay's price rule with the amount of resources/prices.json; either may be null.
std::optional<PriceRule> priceRuleOf(const Endpoint &endpoint, const Json *shape, const Json *amount);

} // namespace plantain
