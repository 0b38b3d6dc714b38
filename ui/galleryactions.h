#pragma once

#include "galleryroles.h"

#include <QModelIndex>
#include <QObject>
#include <QTimer>

namespace plantain {

class ConfirmBar;
class SendAgainQuestion;
struct Actions;
class GalleryPage;
class GalleryView;
class PictureCopy;

/// What can be done with the tiles of the gallery: by menu, by key, by a tile's own button. Enables each action by what
/// is selected; does what needs nobody else and says the rest through the signals of the page.
class GalleryActions final : public QObject
{
    Q_OBJECT
public:
    /// A child of the page; `actions` and `view` outlive it.
    GalleryActions(GalleryPage &page, GalleryView &view, ConfirmBar &confirm, const Actions &actions);

    void refresh(); ///< soon: many changes are one
    void act(const QModelIndex &index, TileAction action); ///< the tile's button

private:
    void connectActions();
    void enable();
    void openMenu(const QPoint &position);
    void activate(const QModelIndex &index);
    QModelIndexList toDelete() const;
    void leave(const QModelIndexList &tiles);
    void runAction(RunActions any); ///< with the chosen runs that allow one of these
    void sendAgain(const QModelIndexList &tiles);
    QModelIndexList pictures() const; ///< chosen tiles that have a file
    QStringList files() const;
    QModelIndex main() const; ///< the current tile if it is chosen, else the first that is

    GalleryPage &m_page;
    GalleryView &m_view;
    const Actions &m_actions;
    SendAgainQuestion *m_question;
    PictureCopy *m_copy;
    QTimer m_enable;
};

} // namespace plantain
