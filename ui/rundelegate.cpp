#include "rundelegate.h"

#include "icons.h"
#include "plaintext.h"
#include "runmodel.h"
#include "theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int iconSize = 16;
constexpr int buttonHeight = 24;
constexpr int barHeight = 3;

QString signOf(const QModelIndex &index)
{
    if (index.data(RunWaitingRole).toInt() > 0)
        return u"waiting"_s;
    if (index.data(RunRefusedRole).toBool())
        return u"refused"_s;
    switch (RunState(index.data(RunStateRole).toInt())) {
    case RunState::Done:
        return u"done"_s;
    case RunState::Refused:
        return u"refused"_s;
    case RunState::Failed:
        return u"failed"_s;
    case RunState::Cancelled:
        return u"cancel"_s;
    case RunState::Unknown:
        return u"unknown"_s;
    case RunState::Completed:
    case RunState::Fetched:
        return u"fetching"_s;
    case RunState::Intent:
    case RunState::Sending:
        return u"uploading"_s;
    case RunState::Accepted:
        break;
    }
    return RunTone(index.data(RunToneRole).toInt()) == RunTone::Attention ? u"waiting"_s : u"queued"_s;
}

QColor colourOf(RunTone tone, const QPalette &palette)
{
    const ThemeColours &colours = coloursOf(palette);
    switch (tone) {
    case RunTone::Quiet:
        return colours.muted;
    case RunTone::Good:
        return colours.good;
    case RunTone::Attention:
        return colours.attention;
    case RunTone::Bad:
        return colours.bad;
    case RunTone::Active:
        break;
    }
    return palette.color(QPalette::Text);
}

} // namespace

RunDelegate::RunDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void RunDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus; // the row shows it as a whole
    option->textElideMode = Qt::ElideRight;
    if (index.column() == RunModel::ElapsedColumn || index.column() == RunModel::PriceColumn
        || index.column() == RunModel::EndpointColumn) {
        const QColor muted = coloursOf(option->palette).muted;
        option->palette.setColor(QPalette::Text, muted);
    }
}

void RunDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem own(option);
    initStyleOption(&own, index);
    const QStyle *style = own.widget ? own.widget->style() : QApplication::style();
    const bool ours = index.column() == RunModel::StateColumn || index.column() == RunModel::ProgressColumn
        || index.column() == RunModel::ActionColumn;
    if (ours)
        own.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &own, painter, own.widget);

    painter->save();
    if (index.column() == RunModel::StateColumn)
        paintState(painter, own, index);
    else if (index.column() == RunModel::ProgressColumn)
        paintProgress(painter, own, index);
    else if (index.column() == RunModel::ActionColumn)
        paintButtons(painter, own, index);
    painter->restore();

    const auto *view = qobject_cast<const QAbstractItemView *>(own.widget);
    const bool current = view && view->hasFocus() && view->currentIndex().row() == index.row();
    if (current && !(own.state & QStyle::State_Selected)) {
        const QColor ring = coloursOf(own.palette).focus;
        painter->fillRect(own.rect.x(), own.rect.top(), own.rect.width(), 1, ring);
        painter->fillRect(own.rect.x(), own.rect.bottom(), own.rect.width(), 1, ring);
    }
}

void RunDelegate::paintState(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QColor colour = colourOf(RunTone(index.data(RunToneRole).toInt()), option.palette);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), coloursOf(option.palette).focus);
    const QPixmap sign = pixmapOfIcon(signOf(index), iconSize, painter->device()->devicePixelRatio(), colour);
    const int left = option.rect.left() + spacing::related;
    painter->drawPixmap(left, option.rect.top() + (option.rect.height() - iconSize) / 2, sign);
    const QRect text = option.rect.adjusted(spacing::related + iconSize + spacing::related, 0, -spacing::tight, 0);
    painter->setPen(colour);
    painter->setFont(option.font);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data(RunHeadlineRole).toString(), Qt::ElideRight, text.width()));
}

void RunDelegate::paintProgress(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect text = option.rect.adjusted(spacing::related, 0, -spacing::related, 0);
    const auto tone = RunTone(index.data(RunToneRole).toInt());
    painter->setPen(tone == RunTone::Bad || tone == RunTone::Attention ? option.palette.color(QPalette::Text)
                                                                       : coloursOf(option.palette).muted);
    painter->setFont(option.font);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, text.width()));
    const QVariant fraction = index.data(RunFractionRole);
    if (!fraction.isValid())
        return;
    const QRect track(text.left(), option.rect.bottom() - barHeight - 2, text.width(), barHeight);
    painter->fillRect(track, option.palette.color(QPalette::Mid));
    painter->fillRect(QRect(track.topLeft(), QSize(int(track.width() * fraction.toDouble()), barHeight)),
                      option.palette.color(QPalette::Text));
}

std::vector<RunDelegate::Button> RunDelegate::buttonsOf(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const RunActions allowed = RunActions::fromInt(index.data(RunActionsRole).toInt());
    std::vector<Button> buttons;
    int right = option.rect.right() - spacing::tight;
    const int top = option.rect.top() + (option.rect.height() - buttonHeight) / 2;
    // The first is always there, the others as far as there is room; the menu has them all.
    int left = option.rect.left() + spacing::related;
    for (const RunAction action : runActionOrder) {
        if (!allowed.testFlag(action))
            continue;
        const int width = buttonWidth(option, action);
        if (!buttons.empty() && left + width > right)
            break;
        buttons.push_back({ action, QRect(left, top, std::min(width, right - left), buttonHeight) });
        left += width + spacing::tight;
    }
    return buttons;
}

int RunDelegate::buttonWidth(const QStyleOptionViewItem &option, RunAction action)
{
    return option.fontMetrics.horizontalAdvance(textOf(action)) + 2 * spacing::related + 2;
}

void RunDelegate::paintButtons(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const QPoint pointer = view ? view->viewport()->mapFromGlobal(QCursor::pos()) : QPoint(-1, -1);
    for (const Button &button : buttonsOf(option, index)) {
        QStyleOptionButton shown;
        shown.initFrom(option.widget);
        shown.state = QStyle::State_Enabled | QStyle::State_Raised;
        if (option.state & QStyle::State_MouseOver && button.rect.contains(pointer)) {
            shown.state |= QStyle::State_MouseOver;
            if (QApplication::mouseButtons() & Qt::LeftButton)
                shown.state |= QStyle::State_Sunken;
        }
        shown.rect = button.rect;
        shown.text = textOf(button.action);
        style->drawControl(QStyle::CE_PushButton, &shown, painter);
    }
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize hint = QStyledItemDelegate::sizeHint(option, index);
    return { hint.width(), std::max(hint.height(), spacing::row) };
}

bool RunDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &,
                            const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return false;
    QToolTip::showText(event->globalPos(), plainToolTip(index.data(Qt::ToolTipRole).toString()), view->viewport(),
                       view->visualRect(index));
    return true;
}

bool RunDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (index.column() != RunModel::ActionColumn)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    if (event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonPress
        || event->type() == QEvent::MouseButtonDblClick) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() != Qt::LeftButton)
            return false;
        for (const Button &button : buttonsOf(option, index)) {
            if (!button.rect.contains(mouse->position().toPoint()))
                continue;
            if (event->type() == QEvent::MouseButtonRelease)
                Q_EMIT triggered(index, button.action);
            return true;
        }
    }
    return false;
}

} // namespace plantain
