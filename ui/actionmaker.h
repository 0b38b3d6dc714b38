#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QAction;
class QObject;

namespace plantain {

/// Makes actions alike: named, with help, keys and icon, and noted in one list.
struct ActionMaker
{
    QObject *parent;
    QList<QAction *> &all;

    /// `name` is for tests and tools, never shown.
    QAction *operator()(const QString &name, const QString &text, const QString &help, const QList<QKeySequence> &keys = {},
                        const QString &icon = {}) const;
};

} // namespace plantain
