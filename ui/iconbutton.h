#pragma once

#include <QString>

class QToolButton;
class QWidget;

namespace plantain {

/// A flat button that shows one of our icons; its name is also its tool tip.
QToolButton *iconButton(const QString &icon, const QString &name, QWidget *parent);

} // namespace plantain
