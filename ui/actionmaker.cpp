#include "actionmaker.h"

#include "actions.h"
#include "icons.h"

#include <QAction>

namespace plantain {

QAction *ActionMaker::operator()(const QString &name, const QString &text, const QString &help, const QList<QKeySequence> &keys,
                                 const QString &icon) const
{
    auto *action = new QAction(text, parent);
    action->setObjectName(name);
    action->setShortcuts(keys);
    action->setStatusTip(help);
    action->setIconVisibleInMenu(false);
    if (!icon.isEmpty())
        action->setIcon(iconNamed(icon));
    action->setToolTip(toolTipOf(*action));
    all.append(action);
    return action;
}

} // namespace plantain
