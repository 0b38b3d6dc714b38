#include "actions.h"

#include "actionmaker.h"
#include "galleryroles.h"

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
    const ActionMaker make { parent, all };
    addReferences = make(u"addReferences"_s, tr("&Add reference pictures…"), tr("Choose pictures for the model to look at"),
                         { QKeySequence(u"Ctrl+O"_s) }, u"add"_s);
    exportPictures = make(u"exportPictures"_s, tr("&Export…"), tr("Copy the selected pictures into a folder"),
                          { QKeySequence(u"Ctrl+E"_s) }, u"export"_s);
    exportAgain = make(u"exportAgain"_s, tr("Export a&gain"), tr("Copy the selected pictures as the last time"),
                       { QKeySequence(u"Ctrl+Shift+E"_s) });
    openLibrary = make(u"openLibrary"_s, tr("Open another &library…"), tr("Go on with the library in another folder, until the program ends"));
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
    sendAgain = make(u"sendAgain"_s, tr("Send aga&in"), tr("A new run with the same input"), {}, u"send-again"_s);
    pauseSending = make(u"pauseSending"_s, tr("&Pause sending"), tr("Runs that are not sent yet wait; what was sent goes on"),
                        { QKeySequence(u"Ctrl+Shift+P"_s) }, u"pause"_s);
    pauseSending->setCheckable(true);
    sendSooner = make(u"sendSooner"_s, tr("Send s&ooner"), tr("Before the run that would be sent before it"),
                      { QKeySequence(u"Alt+Shift+Down"_s) });
    sendLater = make(u"sendLater"_s, tr("Send la&ter"), tr("After the run that would be sent after it"),
                     { QKeySequence(u"Alt+Shift+Up"_s) });
    cancelWaiting = make(u"cancelWaiting"_s, tr("Remove all &waiting runs"), tr("They were never sent: removing them costs nothing"));
    sendSooner->setShortcutContext(Qt::WidgetShortcut);
    sendLater->setShortcutContext(Qt::WidgetShortcut);
    runNotices = make(u"runNotices"_s, tr("&Notify when runs end"),
                      tr("A notification of the desktop, while this window is not in sight"));
    runNotices->setCheckable(true);
    runNotices->setChecked(true);
    // Delete means this only where the keyboard is in the list of runs.
    cancelRun->setShortcutContext(Qt::WidgetShortcut);

    openPicture = make(u"openPicture"_s, tr("&Open"), tr("See the picture in full"),
                       { QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter), QKeySequence(Qt::Key_Space) }, u"zoom-in"_s);
    openPicture->setShortcutContext(Qt::WidgetShortcut); // of the gallery's tiles
    useAsReference = make(u"useAsReference"_s, tr("Use as &reference"), tr("Give the selected pictures to the next run"),
                          { QKeySequence(u"Ctrl+Shift+R"_s) }, u"add"_s);
    recall = make(u"recall"_s, tr("Fill the for&m with its input"),
                  tr("Prompt, parameters and references of this run, to change and send again"), { QKeySequence(u"Ctrl+Shift+I"_s) },
                  u"edit"_s);
    editPicture = make(u"editPicture"_s, tr("Edit th&is"), tr("The picture becomes the only reference of a new prompt"),
                       { QKeySequence(u"Ctrl+Shift+M"_s) });
    vary = make(u"vary"_s, tr("&Vary"), tr("A new run with the same input and another seed, which costs as much again"), { QKeySequence(u"Ctrl+Shift+V"_s) });
    promote = make(u"promote"_s, tr("Promote: lar&ger"),
                   tr("Fill the form with the same input at the next higher resolution, and show what differs"),
                   { QKeySequence(u"Ctrl+Shift+U"_s) });
    promoteByEdit = make(u"promoteByEdit"_s, tr("Promote by edit"),
                         tr("The same prompt at a higher resolution with this picture as reference, and show what differs"),
                         { QKeySequence(u"Ctrl+Alt+U"_s) });
    showLineage = make(u"showLineage"_s, tr("Lineage"), tr("Which pictures this one came from, what came from it, and what that cost"),
                       { QKeySequence(u"Ctrl+Alt+L"_s) }, u"lineage"_s);
    copyPicture = make(u"copyPicture"_s, tr("&Copy picture"), tr("The picture, and the selected files"),
                       { QKeySequence(u"Ctrl+Shift+C"_s) }, u"copy"_s);
    copyPrompt = make(u"copyPrompt"_s, tr("Cop&y prompt"), tr("The whole prompt of the selected runs"),
                      { QKeySequence(u"Ctrl+Alt+C"_s) });
    copyPath = make(u"copyPath"_s, tr("Copy pa&th"), tr("Where the files of the selected pictures are"),
                    { QKeySequence(u"Ctrl+Alt+P"_s) });
    showInFolder = make(u"showInFolder"_s, tr("Show in fol&der"), tr("Show the picture's file in the file manager"),
                        { QKeySequence(u"Ctrl+Shift+D"_s) }, u"folder"_s);
    cancelPicture = make(u"cancelPicture"_s, tr("C&ancel its run"), tr("Ask the server to drop the selected runs"), {}, u"cancel"_s);
    lookUpPicture = make(u"lookUpPicture"_s, tr("Look its run &up"), tr("Search the server's own history for this run"), {},
                         u"search"_s);
    sendPictureAgain = make(u"sendPictureAgain"_s, tr("&Send its run again"),
                            tr("A new run with the same input. It may cost a second time."), {}, u"send-again"_s);
    deletePictures = make(u"deletePictures"_s, tr("Delete"), tr("Into the trash, from where it can be had back"),
                          { QKeySequence(Qt::Key_Delete) }, u"remove"_s);
    deletePictures->setShortcutContext(Qt::WidgetWithChildrenShortcut); // of tiles, and of the picture looked at
    restorePictures = make(u"restorePictures"_s, tr("&Restore"), tr("Takes the selected pictures out of the trash"));
    undoDeletion = make(u"undoDeletion"_s, tr("&Undo deletion"), tr("The last one; also Ctrl+Z where pictures have the keyboard"));
    showTrash = make(u"showTrash"_s, tr("&Show the trash"), tr("What was deleted and is not gone yet"));
    emptyTrash = make(u"emptyTrash"_s, tr("&Empty trash…"), tr("Moves all of it to the desktop's trash"));
    findInGallery = make(u"findInGallery"_s, tr("Filter the &gallery"), tr("Show only pictures whose prompt holds these words"),
                         { QKeySequence(QKeySequence::Find) }, u"search"_s);
    followNewest = make(u"followNewest"_s, tr("Follow the ne&west picture"),
                        tr("While the newest end of the gallery is in view it stays in view as pictures come"),
                        { QKeySequence(u"Ctrl+Shift+N"_s) }, u"follow-newest"_s);
    followNewest->setCheckable(true);
    followNewest->setChecked(true);

    for (int number = 0; number <= mostStars; ++number) {
        stars << make(u"stars%1"_s.arg(number), number == 0 ? tr("&No stars") : number == 1 ? tr("&1 star") : tr("&%1 stars").arg(number),
                      tr("Rate the selected pictures"), { QKeySequence(Qt::Key_0 + number) });
    }
    keep = make(u"keep"_s, tr("&Keep"), tr("Flag the selected pictures as keepers"), { QKeySequence(Qt::Key_P) }, u"keep"_s);
    reject = make(u"reject"_s, tr("Re&ject"), tr("Flag the selected pictures as rejected; their files stay"),
                  { QKeySequence(Qt::Key_X) }, u"reject"_s);
    unflag = make(u"unflag"_s, tr("No &flag"), tr("Neither kept nor rejected"), { QKeySequence(Qt::Key_U) });
    for (int number = 1; number < labelCount; ++number) {
        const QString name = nameOf(ColourLabel(number));
        labels << make(u"label%1"_s.arg(wordOf(ColourLabel(number))), tr("%1 label").arg(name),
                       tr("Set this label, or take it off where it is set"),
                       number < 5 ? QList { QKeySequence(Qt::Key_5 + number) } : QList<QKeySequence> {});
    }
    collect = make(u"collect"_s, tr("&Collections…"), tr("Put the selected pictures into collections, or take them out"),
                   { QKeySequence(Qt::Key_G) }, u"collection"_s);
    tournament = make(u"tournament"_s, tr("&Tournament…"), tr("Find the best of the selected pictures by answering about pairs of them, without knowing which is which"),
                      { QKeySequence(Qt::Key_T) }, u"tournament"_s);
    cull = make(u"cull"_s, tr("&Go through the pictures"), tr("One after the other in full screen: a key for each, and on to the next"),
                { QKeySequence(u"Shift+F11"_s) });
    proofread = make(u"proofread"_s, tr("Proofrea&d…"), tr("Check in the selected pictures each text that their prompts put in quotes"),
                     { QKeySequence(Qt::Key_Q) });
    advance = make(u"advance"_s, tr("&Advance after marking"), tr("A key that rates, keeps, rejects or labels goes on to the next picture"),
                   { QKeySequence(Qt::Key_A) });
    advance->setCheckable(true);
    undoMark = make(u"undoMark"_s, tr("Undo &mark"), tr("Take back the last rating, flag, label or collection; Ctrl+Z where pictures have the keyboard"),
                    { QKeySequence(u"Ctrl+Alt+Z"_s) });
    redoMark = make(u"redoMark"_s, tr("R&edo mark"), tr("Mark again what was taken back"), { QKeySequence(u"Ctrl+Alt+Y"_s) });
    for (QAction *action : ofMarks())
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    showFilters = make(u"showFilters"_s, tr("F&ilters of the gallery"), tr("Choose by rating, flag, label, ratio, date and more, with how many there are"),
                       { QKeySequence(u"Ctrl+Shift+L"_s) }, u"filter"_s);
    showFilters->setCheckable(true);

    followLog = make(u"followLog"_s, tr("F&ollow the log"), tr("Keep the newest line in view"), {}, u"follow"_s);
    followLog->setCheckable(true);
    followLog->setChecked(true);
    copyLog = make(u"copyLog"_s, tr("&Copy log lines"), tr("The selected lines, or all that are shown"), { QKeySequence(QKeySequence::Copy) }, u"copy"_s);
    copyLog->setShortcutContext(Qt::WidgetShortcut);
    saveLog = make(u"saveLog"_s, tr("&Save the log…"), tr("The lines that are shown, into a text file"), {}, u"save"_s);
    logOfRun = make(u"logOfRun"_s, tr("Log of this &run"), tr("Only the lines of the selected run"));
    clearLog = make(u"clearLog"_s, tr("C&lear the log"), tr("The runs keep what belongs to them"), {}, u"clear"_s);

    otherServer = make(u"otherServer"_s, tr("&Other server…"), tr("Any server that speaks fal's protocol"));
    enterKey = make(u"enterKey"_s, tr("&Key…"), tr("Enter, test or forget the key of the server"),
                    { QKeySequence(u"Ctrl+Shift+K"_s) });

    playground = make(u"playground"_s, tr("&Playground on fal"), tr("Opens fal's own page of the endpoint in the browser"));
    documentation = make(u"documentation"_s, tr("&Documentation on fal"),
                         tr("Opens what fal says about the endpoint's parameters in the browser"));

    closePicture = make(u"closePicture"_s, tr("&Back to the gallery"), {}, { QKeySequence(Qt::Key_Escape) }, u"back"_s);
    previousPicture = make(u"previousPicture"_s, tr("&Previous picture"), tr("Also Left, where all of it is shown"),
                           { QKeySequence(Qt::Key_PageUp), QKeySequence(Qt::Key_BracketLeft) }, u"chevron-left"_s);
    nextPicture = make(u"nextPicture"_s, tr("&Next picture"), tr("Also Right, where all of it is shown"),
                       { QKeySequence(Qt::Key_PageDown), QKeySequence(Qt::Key_BracketRight) }, u"chevron-right"_s);
    firstPicture = make(u"firstPicture"_s, tr("&First picture"), {}, { QKeySequence(Qt::Key_Home) });
    lastPicture = make(u"lastPicture"_s, tr("&Last picture"), {}, { QKeySequence(Qt::Key_End) });
    zoomIn = make(u"zoomIn"_s, tr("Zoom &in"), {}, { QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal) }, u"zoom-in"_s);
    zoomOut = make(u"zoomOut"_s, tr("Zoom o&ut"), {}, { QKeySequence(Qt::Key_Minus) }, u"zoom-out"_s);
    zoomFit = make(u"zoomFit"_s, tr("Fi&t"), tr("Show all of it"), { QKeySequence(Qt::Key_F), QKeySequence(u"Ctrl+0"_s) }, u"fit"_s);
    zoomActual = make(u"zoomActual"_s, tr("&100 %"), tr("One pixel of the picture is one of the screen"),
                      { QKeySequence(u"Shift+Z"_s) }, u"actual-size"_s);
    zoomToggle = make(u"zoomToggle"_s, tr("Fit or 100 %, the oth&er"), tr("What a double click does"), { QKeySequence(Qt::Key_Z) });
    keepZoom = make(u"keepZoom"_s, tr("&Keep zoom and place"), tr("When going to a picture of the same size"),
                    { QKeySequence(Qt::Key_K) }, u"lock"_s);
    pictureInfo = make(u"pictureInfo"_s, tr("Infor&mation"), tr("Prompt, size, format and seed on the picture"),
                       { QKeySequence(Qt::Key_I) }, u"info"_s);
    backdropCheckerboard = make(u"backdropCheckerboard"_s, tr("&Checkerboard"), {});
    backdropGrey = make(u"backdropGrey"_s, tr("&Grey"), {});
    backdropBlack = make(u"backdropBlack"_s, tr("&Black"), {});
    backdropWhite = make(u"backdropWhite"_s, tr("&White"), {});
    auto *backdropGroup = new QActionGroup(parent);
    for (QAction *action : backdrops()) {
        action->setCheckable(true);
        backdropGroup->addAction(action);
    }
    keepZoom->setCheckable(true);
    pictureInfo->setCheckable(true);
    // Single letters and the keys of a list mean this only where the keyboard is in the viewer.
    for (QAction *action : ofViewer())
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    compare.emplace(make);
    fullScreen = make(u"fullScreen"_s, tr("Full &screen"), tr("Pictures alone"), { QKeySequence(Qt::Key_F11) }, u"full-screen"_s);
    fullScreen->setCheckable(true);

    shortcuts = make(u"shortcuts"_s, tr("&Keyboard shortcuts"), {}, { QKeySequence(u"?"_s), QKeySequence(u"F1"_s) });
    about = make(u"about"_s, tr("&About Plantain"), {});
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

QList<QAction *> Actions::ofOneMark() const
{
    return stars + QList { keep, reject, unflag } + labels;
}

QList<QAction *> Actions::ofMarks() const
{
    return ofOneMark() + QList { collect, tournament, cull, proofread, advance };
}

QList<QAction *> Actions::ofViewer() const
{
    return { closePicture, previousPicture, nextPicture, firstPicture, lastPicture, zoomIn, zoomOut, zoomFit, zoomActual,
             zoomToggle, keepZoom, pictureInfo };
}

QList<QAction *> Actions::goingOn() const
{
    return { editPicture, vary, promote, promoteByEdit, useAsReference, recall };
}

QList<QAction *> Actions::backdrops() const
{
    return { backdropCheckerboard, backdropGrey, backdropBlack, backdropWhite };
}

} // namespace plantain
