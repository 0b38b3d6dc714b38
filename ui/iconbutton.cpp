#include "iconbutton.h"

#include "icons.h"

#include <QAction>
#include <QToolButton>

namespace plantain {

QToolButton *iconButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(iconNamed(icon));
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

QToolButton *actionButton(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    makeActionButton(*button, action);
    return button;
}

void makeActionButton(QToolButton &button, QAction *action)
{
    button.setDefaultAction(action);
    button.setAutoRaise(true);
    button.setToolButtonStyle(Qt::ToolButtonIconOnly);
    button.setFocusPolicy(Qt::TabFocus);
    button.setAccessibleName(action->text().remove(u'&'));
}

} // namespace plantain
