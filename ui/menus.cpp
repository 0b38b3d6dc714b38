#include "menus.h"

#include "actions.h"

#include <QCoreApplication>
#include <QMenuBar>

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Menus", text);
}

void fill(QMenu *menu, std::initializer_list<QAction *> actions)
{
    for (QAction *action : actions) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
}

void fillCompare(QMenu *menu, const CompareActions &a)
{
    menu->addActions(a.lenses());
    fill(menu, { nullptr, a.lensLess, a.lensMore, a.goToDifference, nullptr, a.champion, a.inStep, a.loupe, a.blind, a.whatDiffers,
                 nullptr, a.paneBack, a.paneForward, a.closePane });
}

} // namespace

void fillMarks(QMenu &menu, const Actions &a)
{
    menu.addMenu(tr("&Rating"))->addActions(a.stars);
    menu.addMenu(tr("Colour &label"))->addActions(a.labels);
    menu.addActions({ a.keep, a.reject, a.unflag, a.collect });
}

void fillMenus(QMenuBar &bar, const Actions &a, QMenu *server)
{
    fill(bar.addMenu(tr("&File")), { a.addReferences, nullptr, a.exportPictures, a.exportAgain, nullptr, a.openLibrary, nullptr, a.quit });
    fill(bar.addMenu(tr("&Edit")), { a.undo, a.redo, nullptr, a.earlierPrompts, nullptr, a.copyLog, a.saveLog, a.clearLog, nullptr,
                                            a.findInGallery, a.showFilters, a.findInLog });
    QMenu *view = bar.addMenu(tr("&View"));
    fill(view, { a.showForm, a.showDetails, a.showRuns, a.showLog, nullptr, a.showJson, a.followNewest, a.followLog, nullptr, a.focusPrompt,
                 a.focusGallery, a.focusDetails, a.focusRuns, a.focusLog, a.nextPanel, a.previousPanel, nullptr });
    fill(view->addMenu(tr("&Colours")), { a.themeSystem, a.themeLight, a.themeDark });
    view->addAction(a.restoreLayout);
    QMenu *zoom = view->addMenu(tr("&Zoom"));
    fill(zoom, { a.zoomIn, a.zoomOut, a.zoomFit, a.zoomActual, a.zoomToggle, a.keepZoom, nullptr, a.pictureInfo });
    zoom->addMenu(tr("Behind transparenc&y"))->addActions(a.backdrops());
    view->addAction(a.fullScreen);
    QMenu *picture = bar.addMenu(tr("&Picture"));
    fill(picture,
         { a.openPicture, a.compare->open, a.closePicture, nullptr, a.previousPicture, a.nextPicture, a.firstPicture, a.lastPicture, nullptr,
           a.useAsReference, a.recall, nullptr, a.editPicture, a.vary, a.promote, a.promoteByEdit, a.showLineage, nullptr,
           a.copyPicture, a.copyPrompt, a.copyPath, nullptr, a.showInFolder, nullptr, a.cancelPicture, a.lookUpPicture, a.sendPictureAgain, nullptr,
           a.deletePictures });
    fill(picture->addMenu(tr("Tras&h")), { a.showTrash, a.restorePictures, a.undoDeletion, a.emptyTrash });
    picture->addSeparator();
    fillCompare(picture->addMenu(tr("&While comparing")), *a.compare);
    QMenu *mark = bar.addMenu(tr("&Mark"));
    fillMarks(*mark, a);
    fill(mark, { nullptr, a.cull, a.tournament, a.proofread, nullptr, a.advance, nullptr, a.undoMark, a.redoMark });
    fill(bar.addMenu(tr("&Run")), { a.generate, nullptr, a.showRun, a.logOfRun, nullptr, a.cancelRun, a.cancelAll, nullptr, a.lookUp,
                                            a.sendAgain, nullptr, a.pauseSending, a.sendSooner, a.sendLater, a.cancelWaiting, nullptr, a.runNotices });
    bar.addMenu(server);
    fill(bar.addMenu(tr("&Help")), { a.playground, a.documentation, nullptr, a.shortcuts, nullptr, a.about });
}

} // namespace plantain
