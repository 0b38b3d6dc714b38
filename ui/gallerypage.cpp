#include "gallerypage.h"

#include "actions.h"
#include "confirmbar.h"
#include "emptyhint.h"
#include "galleryactions.h"
#include "gallerydelegate.h"
#include "galleryhead.h"
#include "galleryview.h"
#include "nomatchhint.h"
#include "searchfield.h"
#include "whenfinished.h"

#include <QAction>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>

namespace plantain {

namespace {

constexpr int countPause = 120; ///< ms
constexpr int lookAgainPause = 300;

QString emptyText()
{
    return GalleryPage::tr("No pictures yet.\nDescribe one in the prompt and press Generate (Ctrl+Return).");
}

} // namespace

GalleryPage::GalleryPage(GalleryModel &model, ThumbnailStore &thumbnails, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_actions(actions)
    , m_filter(new GalleryFilter(model, this))
    , m_head(new GalleryHead(model, actions, this))
    , m_view(new GalleryView(thumbnails, this))
{
    m_view->setModel(m_filter);
    m_empty = new EmptyHint(m_view, emptyText());
    m_noMatch = new NoMatchHint(m_view, tr("Nothing here matches the filter."), tr("Clear the filter"));
    auto *confirm = new ConfirmBar(this);
    m_verbs = new GalleryActions(*this, *m_view, *confirm, actions);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_view, 1);
    layout->addWidget(confirm);

    QSlider *slider = m_head->slider();
    slider->setValue(m_view->tileSize());
    connect(slider, &QSlider::valueChanged, m_view, &GalleryView::setTileSize);
    connect(m_view, &GalleryView::tileSizeChanged, slider, &QSlider::setValue);
    connect(m_view, &GalleryView::tileSizeChanged, this, &GalleryPage::tileSizeChanged);
    connect(m_view, &GalleryView::currentTileChanged, this,
            [this](const QModelIndex &index) { Q_EMIT currentChanged(m_filter->mapToSource(index)); });
    connect(m_head, &GalleryHead::filterChanged, this, &GalleryPage::look);
    connect(m_head, &GalleryHead::sortChosen, this, &GalleryPage::applySort);
    connect(m_noMatch, &NoMatchHint::cleared, this, [this] {
        clearFilter();
        focusView(); // the button that had the focus is gone
    });
    connect(m_head, &GalleryHead::groupingChosen, this, &GalleryPage::setGrouping);
    m_counting.setSingleShot(true);
    m_counting.setInterval(countPause);
    connect(&m_counting, &QTimer::timeout, this, &GalleryPage::refreshCounts);
    connect(&model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
        if (roles.isEmpty()) { // more than progress
            m_counting.start();
            m_lookAgain.start();
        }
    });
    m_lookAgain.setSingleShot(true);
    m_lookAgain.setInterval(lookAgainPause);
    connect(&m_lookAgain, &QTimer::timeout, this, [this] {
        if (m_filter->filter().found)
            look();
    });
    connect(&model, &QAbstractItemModel::rowsInserted, &m_lookAgain, qOverload<>(&QTimer::start));
    connect(actions.showFilters, &QAction::toggled, &m_counting, qOverload<>(&QTimer::start));
    connect(actions.findInGallery, &QAction::triggered, this, &GalleryPage::focusFilter);
    connect(actions.followNewest, &QAction::toggled, this, &GalleryPage::follow);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &GalleryPage::refreshCount);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &GalleryPage::refreshCount);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &GalleryPage::refreshCount);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &GalleryPage::refreshCount);
    connect(&model, &GalleryModel::trashedChanged, this, &GalleryPage::refreshCount);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GalleryPage::refreshCount);
    follow();
    refreshCount();
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GalleryPage::selectionChanged);
}

int GalleryPage::tileSize() const
{
    return m_view->tileSize();
}

void GalleryPage::setTileSize(int size)
{
    m_view->setTileSize(size);
}

void GalleryPage::setSort(GallerySort sort)
{
    m_head->setSort(sort);
    applySort(sort);
}

void GalleryPage::setGrouping(Grouping grouping)
{
    const bool wasSeen = seesCurrent();
    m_head->setGrouping(grouping);
    m_filter->setGrouping(grouping);
    keepInView(wasSeen);
}

void GalleryPage::clearFilter()
{
    m_head->clearFilter();
}

void GalleryPage::showTrash()
{
    m_head->clearFilter();
    m_head->showGroup(TileGroup::Trash);
}

void GalleryPage::leaveTrash()
{
    m_head->showGroup(TileGroup::All);
    focusView(); // the button that had the focus is gone
}

void GalleryPage::addStrip(QWidget *strip)
{
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, strip);
}

void GalleryPage::showPicture(const PictureId &picture)
{
    const QModelIndex source = m_model.index(m_model.rowOf(picture.run, picture.index));
    const QModelIndex index = m_filter->mapFromSource(source);
    if (!source.isValid())
        return;
    if (!index.isValid()) {
        m_view->clearSelection();
        m_view->selectionModel()->clearCurrentIndex();
        Q_EMIT currentChanged(source);
        return;
    }
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_view->scrollTo(index);
}

