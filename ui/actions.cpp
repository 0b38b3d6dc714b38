#include "actions.h"

#include "icons.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Actions", text);
}

struct Maker
{
    QObject *parent;
    QList<QAction *> &all;

    /// `name` is for tests and tools, never shown.
    QAction *operator()(const QString &name, const QString &text, const QString &help, const QList<QKeySequence> &keys = {},
                        const QString &icon = {}) const
    {
        auto *action = new QAction(text, parent);
        action->setObjectName(name);
        action->setShortcuts(keys);
        action->setStatusTip(help);
        action->setIconVisibleInMenu(false);
        if (!icon.isEmpty())
            action->setIcon(iconNamed(icon));
        action->setToolTip(toolTipOf(*action));
        all.append(action);
        return action;
    }
};

} // namespace

QString toolTipOf(const QAction &action)
{
    QString text = action.text();
    text.remove(u'&');
    if (text.endsWith(u'…'))
        text.chop(1);
    const QString key = action.shortcut().toString(QKeySequence::NativeText);
    return key.isEmpty() ? text : QCoreApplication::translate("Actions", "%1 (%2)", "action and key").arg(text, key);
}

Actions::Actions(QObject *parent)
{
    const Maker make { parent, all };
    addReferences = make(u"addReferences"_s, tr("&Add reference pictures…"), tr("Choose pictures for the model to look at"),
                         { QKeySequence(u"Ctrl+O"_s) }, u"add"_s);
    quit = make(u"quit"_s, tr("&Quit"), tr("Runs under way go on at the next start"), { QKeySequence(u"Ctrl+Q"_s) });

    undo = make(u"undo"_s, tr("&Undo"), tr("Take back the last change of the form"), { QKeySequence(u"Ctrl+Z"_s) });
    redo = make(u"redo"_s, tr("&Redo"), tr("Make the change that was taken back"),
                { QKeySequence(u"Ctrl+Shift+Z"_s), QKeySequence(u"Ctrl+Y"_s) });

    earlierPrompts = make(u"earlierPrompts"_s, tr("&Earlier prompts…"), tr("Search what was asked for before"),
                          { QKeySequence(u"Ctrl+Shift+H"_s) }, u"history"_s);
    showJson = make(u"showJson"_s, tr("Form as &JSON"), tr("Exactly what would be sent, to read, copy and edit"),
                    { QKeySequence(u"Ctrl+J"_s) });
    showJson->setCheckable(true);

    focusPrompt = make(u"focusPrompt"_s, tr("Go to the &prompt"), {}, { QKeySequence(u"Ctrl+L"_s) });
    focusGallery = make(u"focusGallery"_s, tr("Go to the &gallery"), {}, { QKeySequence(u"Ctrl+G"_s) });
    focusDetails = make(u"focusDetails"_s, tr("Go to the de&tails"), {}, { QKeySequence(u"Ctrl+D"_s) });
    focusRuns = make(u"focusRuns"_s, tr("Go to the r&uns"), {}, { QKeySequence(u"Ctrl+R"_s) });
    focusLog = make(u"focusLog"_s, tr("Go to the log"), {}, { QKeySequence(u"Ctrl+Shift+G"_s) });
    nextPanel = make(u"nextPanel"_s, tr("&Next panel"), {}, { QKeySequence(u"F6"_s) });
    previousPanel = make(u"previousPanel"_s, tr("Pre&vious panel"), {}, { QKeySequence(u"Shift+F6"_s) });
    findInLog = make(u"findInLog"_s, tr("&Filter the log"), tr("Show only lines that hold a text"),
                     { QKeySequence(u"Ctrl+Shift+F"_s) });

    showForm = make(u"showForm"_s, tr("&Form"), tr("Prompt, references and parameters"), { QKeySequence(u"Ctrl+1"_s) },
                    u"panel-left"_s);
    showDetails = make(u"showDetails"_s, tr("&Details"), tr("What the selected picture is"),
                       { QKeySequence(u"Ctrl+2"_s) }, u"panel-right"_s);
    showRuns = make(u"showRuns"_s, tr("&Runs"), tr("What is happening and what happened"),
                    { QKeySequence(u"Ctrl+3"_s) }, u"panel-bottom"_s);
    showLog = make(u"showLog"_s, tr("&Log"), tr("What the server says"), { QKeySequence(u"Ctrl+4"_s) });
    for (QAction *action : { showForm, showDetails, showRuns, showLog }) {
        action->setCheckable(true);
        action->setChecked(true);
    }

    themeSystem = make(u"themeSystem"_s, tr("Like the &system"), {});
    themeLight = make(u"themeLight"_s, tr("&Light"), {});
    themeDark = make(u"themeDark"_s, tr("&Dark"), {});
    auto *themes = new QActionGroup(parent);
    for (QAction *action : { themeSystem, themeLight, themeDark }) {
        action->setCheckable(true);
        themes->addAction(action);
    }
    restoreLayout = make(u"restoreLayout"_s, tr("R&estore the layout"), tr("All panels where they were at first"));

    generate = make(u"generate"_s, tr("&Generate"), tr("Send the prompt with these parameters"),
                    { QKeySequence(u"Ctrl+Return"_s), QKeySequence(u"Ctrl+Enter"_s) }, u"generate"_s);
    showRun = make(u"showRun"_s, tr("&Show in the gallery"), tr("Select the pictures of this run"));
    cancelRun = make(u"cancelRun"_s, tr("&Cancel run"), tr("Ask the server to drop the selected runs"),
                     { QKeySequence(Qt::Key_Delete) }, u"cancel"_s);
    cancelAll = make(u"cancelAll"_s, tr("Cancel &all runs"), tr("Ask the server to drop everything that is open"),
                     { QKeySequence(u"Ctrl+Shift+X"_s) }, u"cancel"_s);
    lookUp = make(u"lookUp"_s, tr("&Look it up"), tr("Search the server's own history for this run"), {}, u"search"_s);
    sendAgain = make(u"sendAgain"_s, tr("Send a&gain"), tr("A new run with the same input"), {}, u"send-again"_s);
    // Delete means this only where the keyboard is in the list of runs.
    cancelRun->setShortcutContext(Qt::WidgetShortcut);

    followLog = make(u"followLog"_s, tr("F&ollow the log"), tr("Keep the newest line in view"), {}, u"follow"_s);
    followLog->setCheckable(true);
    followLog->setChecked(true);
    copyLog = make(u"copyLog"_s, tr("&Copy log lines"), tr("The selected lines, or all that are shown"), { QKeySequence(QKeySequence::Copy) }, u"copy"_s);
    copyLog->setShortcutContext(Qt::WidgetShortcut);
    clearLog = make(u"clearLog"_s, tr("C&lear the log"), tr("The runs keep what belongs to them"), {}, u"clear"_s);

    shortcuts = make(u"shortcuts"_s, tr("&Keyboard shortcuts"), {}, { QKeySequence(u"?"_s), QKeySequence(u"F1"_s) });
    about = make(u"about"_s, tr("&About Plantain"), {});
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

} // namespace plantain
