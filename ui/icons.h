#pragma once

#include <QIcon>

namespace plantain {

/// One of our own line drawings (resources/icons/<name>.svg), drawn in the text colour of the palette of the moment and
/// sharp at every scale. An unknown name gives an empty icon.
QIcon iconNamed(const QString &name);
/// The same in one colour whatever the theme.
QIcon iconNamed(const QString &name, const QColor &colour);
/// A picture of it for a delegate to paint; cached.
QPixmap pixmapOfIcon(const QString &name, int size, qreal devicePixelRatio, const QColor &colour);

} // namespace plantain
