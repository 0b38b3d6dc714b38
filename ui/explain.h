#pragma once

#include <QString>

class QWidget;

namespace plantain {

/// Gives a control its tool tip, and screen readers the same words: without a description of their own they would read
/// out the tool tip's markup. Foreign text is fine.
void explain(QWidget *widget, const QString &text);

} // namespace plantain
