#include "controlpaint.h"

#include "theme.h"

#include <QComboBox>
#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace plantain {

namespace {

constexpr qreal radius = 4;

bool isEnabled(const QStyleOption *option)
{
    return option->state & QStyle::State_Enabled;
}

bool hasKeyboardFocus(const QStyleOption *option)
{
    return option->state & QStyle::State_HasFocus && option->state & QStyle::State_KeyboardFocusChange;
}

QColor signColour(const QStyleOption *option)
{
    return option->palette.color(isEnabled(option) ? QPalette::Active : QPalette::Disabled, QPalette::Text);
}

QColor boxColour(const QStyleOption *option)
{
    const ThemeColours &colours = coloursOf(option->palette);
    return isEnabled(option) ? colours.controlBorder : colours.border;
}

} // namespace

void paintOutline(QPainter *painter, const QRectF &rect, const QColor &pen, qreal width, const QBrush &fill)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(width > 0 ? QPen(pen, width) : QPen(Qt::NoPen));
    painter->setBrush(fill);
    const qreal half = width / 2;
    painter->drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius);
    painter->restore();
}

QColor mixed(const QColor &one, const QColor &other, qreal share)
{
    return QColor::fromRgbF(float(one.redF() * (1 - share) + other.redF() * share),
                            float(one.greenF() * (1 - share) + other.greenF() * share),
                            float(one.blueF() * (1 - share) + other.blueF() * share));
}

bool isPrimary(const QWidget *widget)
{
    return widget && widget->property(primaryProperty).toBool();
}

void paintButton(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const ThemeColours &colours = coloursOf(option->palette);
    const bool primary = isPrimary(widget) && isEnabled(option);
    const bool box = qobject_cast<const QComboBox *>(widget); // chosen in, like an input
    QColor fill = primary ? colours.accent : option->palette.color(QPalette::Button);
    QColor line = primary ? colours.accent.darker(isDark(option->palette) ? 100 : 135)
                          : box ? colours.controlBorder : colours.buttonBorder;
    if (!isEnabled(option)) {
        fill = option->palette.color(QPalette::Window);
        line = colours.border;
    } else if (option->state & (QStyle::State_Sunken | QStyle::State_On)) {
        fill = mixed(fill, Qt::black, 0.18);
    } else if (option->state & QStyle::State_MouseOver) {
        fill = primary ? mixed(fill, Qt::white, 0.18) : mixed(fill, option->palette.color(QPalette::ButtonText), 0.08);
    }
    paintOutline(painter, option->rect, line, 1, fill);
    if (!hasKeyboardFocus(option) && !(box && option->state & QStyle::State_HasFocus))
        return;
    // On the accent the ring is in the colour of text, or it would not be seen.
    paintOutline(painter, option->rect, primary ? option->palette.color(QPalette::WindowText) : colours.focus, 2, Qt::NoBrush);
    if (primary)
        paintOutline(painter, QRectF(option->rect).adjusted(2, 2, -2, -2), colours.onAccent, 1, Qt::NoBrush);
}

void paintToolButton(const QStyleOption *option, QPainter *painter)
{
    const bool pressed = option->state & QStyle::State_Sunken;
    if (isEnabled(option) && option->state & (QStyle::State_Sunken | QStyle::State_On | QStyle::State_MouseOver))
        paintOutline(painter, option->rect, Qt::transparent, 0,
                     mixed(option->palette.color(QPalette::Window), option->palette.color(QPalette::WindowText),
                           pressed ? 0.22 : 0.12));
    if (hasKeyboardFocus(option))
        paintOutline(painter, option->rect, coloursOf(option->palette).focus, 2, Qt::NoBrush);
}

void paintInput(const QStyleOption *option, QPainter *painter, const QBrush &fill)
{
    const bool focused = option->state & QStyle::State_HasFocus;
    paintOutline(painter, option->rect, focused ? coloursOf(option->palette).focus : boxColour(option), focused ? 2 : 1, fill);
}

void paintCheckBox(const QStyleOption *option, QPainter *painter)
{
    const QRectF box = QRectF(option->rect).adjusted(0, 0, 0, 0);
    paintOutline(painter, box, boxColour(option), 1, option->palette.brush(QPalette::Base));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(signColour(option), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const qreal u = box.width() / 16;
    if (option->state & QStyle::State_On)
        painter->drawPolyline(QPolygonF({ box.topLeft() + QPointF(4 * u, 8.5 * u), box.topLeft() + QPointF(7 * u, 11.5 * u),
                                          box.topLeft() + QPointF(12 * u, 5 * u) }));
    else if (option->state & QStyle::State_NoChange)
        painter->drawLine(QPointF(box.left() + 4 * u, box.center().y()), QPointF(box.right() - 4 * u, box.center().y()));
    painter->restore();
}

void paintRadioButton(const QStyleOption *option, QPainter *painter)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(boxColour(option), 1));
    painter->setBrush(option->palette.brush(QPalette::Base));
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->drawEllipse(box);
    if (option->state & QStyle::State_On) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(signColour(option));
        const qreal inset = box.width() * 0.28;
        painter->drawEllipse(box.adjusted(inset, inset, -inset, -inset));
    }
    painter->restore();
}

