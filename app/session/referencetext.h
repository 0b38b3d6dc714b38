#pragma once

#include "endpoint.h"
#include "reference.h"

namespace plantain {

QString textOf(ReferencePart part); ///< "Person"
Error invalidReference(const QString &type, const QString &message);
QString folderNames(const QStringList &folders); ///< "holiday", "holiday and 2 more"
QString withSource(const QString &sentence, const QString &source); ///< "(source)" behind it, if there is one
QString tooLargeText(const QString &name, const FileLimit &limit);

QString detailText(const Reference &reference); ///< "1024 × 768, 1.2 MB"; with what it is scaled down to; host of an address
/// What will be done to it: "turned upright, without its metadata, colour profile kept"; empty while not known.
QString fateText(const Reference &reference);
QString fetchText(const QUrl &url); ///< "Fetch it from example.org"
/// "Scale down from 6000 × 4000, 24 MB to 3000 × 2000, 6.5 MB", or the way back; empty when there is nothing to offer.
QString metadataOfferText(const Reference &reference);
QString scaleOfferText(const Reference &reference);

/// All of it in one line, for screen readers. `number`: from 1.
QString accessibleText(const Reference &reference, int number, const std::optional<Error> &error);
QString peopleHint(qint64 people, const Endpoint &endpoint); ///< too many of them; empty when not

} // namespace plantain
