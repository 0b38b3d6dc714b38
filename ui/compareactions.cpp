#include "compareactions.h"

#include "actionmaker.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CompareActions", text);
}

} // namespace

CompareActions::CompareActions(const ActionMaker &make)
{
    open = make(u"compare"_s, tr("Compar&e"), tr("See two to nine selected pictures beside each other"),
                { QKeySequence(Qt::Key_C) }, u"compare"_s);
    open->setShortcutContext(Qt::WidgetShortcut); // of the gallery's tiles
    sideBySide = make(u"sideBySide"_s, tr("&Side by side"), tr("A pane for each picture"), { QKeySequence(Qt::Key_S) }, u"compare"_s);
    swipeAcross = make(u"swipeAcross"_s, tr("S&wipe across"), tr("Two pictures over each other, divided from left to right"),
                       { QKeySequence(Qt::Key_W) }, u"swipe"_s);
    swipeDown = make(u"swipeDown"_s, tr("Swipe &down"), tr("Two pictures over each other, divided from top to bottom"),
                     { QKeySequence(u"Shift+W"_s) }, u"swipe-down"_s);
    onion = make(u"onion"_s, tr("&Onion skin"), tr("The second picture over the first, as transparent as you like"),
                 { QKeySequence(Qt::Key_O) }, u"onion"_s);
    flicker = make(u"flicker"_s, tr("&Flicker"), tr("One picture and the other in turn; the same key again holds and goes on"),
                   { QKeySequence(Qt::Key_B) }, u"flicker"_s);
    difference = make(u"difference"_s, tr("D&ifference"), tr("What is not the same in two pictures, in light on black"),
                      { QKeySequence(Qt::Key_D) }, u"difference"_s);
    auto *group = new QActionGroup(make.parent);
    for (QAction *lens : lenses()) {
        lens->setCheckable(true);
        group->addAction(lens);
    }
    sideBySide->setChecked(true);
    lensLess = make(u"lensLess"_s, tr("&Less of the second"), tr("Moves the line, the opacity, the rate or the gain"),
                    { QKeySequence(Qt::Key_Comma) });
    lensMore = make(u"lensMore"_s, tr("Mo&re of the second"), tr("Moves the line, the opacity, the rate or the gain"),
                    { QKeySequence(Qt::Key_Period) });
    goToDifference = make(u"goToDifference"_s, tr("&Go to the difference"), tr("Shows where the pixels are that differ"),
                          { QKeySequence(u"Shift+D"_s) }, u"search"_s);
    champion = make(u"champion"_s, tr("C&hampion"), tr("This picture stays, the others step by beside it"),
                    { QKeySequence(Qt::Key_M) }, u"champion"_s);
    inStep = make(u"inStep"_s, tr("Back in s&tep"), tr("Takes back what was moved alone, with Shift"), { QKeySequence(Qt::Key_R) },
                  u"in-step"_s);
    loupe = make(u"loupe"_s, tr("Lou&pe"), tr("Magnifies the same place of every picture"), { QKeySequence(Qt::Key_L) }, u"loupe"_s);
    blind = make(u"blind"_s, tr("&Blind"), tr("Hides what the pictures are called and made of"), { QKeySequence(Qt::Key_H) }, u"blind"_s);
    whatDiffers = make(u"whatDiffers"_s, tr("Wh&at differs"), tr("Prompts, parameters and references that are not the same"),
                       { QKeySequence(Qt::Key_V) }, u"what-differs"_s);
    for (QAction *action : { champion, loupe, blind, whatDiffers })
        action->setCheckable(true);
    whatDiffers->setChecked(true);
    paneBack = make(u"paneBack"_s, tr("Move pane bac&k"), tr("Before its neighbour"), { QKeySequence(u"Ctrl+Left"_s) });
    paneForward = make(u"paneForward"_s, tr("&Move pane forward"), tr("After its neighbour"), { QKeySequence(u"Ctrl+Right"_s) });
    closePane = make(u"closePane"_s, tr("&Close pane"), tr("Compares the others alone"),
                     { QKeySequence(Qt::Key_Backspace), QKeySequence(u"Ctrl+W"_s) });
    // Single letters mean this only where the keyboard is at the pictures.
    for (QAction *action : ofPage()) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setEnabled(false);
    }
}

QList<QAction *> CompareActions::lenses() const
{
    return { sideBySide, swipeAcross, swipeDown, onion, flicker, difference };
}

QList<QAction *> CompareActions::ofPage() const
{
    return lenses() + QList<QAction *> { lensLess, lensMore, goToDifference, champion, inStep, loupe, blind, whatDiffers,
                                         paneBack, paneForward, closePane };
}

} // namespace plantain
