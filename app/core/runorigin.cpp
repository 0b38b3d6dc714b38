#include "runorigin.h"

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::array steps { std::pair { OriginStep::Reference, "reference"_L1 }, std::pair { OriginStep::Edit, "edit"_L1 },
                             std::pair { OriginStep::Vary, "vary"_L1 }, std::pair { OriginStep::Promote, "promote"_L1 },
                             std::pair { OriginStep::Recall, "recall"_L1 } };
constexpr auto key = "origin";

} // namespace

QString wordOf(OriginStep step)
{
    return std::ranges::find(steps, step, [](const auto &entry) { return entry.first; })->second;
}

std::optional<OriginStep> originStepOf(const QString &word)
{
    const auto found = std::ranges::find_if(steps, [&](const auto &entry) { return entry.second == word; });
    return found == steps.end() ? std::nullopt : std::optional(found->first);
}

void putOrigin(Json &object, const std::optional<RunOrigin> &origin)
{
    if (origin) {
        object[key] = { { "step", toJson(wordOf(origin->step)) },
                        { "run", toJson(origin->picture.run.text) },
                        { "image", origin->picture.index } };
    }
}

std::optional<RunOrigin> originAt(const Json &object)
{
    const Json *json = objectAt(object, key);
    if (!json)
        return std::nullopt;
    const auto step = originStepOf(stringAt(*json, "step"));
    const RunId run { stringAt(*json, "run") };
    const qint64 image = integerAt(*json, "image").value_or(0);
    if (!step || run.isEmpty() || image < 0 || image > std::numeric_limits<int>::max())
        return std::nullopt;
    return RunOrigin { .step = *step, .picture = { run, int(image) } };
}

} // namespace plantain
