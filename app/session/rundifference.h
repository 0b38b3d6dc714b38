#pragma once

#include "runrecord.h"

#include <QStringList>

namespace plantain {

/// A picture among those that are compared.
struct ComparedPicture
{
    RunRecord record;
    int image = 0; ///< ImageRecord::index
};

/// Something that is said of every picture: a value for each, in their order, empty where there is none.
struct ComparedFact
{
    QString name;
    QStringList values;

    bool isSame() const { return values.count(values.value(0)) == values.size(); }
    bool operator==(const ComparedFact &) const = default;
};

/// The parameters as sent that are not the same in all, in the order of the first picture that has them. Without prompt
/// and references, which are compared on their own, and without the seed.
std::vector<ComparedFact> differingParameters(const std::vector<ComparedPicture> &pictures);

/// Endpoint, server, pixels and bytes where they differ; seed, price and time in any case, where one is known.
std::vector<ComparedFact> comparedRuns(const std::vector<ComparedPicture> &pictures);

bool haveSameReferences(const std::vector<ComparedPicture> &pictures); ///< the same files in the same fields and order

/// "A, C: 1K" and "B: 4K", a line each: who has the same value shares one. `labels` are those of the pictures.
QString groupedText(const ComparedFact &fact, const QStringList &labels, const QString &whenEmpty);

} // namespace plantain
