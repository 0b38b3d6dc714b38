#include "historykeys.h"

#include <QKeyEvent>

namespace plantain {

bool HistoryKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return QObject::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isRedo = key->matches(QKeySequence::Redo)
        || (key->key() == Qt::Key_Y && key->modifiers() == Qt::ControlModifier);
    if (!isRedo && !key->matches(QKeySequence::Undo))
        return QObject::eventFilter(watched, event);
    key->ignore();
    return true;
}

} // namespace plantain
