#include "plantainstyle.h"

#include "controlpaint.h"
#include "theme.h"

#include <QComboBox>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTextEdit>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

bool isTextEditor(const QWidget *widget)
{
    return qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QTextEdit *>(widget);
}

/// Selected rows are seen by a quiet tint under ordinary text; the full accent would outshine the pictures.
QStyleOptionViewItem quiet(const QStyleOptionViewItem &option)
{
    QStyleOptionViewItem item(option);
    const QColor selection = coloursOf(item.palette).selection;
    for (const QPalette::ColorGroup group : { QPalette::Active, QPalette::Inactive }) {
        item.palette.setColor(group, QPalette::Highlight, selection);
        item.palette.setColor(group, QPalette::HighlightedText, item.palette.color(group, QPalette::Text));
    }
    return item;
}

} // namespace

PlantainStyle::PlantainStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

void PlantainStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    const ThemeColours &colours = coloursOf(option->palette);
    const bool focused = option->state & State_HasFocus;
    switch (element) {
    case PE_PanelButtonCommand:
        paintButton(option, painter, widget);
        return;
    case PE_PanelButtonTool:
        paintToolButton(option, painter);
        return;
    case PE_IndicatorCheckBox:
        paintCheckBox(option, painter);
        return;
    case PE_IndicatorRadioButton:
        paintRadioButton(option, painter);
        return;
    case PE_FrameFocusRect:
        paintOutline(painter, option->rect, colours.focus, 2, Qt::NoBrush);
        return;
    case PE_FrameLineEdit:
        paintInput(option, painter, Qt::NoBrush);
        return;
    case PE_Frame:
        if (isTextEditor(widget))
            paintInput(option, painter, Qt::NoBrush);
        else
            paintOutline(painter, option->rect, focused ? colours.focus : colours.border, focused ? 2 : 1, Qt::NoBrush);
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            if (frame->lineWidth > 0)
                paintInput(option, painter, option->palette.brush(QPalette::Base));
            else if (!widget || !qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()))
                painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
            return;
        }
        break;
    case PE_FrameTabWidget:
        paintOutline(painter, option->rect, colours.border, 1, option->palette.brush(QPalette::Window));
        return;
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem:
        return;
    case PE_IndicatorDockWidgetResizeHandle:
        paintSplitter(option, painter);
        return;
    case PE_PanelItemViewItem:
    case PE_PanelItemViewRow:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            const QStyleOptionViewItem own = quiet(*item);
            QProxyStyle::drawPrimitive(element, &own, painter, widget);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void PlantainStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        paintButton(option, painter, widget);
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && button->features & QStyleOptionButton::HasMenu) {
            constexpr int side = 12;
            QStyleOption arrow(*button);
            const QRect place(button->rect.right() - side - spacing::tight, button->rect.center().y() - side / 2 + 1, side, side);
            arrow.rect = visualRect(button->direction, button->rect, place);
            proxy()->drawPrimitive(PE_IndicatorArrowDown, &arrow, painter, widget);
        }
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && isPrimary(widget) && option->state & State_Enabled) {
            QStyleOptionButton primary(*button);
            primary.palette.setColor(QPalette::ButtonText, coloursOf(option->palette).onAccent);
            painter->save();
            QFont bold = painter->font();
            bold.setWeight(QFont::DemiBold);
            painter->setFont(bold);
            QProxyStyle::drawControl(element, &primary, painter, widget);
            painter->restore();
            return;
        }
        break;
    case CE_ItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            const QStyleOptionViewItem own = quiet(*item);
            QProxyStyle::drawControl(element, &own, painter, widget);
            return;
        }
        break;
    case CE_Header: // Fusion would ask itself where the label goes, and cut it there
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            drawControl(CE_HeaderSection, header, painter, widget);
            QStyleOptionHeader label = *header;
            label.rect = subElementRect(SE_HeaderLabel, header, widget);
            drawControl(CE_HeaderLabel, &label, painter, widget);
            return;
        }
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        paintHeaderSection(option, painter);
        return;
    case CE_Splitter:
        paintSplitter(option, painter);
        return;
    case CE_ProgressBarGroove:
        paintOutline(painter, option->rect, coloursOf(option->palette).border, 1, option->palette.brush(QPalette::Base));
        return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            paintProgress(bar, painter);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void PlantainStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                       const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option); spin && control == CC_SpinBox)
        paintSpinBox(spin, painter, widget, this);
    else if (slider && control == CC_ScrollBar)
        paintScrollBar(slider, painter, widget, this);
    else if (slider && control == CC_Slider && slider->tickPosition == QSlider::NoTicks)
        paintSlider(slider, painter, widget, this);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

// Scroll bars have no arrows: the whole length is the groove.
QRect PlantainStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                                    const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, subControl, widget);
    const bool upright = bar->orientation == Qt::Vertical;
    const int length = upright ? bar->rect.height() : bar->rect.width();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int handle = length;
    if (range > 0)
        handle = std::min(length, std::max(pixelMetric(PM_ScrollBarSliderMin, bar, widget),
                                           int(qint64(bar->pageStep) * length / (range + bar->pageStep))));
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
    const auto part = [&](int from, int extent) {
        return visualRect(bar->direction, bar->rect,
                          upright ? QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), extent)
                                  : QRect(bar->rect.x() + from, bar->rect.y(), extent, bar->rect.height()));
    };
    switch (subControl) {
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSlider:
        return part(start, handle);
    case SC_ScrollBarSubPage:
        return part(0, start);
    case SC_ScrollBarAddPage:
        return part(start + handle, length - start - handle);
    default:
        return {};
    }
}

QRect PlantainStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_HeaderLabel) // the margin is for the sides alone
        return option->rect.adjusted(spacing::related, 0, -spacing::related, 0);
    return QProxyStyle::subElementRect(element, option, widget);
}

int PlantainStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth: // room for the ring
        return 2;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return spacing::page;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return spacing::related;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 5;
    case PM_DockWidgetTitleMargin:
        return 6;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_FocusFrameHMargin: // of text in lists; together with the header's it makes columns line up
        return spacing::related - 1;
    case PM_HeaderMargin:
        return spacing::related;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int PlantainStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_ComboBox_Popup: // a list below the box, which can be scrolled and read by name
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ScrollBar_Transient:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize PlantainStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                      const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option); button && isPrimary(widget)) {
            QFont bold = widget->font();
            bold.setWeight(QFont::DemiBold);
            const auto widthIn = [button](const QFontMetrics &metrics) { return metrics.size(Qt::TextShowMnemonic, button->text).width(); };
            size.rwidth() += std::max(0, widthIn(QFontMetrics(bold)) - widthIn(button->fontMetrics));
        }
        return { size.width() + spacing::related, std::max(size.height(), isPrimary(widget) ? 36 : spacing::control) };
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        size.setHeight(std::max(size.height(), spacing::control));
        break;
    case CT_ToolButton:
        size = size.expandedTo({ spacing::control, spacing::control });
        break;
    case CT_ItemViewItem:
        size.setHeight(std::max(size.height(), 24));
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            size.setHeight(std::max(size.height(), 26));
        break;
    default:
        break;
    }
    return size;
}

void PlantainStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QComboBox *>(widget)) // Fusion asks for hover repaints of buttons only
        widget->setAttribute(Qt::WA_Hover);
}

} // namespace plantain
