#pragma once

#include <QColor>
#include <QList>
#include <QSizeF>
#include <QString>

class QPainter;

namespace plantain {

class PaintRandom;

/// Colours that go together, from light to dark, and one that stands out.
struct PaintPalette
{
    QString name; ///< for the description: "sea and sand"
    QColor paper, light, middle, deep, dark, accent;
};

PaintPalette choosePalette(PaintRandom &random);

/// Paints one of a few calm abstract compositions over the whole area and says which: "layered hills".
/// The same numbers give the same composition at any size.
QString paintComposition(QPainter &painter, const QSizeF &size, const PaintPalette &palette, PaintRandom &random);

} // namespace plantain
