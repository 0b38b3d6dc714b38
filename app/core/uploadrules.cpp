#include "uploadrules.h"

#include "jsonfile.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

Result<UploadRules> UploadRules::load(const QStringList &files)
{
    constexpr qint64 mostBytes = 1LL << 40, mostAtOnce = 64, mostSeconds = 10LL * 366 * 24 * 3600;
    UploadRules rules;
    for (const QString &file : files) {
        const Result<Json> json = readJsonFile(file);
        if (!json && json.error().type == "missing"_L1)
            continue;
        if (!json)
            return failure(json.error());
        const auto number = [&json](const char *name, qint64 least, qint64 most, qint64 otherwise) {
            const Json *entry = objectAt(*json, name);
            const std::optional<qint64> value = entry ? integerAt(*entry, "value") : std::nullopt;
            return value ? std::clamp(*value, least, most) : otherwise;
        };
        rules.inlineBelow = number("inlineBelowBytes", 0, 1024 * 1024, rules.inlineBelow);
        rules.partsAbove = number("partsAboveBytes", 1, mostBytes, rules.partsAbove);
        rules.partBytes = number("partBytes", 1024, mostBytes, rules.partBytes);
        rules.filesAtOnce = int(number("filesAtOnce", 1, mostAtOnce, rules.filesAtOnce));
        rules.partsAtOnce = int(number("partsAtOnce", 1, mostAtOnce, rules.partsAtOnce));
        rules.lifetime = std::chrono::seconds(number("lifetimeSeconds", 1, mostSeconds, rules.lifetime.count()));
        rules.margin = std::chrono::seconds(number("marginSeconds", 0, mostSeconds, rules.margin.count()));
    }
    return rules;
}

} // namespace plantain
