#pragma once

#include "compareactions.h"

#include <QList>

#include <optional>

class QAction;
class QObject;

namespace plantain {

/// Everything a person can do by menu or key, made in one place so that no two share a shortcut.
struct Actions
{
    explicit Actions(QObject *parent);

    QAction *addReferences, *exportPictures, *exportAgain, *openLibrary, *quit;
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
    QAction *pauseSending; ///< checkable
    QAction *sendSooner, *sendLater, *cancelWaiting;
    QAction *runNotices; ///< checkable
    // Of the pictures selected in the gallery; GalleryActions does them.
    QAction *openPicture, *useAsReference, *recall;
    QAction *editPicture, *vary, *promote, *promoteByEdit; ///< GoOnActions does them
    QAction *showLineage; ///< PictureCentre does it
    QAction *copyPicture, *copyPrompt, *copyPath, *showInFolder;
    QAction *cancelPicture, *lookUpPicture, *sendPictureAgain;
    QAction *deletePictures, *restorePictures, *undoDeletion, *showTrash, *emptyTrash; ///< TrashStrip does them
    QAction *findInGallery;
    // What a person says of pictures; CullingActions does it.
    QList<QAction *> stars; ///< none to five
    QAction *keep, *reject, *unflag;
    QList<QAction *> labels; ///< red to purple
    QAction *collect, *tournament, *cull, *proofread;
    QAction *advance; ///< checkable: a mark by key goes on to the next picture
    QAction *undoMark, *redoMark;
    QAction *showFilters; ///< checkable
    QAction *followNewest; ///< checkable
    QAction *followLog; ///< checkable
    QAction *copyLog, *saveLog, *clearLog, *logOfRun;
    QAction *otherServer, *enterKey;
    QAction *closePicture;
    QAction *previousPicture, *nextPicture, *firstPicture, *lastPicture;
    QAction *zoomIn, *zoomOut, *zoomFit, *zoomActual, *zoomToggle;
    QAction *keepZoom, *pictureInfo; ///< checkable
    QAction *backdropCheckerboard, *backdropGrey, *backdropBlack, *backdropWhite; ///< checkable, one of them
    std::optional<CompareActions> compare; ///< always there
    QAction *fullScreen; ///< checkable
    QAction *playground, *documentation, *shortcuts, *about;

    QList<QAction *> ofOneMark() const; ///< that are said of a picture itself; also while comparing
    QList<QAction *> ofMarks() const; ///< whose keys count in the gallery and in the viewer
    QList<QAction *> ofViewer() const; ///< whose keys count where the picture viewer has the keyboard
    QList<QAction *> goingOn() const; ///< from the current picture
    QList<QAction *> backdrops() const; ///< in the order of PictureCanvas::Backdrop

    QList<QAction *> all; ///< in the order of the menus
};

/// "Cancel all runs (Ctrl+Shift+X)": the text without mnemonic and its key.
QString toolTipOf(const QAction &action);

} // namespace plantain