void paintChevron(QPainter *painter, const QRectF &rect, const QColor &colour, qreal degrees)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.center());
    painter->rotate(degrees);
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(QPolygonF({ QPointF(-3.5, -1.75), QPointF(0, 1.75), QPointF(3.5, -1.75) }));
    painter->restore();
}

void paintSpinBox(const QStyleOptionSpinBox *option, QPainter *painter, const QWidget *widget, const QStyle *style)
{
    if (option->frame)
        paintInput(option, painter, option->palette.brush(isEnabled(option) ? QPalette::Base : QPalette::Window));
    if (option->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto step = [&](QStyle::SubControl control, QAbstractSpinBox::StepEnabledFlag flag, qreal degrees) {
        const QRect rect = style->subControlRect(QStyle::CC_SpinBox, option, control, widget);
        const bool possible = isEnabled(option) && option->stepEnabled & flag;
        if (possible && option->activeSubControls == control)
            paintOutline(painter, QRectF(rect).adjusted(0, 1, -2, -1), Qt::transparent, 0,
                         mixed(option->palette.color(QPalette::Base), option->palette.color(QPalette::Text), 0.15));
        paintChevron(painter, rect, option->palette.color(possible ? QPalette::Active : QPalette::Disabled, QPalette::Text), degrees);
    };
    step(QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, 180);
    step(QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, 0);
}

void paintSlider(const QStyleOptionSlider *option, QPainter *painter, const QWidget *widget, const QStyle *style)
{
    const QRectF groove = style->subControlRect(QStyle::CC_Slider, option, QStyle::SC_SliderGroove, widget);
    const QRectF handle = style->subControlRect(QStyle::CC_Slider, option, QStyle::SC_SliderHandle, widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(boxColour(option));
    if (option->orientation == Qt::Horizontal)
        painter->drawRoundedRect(QRectF(groove.left(), groove.center().y() - 1, groove.width(), 2), 1, 1);
    else
        painter->drawRoundedRect(QRectF(groove.center().x() - 1, groove.top(), 2, groove.height()), 1, 1);
    const qreal side = 14;
    const QRectF knob(handle.center().x() - side / 2, handle.center().y() - side / 2, side, side);
    painter->setBrush(signColour(option));
    painter->drawEllipse(knob);
    if (option->state & QStyle::State_HasFocus) {
        painter->setPen(QPen(coloursOf(option->palette).focus, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(knob.adjusted(-2, -2, 2, 2));
    }
    painter->restore();
}

void paintScrollBar(const QStyleOptionSlider *option, QPainter *painter, const QWidget *widget, const QStyle *style)
{
    if (option->minimum == option->maximum)
        return;
    QRectF handle = style->subControlRect(QStyle::CC_ScrollBar, option, QStyle::SC_ScrollBarSlider, widget);
    const bool active = option->activeSubControls & QStyle::SC_ScrollBarSlider
        && option->state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    handle = option->orientation == Qt::Vertical ? handle.adjusted(3, 2, -3, -2) : handle.adjusted(2, 3, -2, -3);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(option->palette.color(QPalette::Window), option->palette.color(QPalette::WindowText), active ? 0.6 : 0.4));
    const qreal round = std::min(handle.width(), handle.height()) / 2;
    painter->drawRoundedRect(handle, round, round);
    painter->restore();
}

void paintHeaderSection(const QStyleOption *option, QPainter *painter)
{
    painter->fillRect(option->rect, option->palette.color(QPalette::Window));
    painter->fillRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1, coloursOf(option->palette).border);
}

void paintProgress(const QStyleOptionProgressBar *option, QPainter *painter)
{
    const qreal span = option->maximum - option->minimum;
    const qreal share = span > 0 ? std::clamp((option->progress - option->minimum) / span, 0.0, 1.0) : 0;
    QRectF done = option->rect;
    done.setWidth(done.width() * share);
    paintOutline(painter, done, Qt::transparent, 0,
                 mixed(option->palette.color(QPalette::Base), option->palette.color(QPalette::Text), 0.3));
}

void paintSplitter(const QStyleOption *option, QPainter *painter)
{
    const bool active = option->state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const QColor line = active ? coloursOf(option->palette).controlBorder : coloursOf(option->palette).border;
    const QRect rect = option->rect;
    if (rect.width() < rect.height())
        painter->fillRect(rect.center().x(), rect.top(), 1, rect.height(), line);
    else
        painter->fillRect(rect.left(), rect.center().y(), rect.width(), 1, line);
}

} // namespace plantain
