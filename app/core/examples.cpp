#include "examples.h"

#include "jsonfile.h"

#include <QDir>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

Examples loadExamples(const QString &folder)
{
    struct Placed
    {
        qint64 order;
        Example example;
    };
    std::vector<Placed> placed;
    Examples result;
    const QDir dir(folder);
    for (const QString &name : dir.entryList({ u"*.json"_s }, QDir::Files, QDir::Name)) {
        const Result<Json> json = readJsonFile(dir.filePath(name));
        const Json *input = json ? objectAt(*json, "input") : nullptr;
        const QString endpoint = json ? stringAt(*json, "endpoint") : QString();
        if (!input || endpoint.isEmpty()) {
            result.problems.append(name + u": "_s + (json ? u"endpoint or input is missing"_s : json.error().message));
            continue;
        }
        Example example { .id = stringAt(*json, "id", name.chopped(5)),
            .title = stringAt(*json, "title"),
            .endpoint = { endpoint },
            .input = *input,
            .tags = {},
            .builtFor = stringAt(*json, "builtFor"),
            .note = stringAt(*json, "note") };
        if (const Json *tags = arrayAt(*json, "tags")) {
            for (const Json &tag : *tags)
                example.tags.append(toQString(tag));
        }
        placed.push_back(
            { integerAt(*json, "order").value_or(std::numeric_limits<qint64>::max()), std::move(example) });
    }
    std::stable_sort(
        placed.begin(), placed.end(), [](const Placed &one, const Placed &other) { return one.order < other.order; });
    for (Placed &entry : placed)
        result.examples.push_back(std::move(entry.example));
    return result;
}

} // namespace plantain
