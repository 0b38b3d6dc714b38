#pragma once

#include <QList>

class QAction;

namespace plantain {

struct ActionMaker;

/// What a person can do while comparing, beside what the viewer has too.
struct CompareActions
{
    explicit CompareActions(const ActionMaker &make);

    QAction *open; ///< of the gallery: compares what is selected
    QAction *sideBySide, *swipeAcross, *swipeDown, *onion, *flicker, *difference; ///< checkable, one of them
    QAction *lensLess, *lensMore, *goToDifference;
    QAction *champion, *loupe, *blind, *whatDiffers; ///< checkable
    QAction *inStep;
    QAction *paneBack, *paneForward, *closePane;

    QList<QAction *> lenses() const; ///< side by side first, then in the order of Lens
    QList<QAction *> ofPage() const; ///< whose keys count where pictures are compared
};

} // namespace plantain