bool GalleryPage::shows(const PictureId &picture) const
{
    return m_filter->mapFromSource(m_model.index(m_model.rowOf(picture.run, picture.index))).isValid();
}

void GalleryPage::focusView()
{
    m_view->setFocus(Qt::ShortcutFocusReason);
    if (!m_view->currentIndex().isValid() && m_filter->rowCount() > 0)
        m_view->setCurrentIndex(m_filter->index(0));
}

void GalleryPage::focusFilter()
{
    m_head->focusFilter();
}

void GalleryPage::connectNotify(const QMetaMethod &signal)
{
    if (!m_verbs)
        return;
    if (signal == QMetaMethod::fromSignal(&GalleryPage::settingsRequested))
        m_view->delegate()->setSettingsOffered(true);
    m_verbs->refresh();
}

SearchField *GalleryPage::searchField() const
{
    return m_head->search();
}

void GalleryPage::setSearch(const Search &search)
{
    m_search = search;
    searchField()->setPlaceholderText(tr("Search prompt and description"));
}

void GalleryPage::look()
{
    TileFilter filter = m_head->filter();
    const int request = ++m_request;
    if (!m_search) {
        applyFilter(filter);
        return;
    }
    const SearchQuery query = parseSearch(std::exchange(filter.text, QString()));
    filter.rating = query.rating ? query.rating : filter.rating;
    filter.ratio = query.ratio.isEmpty() ? filter.ratio : query.ratio;
    filter.collection = query.collection.isEmpty() ? filter.collection : query.collection;
    filter.flag = query.flag ? query.flag : filter.flag;
    filter.label = query.label ? query.label : filter.label;
    filter.asksForText = filter.asksForText || query.asksForText;
    const bool isOther = query.words != m_query.words;
    m_query = query;
    if (isOther)
        Q_EMIT searched();
    if (!query.asksLibrary()) {
        applyFilter(filter);
        return;
    }
    whenFinished(m_search(query), this, [this, request, filter](const Result<SearchHits> &hits) mutable {
        if (request != m_request)
            return;
        if (!hits) {
            Q_EMIT said(hits.error());
            return;
        }
        const auto &now = m_filter->filter().found;
        filter.found = now && *now == *hits ? now : std::make_shared<const SearchHits>(*hits);
        applyFilter(filter);
    });
}

void GalleryPage::applyFilter(const TileFilter &filter)
{
    if (filter == m_filter->filter())
        return;
    const bool wasSeen = seesCurrent();
    m_filter->setFilter(filter);
    keepInView(wasSeen);
    refreshCount();
    m_verbs->refresh();
    Q_EMIT filterApplied();
}

void GalleryPage::applySort(GallerySort sort)
{
    if (sort == m_filter->sort())
        return;
    const bool wasSeen = seesCurrent();
    m_filter->setSort(sort);
    follow();
    keepInView(wasSeen);
    Q_EMIT sortChanged(sort);
}

bool GalleryPage::seesCurrent() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() && m_view->viewport()->rect().intersects(m_view->visualRect(current));
}

/// A person chose what is shown: the tile they were at stays in view, else it is seen from its beginning.
void GalleryPage::keepInView(bool wasSeen)
{
    const QModelIndex current = m_view->currentIndex();
    m_view->settle();
    if (wasSeen && current.isValid())
        m_view->scrollTo(current);
    else
        m_view->scrollToTop();
}

void GalleryPage::follow()
{
    using Follow = GalleryView::Follow;
    const GallerySort sort = m_filter->sort();
    const bool wanted = m_actions.followNewest->isChecked();
    m_view->setFollow(wanted && sort == GallerySort::Newest     ? Follow::Top
                          : wanted && sort == GallerySort::Oldest ? Follow::Bottom
                                                                  : Follow::Nothing);
}

void GalleryPage::refreshCount()
{
    const int shown = m_filter->rowCount();
    const int all = showsTrash() ? m_model.trashed() : m_model.rowCount() - m_model.trashed();
    int selected = 0;
    for (const QItemSelectionRange &range : m_view->selectionModel()->selection())
        selected += range.height();
    m_head->setCount(shown, all, selected);
    m_empty->setHint(all > 0 ? QString() : showsTrash() ? tr("The trash is empty.") : emptyText());
    m_noMatch->setVisible(shown == 0 && all > 0);
    m_counting.start();
}

void GalleryPage::refreshCounts()
{
    if (m_head->showsCounts())
        m_head->setCounts(m_filter->counts());
}

QModelIndexList GalleryPage::selectedTiles() const
{
    QModelIndexList tiles = m_view->selectionModel()->selectedIndexes();
    std::sort(tiles.begin(), tiles.end());
    if (tiles.isEmpty() && m_view->currentIndex().isValid())
        tiles.append(m_view->currentIndex());
    return tiles;
}

} // namespace plantain
