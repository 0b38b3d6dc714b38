#pragma once

#include "json.h"

#include <QMap>
#include <QSize>
#include <QStringList>

namespace plantain {

/// Pixels of a picture by its ratio ("21:9") and resolution ("2K"), from resources/imagesizes.json, which names its
/// source. A value.
class ImageSizes
{
public:
    static Result<ImageSizes> load(const QString &file);

    /// Empty when the pair is not in the table ("auto" never is).
    QSize find(const QString &ratio, const QString &resolution) const;
    /// Whether a picture is as it was asked for: within 4 % on each side, as real replies differ by a few pixels.
    static bool isNear(QSize delivered, QSize asked);
    const QStringList &ratios() const { return m_ratios; } ///< in the order of the file

private:
    QStringList m_ratios;
    QMap<QString, QMap<QString, QSize>> m_sizes;
};

} // namespace plantain
