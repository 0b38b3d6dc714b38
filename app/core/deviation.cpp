#include "deviation.h"

#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::array words {
    std::pair { Deviation::Size, "size"_L1 },   std::pair { Deviation::Ratio, "ratio"_L1 },
    std::pair { Deviation::Format, "format"_L1 }, std::pair { Deviation::Blank, "blank"_L1 },
    std::pair { Deviation::Duplicate, "duplicate"_L1 },
    std::pair { Deviation::Count, "count"_L1 },
};

} // namespace

void putDeviations(Json &object, Deviations deviations)
{
    for (const auto &[deviation, word] : words) {
        if (deviations.testFlag(deviation))
            object["deviations"].push_back(toJson(word));
    }
}

Deviations deviationsAt(const Json &object)
{
    Deviations deviations;
    if (const Json *list = arrayAt(object, "deviations")) {
        for (const Json &entry : *list) {
            for (const auto &[deviation, word] : words)
                deviations.setFlag(deviation, deviations.testFlag(deviation) || toQString(entry) == word);
        }
    }
    return deviations;
}

} // namespace plantain
