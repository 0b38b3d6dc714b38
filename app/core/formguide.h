#pragma once

#include "imagesizes.h"
#include "schema.h"

namespace plantain {

/// What no schema says about parameters that many endpoints share: which are rarely needed, what a choice is good for,
/// how many pixels it gives (resources/formguide.json). By names of parameters, never of endpoints. A value.
struct FormGuide
{
    static Result<FormGuide> load(const QString &file, const QString &sizesFile);

    /// One a choice; "" where nothing is known.
    QStringList notesOf(const Parameter &parameter) const;
    QStringList pixelsOf(const Parameter &parameter, const QString &ratioValue) const; ///< "1024 × 768"

    QStringList advanced; ///< parameters to fold away
    QMap<QString, QMap<QString, QString>> choices; ///< parameter -> value -> what it is good for
    QString ratio, resolution; ///< parameters that give the size of a picture together
    ImageSizes sizes;
};

} // namespace plantain
