#pragma once

#include <QString>

class QAction;
class QToolButton;
class QWidget;

namespace plantain {

/// A flat button that shows one of our icons; its name is also its tool tip.
QToolButton *iconButton(const QString &icon, const QString &name, QWidget *parent);

/// A flat button of an action, by its icon alone; reached by Tab, named as the action.
QToolButton *actionButton(QAction *action, QWidget *parent);
void makeActionButton(QToolButton &button, QAction *action); ///< of one that is there

} // namespace plantain
