#include "pagehead.h"

#include "iconbutton.h"
#include "theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace plantain {

PageHead::PageHead(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setMinimumHeight(spacing::row);
    m_row->setContentsMargins(spacing::related, 0, spacing::related, 0);
    m_row->setSpacing(spacing::tight);
}

QToolButton *PageHead::add(QAction *action)
{
    QToolButton *button = actionButton(action, this);
    m_row->addWidget(button);
    return button;
}

QToolButton *PageHead::addMenu(const QString &icon, const QString &name, const QString &help, const QList<QAction *> &actions)
{
    QToolButton *button = iconButton(icon, name, this);
    button->setFocusPolicy(Qt::TabFocus);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolTip(help);
    auto *menu = new QMenu(button);
    menu->addActions(actions);
    button->setMenu(menu);
    m_row->addWidget(button);
    return button;
}

void PageHead::addWidget(QWidget *widget)
{
    m_row->addWidget(widget);
}

void PageHead::addGap()
{
    m_row->addSpacing(spacing::related);
}

void PageHead::addStretch()
{
    m_row->addStretch(1);
}

ZoomBox *PageHead::addZoom(const Actions &actions)
{
    add(actions.zoomOut); // made in the order of Tab
    auto *zoom = new ZoomBox(this);
    addWidget(zoom);
    add(actions.zoomIn);
    add(actions.zoomFit);
    add(actions.zoomActual);
    return zoom;
}

} // namespace plantain
