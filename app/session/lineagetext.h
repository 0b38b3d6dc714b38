#pragma once

#include "lineage.h"

#include <QStringList>

namespace plantain {

class EndpointCatalog;

/// "Edit of picture 2"; without a link, what a run is that goes on from nothing.
QString lineageStepText(const Lineage &lineage, const LineageRun &run);

/// What is another in a run than in the one it goes on from, one line each: endpoint, words of the prompt, parameters,
/// references. None: the same input. Plain text.
QStringList lineageChanges(const RunRecord &before, const RunRecord &after, const EndpointCatalog &catalog);

/// The pictures it was given besides the one it goes on from: "Also given: picture 1 of “a red fox”"; may be empty.
QString alsoGivenText(const Lineage &lineage, const LineageRun &run);

/// "$0.08 and 3 credits", "not known": what runs cost together.
QString lineageSumText(const Lineage &lineage, const std::vector<size_t> &places);

} // namespace plantain
