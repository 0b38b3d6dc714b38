#include "promptedit.h"

#include "historykeys.h"

#include <QKeyEvent>

#include <algorithm>

namespace plantain {

PromptEdit::PromptEdit(QWidget *parent)
    : PlainTextEdit(5, 14, parent)
{
    setUndoRedoEnabled(false);
    installEventFilter(new HistoryKeys(this));
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
    const bool isStep = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (isStep && (event->modifiers() & ~Qt::KeypadModifier) == Qt::AltModifier) {
        if (event->key() == Qt::Key_Up)
            Q_EMIT earlierRequested();
        else
            Q_EMIT laterRequested();
        return;
    }
    PlainTextEdit::keyPressEvent(event);
}

bool PromptEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return PlainTextEdit::canInsertFromMimeData(source) || mayGivePictures(*source);
}

void PromptEdit::insertFromMimeData(const QMimeData *source)
{
    const bool isText = PlainTextEdit::canInsertFromMimeData(source); // a web address as text is text
    const GivenPictures pictures = isText ? GivenPictures() : givenPictures(*source);
    if (pictures.isEmpty())
        PlainTextEdit::insertFromMimeData(source);
    else
        Q_EMIT given(pictures);
}

} // namespace plantain
