#pragma once

#include "error.h"
#include "galleryfilter.h"

#include <QFuture>
#include <QMetaMethod>
#include <QTimer>
#include <QWidget>

#include <functional>

namespace plantain {

struct Actions;
class EmptyHint;
class GalleryActions;
class GalleryHead;
class GalleryView;
class NoMatchHint;
class SearchField;
class ThumbnailStore;

/// The gallery with its head. Changes its selection, its place and what it shows by a person's hand alone. Says what a
/// person wants done; the window does it. An action whose signal nobody listens to is not offered.
class GalleryPage final : public QWidget
{
    Q_OBJECT
public:
    /// All of these outlive the page.
    GalleryPage(GalleryModel &model, ThumbnailStore &thumbnails, const Actions &actions, QWidget *parent = nullptr);

    GalleryView *view() const { return m_view; } ///< its model is the gallery as shown, filtered and sorted
    int tileSize() const; ///< side of a tile, in pixels; for the settings
    void setTileSize(int size);
    GallerySort sort() const { return m_filter->sort(); }
    void setSort(GallerySort sort);
    Grouping grouping() const { return m_filter->grouping(); }
    void setGrouping(Grouping grouping);
    void clearFilter();
    bool showsTrash() const { return m_filter->filter().group == TileGroup::Trash; }
    void showTrash();
    void leaveTrash();
    const GalleryModel &model() const { return m_model; }
    void addStrip(QWidget *strip); ///< between head and tiles
    /// By a person's word: selects the tile and scrolls to it. Where the filter hides it, the filter stays
    /// and only currentChanged() tells of it.
    void showPicture(const PictureId &picture);
    bool shows(const PictureId &picture) const; ///< there is a tile of it, which no filter hides
    void showRun(const RunId &id) { showPicture({ id, 0 }); } ///< its first tile
    void focusView();
    QModelIndexList selectedTiles() const; ///< of view()->model(), in order; the current one when nothing else is selected
    void focusFilter();
    SearchField *searchField() const;
    /// What is typed goes through the library's index; without it through the prompts alone.
    using Search = std::function<QFuture<Result<SearchHits>>(const SearchQuery &)>;
    void setSearch(const Search &search);
    const QStringList &soughtWords() const { return m_query.words; } ///< to be shown where they stand

    template <class Signal>
    bool isHeard(Signal signal) const
    {
        return isSignalConnected(QMetaMethod::fromSignal(signal));
    }

Q_SIGNALS:
    void currentChanged(const QModelIndex &index); ///< of the gallery model; invalid when nothing is current
    void selectionChanged();
    void searched(); ///< soughtWords() are others
    void openRequested(const QModelIndex &index); ///< of view()->model(): a picture, and its neighbours as shown
    void compareRequested(const QModelIndexList &pictures); ///< of view()->model(), in the order shown
    void exportRequested(const QModelIndexList &pictures); ///< of view()->model(), in the order shown
    void useAsReferenceRequested(const QStringList &files);
    void recallRequested(const plantain::PictureId &picture); ///< the input of its run into the form
    void cancelRequested(const plantain::RunId &id);
    void lookUpRequested(const plantain::RunId &id);
    void sendAgainRequested(const plantain::RunId &id);
    void fetchAgainRequested(const plantain::PictureId &picture);
    void deleteRequested(const std::vector<plantain::PictureId> &pictures);
    void restoreRequested(const std::vector<plantain::PictureId> &pictures);
    void filterApplied(); ///< another one
    void settingsRequested(const plantain::RunId &id); ///< for the key of its server
    void said(const plantain::Error &error); ///< what could not be done here
    void tileSizeChanged(int size);
    void sortChanged(plantain::GallerySort sort);

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    void look(); ///< for what is typed
    void applyFilter(const TileFilter &filter);
    void applySort(GallerySort sort);
    void keepInView(bool wasSeen);
    bool seesCurrent() const;
    void follow();
    void refreshCount();
    void refreshCounts();

    GalleryModel &m_model;
    const Actions &m_actions;
    GalleryFilter *m_filter;
    GalleryHead *m_head;
    GalleryView *m_view;
    GalleryActions *m_verbs = nullptr;
    EmptyHint *m_empty;
    NoMatchHint *m_noMatch;
    Search m_search;
    SearchQuery m_query; ///< what is typed
    int m_request = 0; ///< answers to earlier ones are dropped
    QTimer m_lookAgain; ///< what was found may be more by now
    QTimer m_counting; ///< of what each choice would show
};

} // namespace plantain
