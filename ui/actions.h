#pragma once

#include <QList>

class QAction;
class QObject;

namespace plantain {

/// Everything a person can do by menu or key, made in one place so that no two share a shortcut.
struct Actions
{
    explicit Actions(QObject *parent);

    QAction *addReferences, *quit;
    QAction *undo, *redo; ///< of the form
    QAction *earlierPrompts;
    QAction *showJson; ///< checkable: the JSON in place of the form
    QAction *focusPrompt, *focusGallery, *focusDetails, *focusRuns, *focusLog;
    QAction *nextPanel, *previousPanel;
    QAction *findInLog;
    QAction *showForm, *showDetails, *showRuns, *showLog; ///< checkable
    QAction *themeSystem, *themeLight, *themeDark; ///< checkable, one of them
    QAction *restoreLayout;
    QAction *generate;
    QAction *showRun, *cancelRun, *cancelAll, *lookUp, *sendAgain;
    QAction *followLog; ///< checkable
    QAction *copyLog, *clearLog;
    QAction *shortcuts, *about;

    QList<QAction *> all; ///< in the order of the menus
};

/// "Cancel all runs (Ctrl+Shift+X)": the text without mnemonic and its key.
QString toolTipOf(const QAction &action);

} // namespace plantain
