#include "answerbutton.h"

#include <QCoreApplication>
#include <QPushButton>

namespace plantain {

QPushButton *answerButton(const QString &text, const QString &key, const QString &help, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setToolTip(QCoreApplication::translate("AnswerButton", "%1 (%2)").arg(help, key));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace plantain
