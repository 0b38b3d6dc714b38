#include "imagesizes.h"

#include "jsonfile.h"

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace plantain {

Result<ImageSizes> ImageSizes::load(const QString &file)
{
    const Result<Json> json = readJsonFile(file);
    if (!json)
        return failure(json.error());
    const Json *table = objectAt(*json, "sizes");
    if (!table)
        return failure({ .kind = ErrorKind::BadReply, .type = u"sizes"_s, .message = u"\"sizes\" is missing"_s });
    ImageSizes sizes;
    for (const auto &[ratio, resolutions] : table->items()) {
        const QString name = QString::fromStdString(ratio);
        sizes.m_ratios.append(name);
        for (const auto &[resolution, pair] : resolutions.items()) {
            if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number_integer() || !pair[1].is_number_integer())
                return failure({ .kind = ErrorKind::BadReply, .type = u"sizes"_s, .message = name });
            sizes.m_sizes[name][QString::fromStdString(resolution)] = QSize(pair[0].get<int>(), pair[1].get<int>());
        }
    }
    return sizes;
}

QSize ImageSizes::find(const QString &ratio, const QString &resolution) const
{
    return m_sizes.value(ratio).value(resolution);
}

bool ImageSizes::isNear(QSize delivered, QSize asked)
{
    const auto near = [](int one, int other) { return std::abs(one - other) * 100 <= 4 * other; };
    return near(delivered.width(), asked.width()) && near(delivered.height(), asked.height());
}

} // namespace plantain
