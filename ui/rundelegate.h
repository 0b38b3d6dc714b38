#pragma once

#include "runroles.h"

#include <QStyledItemDelegate>

#include <vector>

namespace plantain {

/// Paints a row of RunModel: state with its sign, progress, and what may be done with the run as buttons. Only paints;
/// a click on a button is told by `triggered`.
class RunDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit RunDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

    static int buttonWidth(const QStyleOptionViewItem &option, RunAction action);

Q_SIGNALS:
    void triggered(const QModelIndex &index, plantain::RunAction action);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

private:
    struct Button
    {
        RunAction action;
        QRect rect;
    };
    static std::vector<Button> buttonsOf(const QStyleOptionViewItem &option, const QModelIndex &index);
    void paintState(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintProgress(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintButtons(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

} // namespace plantain
