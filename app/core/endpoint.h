#pragma once

#include "ids.h"
#include "pricerule.h"
#include "schema.h"

#include <QMap>
#include <QStringList>
#include <QUrl>

namespace plantain {

/// Largest file a field takes and who says so.
struct FileLimit
{
    QString field;
    qint64 bytes = 0;
    QString source;
    bool advisory = false; ///< larger ones may still be taken: to be said, not to be refused
};

/// Which kinds of files a field takes that is one address, and who says so.
struct FileTypes
{
    QStringList types; ///< "video/mp4"
    QString source;
};

/// Stands for maxReferences where an endpoint takes reference pictures and nobody documents how many.
inline constexpr int referencesWithoutKnownLimit = 100;

/// A model one can call: what fal's document says, and beside it what the overlay adds. Immutable.
struct Endpoint
{
    EndpointId id;
    QString title; ///< "Nano Banana 2"
    QString category; ///< "text-to-image", "image-to-image"
    QString description;
    Schema schema;
    QUrl documentation, playground;

    // From the overlay; an endpoint without one works, with these empty.
    QString referencesField; ///< the list of URLs the reference tray feeds; from the schema when not said
    int maxReferences = 0; ///< 0: no reference pictures; referencesWithoutKnownLimit: no figure is documented
    QString maxReferencesSource; ///< who says so; empty when the figure is not documented
    int consistentPeople = 0; ///< that many people in the references stay themselves; 0: not documented
    QString consistentPeopleSource;
    QStringList requireAnyOf; ///< at least one of these fields must be there (an edit needs a medium)
    std::optional<EndpointId> sibling; ///< text <-> edit
    std::vector<FileLimit> fileLimits;
    QMap<QString, FileTypes> fileTypes; ///< by field; one that is missing takes any file that mediatype.h knows
    QMap<QString, QString> aliases; ///< other spelling -> name: enable_google_search
    std::optional<PriceRule> price; ///< none: the price is not known, and said so
    QString warningFor(const QString &parameter) const { return warnings.value(parameter); }
    QMap<QString, QString> warnings; ///< parameter -> what to know when it is set (sync_mode)

    const Parameter *seed() const { return schema.find(QStringLiteral("seed")); }
};

} // namespace plantain
