#pragma once

#include "json.h"
#include "pictureid.h"

#include <optional>

namespace plantain {

/// How a person came from a picture to a run.
enum class OriginStep {
    Reference, ///< given to it as one of its pictures
    Edit, ///< "Edit this": given to it, with a prompt of its own
    Vary, ///< the same input, another seed
    Promote, ///< the same again, larger
    Recall, ///< began with its whole input
};

/// The picture a run goes on from. A value.
struct RunOrigin
{
    OriginStep step = OriginStep::Reference;
    PictureId picture;

    bool operator==(const RunOrigin &) const = default;
};

QString wordOf(OriginStep step); ///< "edit"
std::optional<OriginStep> originStepOf(const QString &word);

/// Writes it into an object as "origin", and reads it from there: none where there is none that makes sense.
void putOrigin(Json &object, const std::optional<RunOrigin> &origin);
std::optional<RunOrigin> originAt(const Json &object);

} // namespace plantain
