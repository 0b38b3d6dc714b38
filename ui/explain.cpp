#include "explain.h"

#include "plaintext.h"

#include <QWidget>

namespace plantain {

void explain(QWidget *widget, const QString &text)
{
    widget->setToolTip(plainToolTip(text));
    widget->setAccessibleDescription(text);
}

} // namespace plantain
