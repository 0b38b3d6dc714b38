#pragma once

#include "galleryroles.h"

#include <QElapsedTimer>
#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

namespace plantain {

class ThumbnailStore;

/// Paints a tile of the gallery: the picture fitted on the neutral surface, or in its place how far it is, or why there
/// is none and a button with the way out.
class GalleryDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit GalleryDelegate(ThumbnailStore &thumbnails, QObject *parent = nullptr);

    void setCellSize(QSize size) { m_cell = size; }
    static QRect tileRect(const QRect &cell); ///< without the gap in which the rings are

    void setSettingsOffered(bool offered) { m_settingsOffered = offered; } ///< there are settings to be opened
    TileAction wayOutOf(const QModelIndex &index) const; ///< what the tile's button does

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

Q_SIGNALS:
    void triggered(const QModelIndex &index, plantain::TileAction action); ///< the tile's button was pressed

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

private:
    struct Words;
    void paintPicture(QPainter *painter, const QRect &tile, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const;
    void paintPlaceholder(QPainter *painter, const QRect &tile, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const;
    void paintEnd(QPainter *painter, const QRect &tile, const QStyleOptionViewItem &option,
                  const QModelIndex &index) const;
    QRect buttonRect(const QStyleOptionViewItem &option, const QModelIndex &index) const; ///< empty: there is none
    void paintButton(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    static void paintSurface(QPainter *painter, const QRect &tile, const QPalette &palette,
                             TileState state = TileState::Picture);
    static void paintWords(QPainter *painter, const QRect &area, const QStyleOptionViewItem &option, const Words &words);
    static void paintRings(QPainter *painter, const QRect &picture, const QStyleOptionViewItem &option);

    ThumbnailStore &m_thumbnails;
    QSize m_cell { 200, 200 };
    bool m_settingsOffered = false;
    QPersistentModelIndex m_pressed; ///< whose button the pointer went down on
    QElapsedTimer m_triggered; ///< since a button did what it says
};

} // namespace plantain
