#pragma once

#include <QObject>

namespace plantain {

/// Lets the keys of undo and redo pass an input, so that the window's actions get them: the form has one history, not
/// one an editor. Installed by whoever makes the input; filters nothing else.
class HistoryKeys final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace plantain
