#pragma once

#include <QBrush>
#include <QColor>
#include <QRectF>

class QPainter;
class QStyle;
class QStyleOption;
class QStyleOptionComplex;
class QStyleOptionHeader;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QWidget;

namespace plantain {

/// How PlantainStyle's controls look: flat, one hairline, a ring of two pixels around what has the keyboard.

/// A rounded rectangle whose pen lies wholly inside.
void paintOutline(QPainter *painter, const QRectF &rect, const QColor &pen, qreal width, const QBrush &fill);
/// `one` with a share (0 to 1) of `other` in it.
QColor mixed(const QColor &one, const QColor &other, qreal share);
bool isPrimary(const QWidget *widget); ///< carries primaryProperty

void paintButton(const QStyleOption *option, QPainter *painter, const QWidget *widget);
void paintToolButton(const QStyleOption *option, QPainter *painter);
/// Frame of something to write in; `fill` the ground inside.
void paintInput(const QStyleOption *option, QPainter *painter, const QBrush &fill);
void paintCheckBox(const QStyleOption *option, QPainter *painter);
void paintRadioButton(const QStyleOption *option, QPainter *painter);
void paintSpinBox(const QStyleOptionSpinBox *option, QPainter *painter, const QWidget *widget, const QStyle *style);
void paintSlider(const QStyleOptionSlider *option, QPainter *painter, const QWidget *widget, const QStyle *style);
void paintScrollBar(const QStyleOptionSlider *option, QPainter *painter, const QWidget *widget, const QStyle *style);
void paintHeaderSection(const QStyleOption *option, QPainter *painter);
void paintProgress(const QStyleOptionProgressBar *option, QPainter *painter);
void paintSplitter(const QStyleOption *option, QPainter *painter);
/// A "v" in the middle of the rectangle, turned by degrees.
void paintChevron(QPainter *painter, const QRectF &rect, const QColor &colour, qreal degrees = 0);

} // namespace plantain
