#pragma once

#include "deviation.h"
#include "marks.h"

#include <QColor>

class QPainter;
class QRect;
class QStyleOptionViewItem;
class QString;

namespace plantain {

QColor colourOf(ColourLabel label); ///< the same in light and dark, as in other programs

/// On a tile, each on a ground of its own so that it is read on any picture: what a person said of the picture,
/// and that it is not as it was asked for.
void paintMarks(QPainter &painter, const QRect &tile, const QStyleOptionViewItem &option, const Marks &marks, Deviations deviations);

/// Where a group begins: its title on the upper edge of its first tile.
void paintGroupTitle(QPainter &painter, const QRect &cell, const QStyleOptionViewItem &option, const QString &title);

} // namespace plantain
