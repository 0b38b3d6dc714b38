#include "promptedit.h"

#include <QKeyEvent>

#include <algorithm>

namespace plantain {

PromptEdit::PromptEdit(QWidget *parent)
    : PlainTextEdit(5, 14, parent)
{
}

qsizetype PromptEdit::characters() const
{
    const QString text = PlainTextEdit::text();
    const auto tails = std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
    return text.size() - tails;
}

void PromptEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT generateRequested();
        return;
    }
    PlainTextEdit::keyPressEvent(event);
}

} // namespace plantain
