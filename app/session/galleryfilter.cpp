#include "galleryfilter.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QList<int> rowsOf(int first, int last)
{
    QList<int> rows(last - first + 1);
    std::iota(rows.begin(), rows.end(), first);
    return rows;
}

} // namespace

GalleryFilter::GalleryFilter(GalleryModel &model, QObject *parent)
    : QAbstractProxyModel(parent)
    , m_model(model)
    , m_judge(m_filter, model)
    , m_order(model)
{
    setSourceModel(&model);
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { inserted(first, last); });
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { aboutToBeRemoved(first, last); });
    connect(&model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { removed(first, last); });
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &from, const QModelIndex &to, const QList<int> &roles) {
                changed(from.row(), to.row(), roles);
            });
    // A new one comes between the others and leaves their order as it is.
    connect(&model, &GalleryModel::endpointsChanged, this, [this] {
        m_order.rankEndpoints();
        m_judge = TileJudge(m_filter, m_model);
    });
    if (model.rowCount() > 0)
        inserted(0, model.rowCount() - 1);
}

void GalleryFilter::setFilter(const TileFilter &filter)
{
    if (filter == m_filter)
        return;
    TileFilter before = m_filter;
    before.text = filter.text;
    const bool sameButText = before == filter;
    before.text.clear();
    const bool isNarrower = filter.found == m_filter.found && filter.text.startsWith(m_filter.text, Qt::CaseInsensitive)
        && (sameButText || (before.isEmpty() && filter.group != TileGroup::Trash));
    m_filter = filter;
    m_judge = TileJudge(filter, m_model);
    m_words = filter.text.split(u' ', Qt::SkipEmptyParts);
    if (isNarrower) { // as one types: in order already, and less to look through
        become(accepted(m_shown));
        return;
    }
    Rows target = candidates();
    if (!filter.isFoundAlone() || m_model.trashed() > 0)
        target = accepted(target);
    m_order.sortRows(target);
    become(target);
}

void GalleryFilter::setSort(GallerySort sort)
{
    if (sort == m_order.sort())
        return;
    m_order.setSort(sort);
    resort();
}

void GalleryFilter::setGrouping(Grouping grouping)
{
    if (grouping == m_order.grouping())
        return;
    m_order.setGrouping(grouping);
    resort();
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), { GalleryRole::GroupTitle });
}

void GalleryFilter::resort()
{
    Rows target = m_shown;
    m_order.sortRows(target);
    become(target);
}

TileCounts GalleryFilter::counts() const
{
    TileCounts counts;
    for (const int row : candidates()) {
        if (const GalleryModel::Facts facts = m_model.factsAt(row); isSought(facts))
            m_judge.count(facts, counts);
    }
    return counts;
}

QVariant GalleryFilter::data(const QModelIndex &index, int role) const
{
    if (role != GalleryRole::GroupTitle)
        return QAbstractProxyModel::data(index, role);
    if (m_order.grouping() == Grouping::None || !index.isValid())
        return {};
    const int row = m_shown[size_t(index.row())];
    const bool begins = index.row() == 0 || !m_order.isSameGroup(m_shown[size_t(index.row()) - 1], row);
    return begins ? m_order.groupTitle(row) : QString();
}

QModelIndex GalleryFilter::mapToSource(const QModelIndex &index) const
{
    return index.isValid() ? m_model.index(m_shown[size_t(index.row())]) : QModelIndex();
}

QModelIndex GalleryFilter::mapFromSource(const QModelIndex &index) const
{
    // A row that is just being inserted is not known here yet.
    if (!index.isValid() || index.row() >= int(m_places.size()))
        return {};
    const int place = m_places[size_t(index.row())];
    return place < 0 ? QModelIndex() : createIndex(place, 0);
}

QModelIndex GalleryFilter::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

int GalleryFilter::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

void GalleryFilter::inserted(int first, int last)
{
    const int count = last - first + 1;
    for (int &row : m_shown) {
        if (row >= first)
            row += count;
    }
    m_places.insert(m_places.begin() + first, size_t(count), -1);
    const QList<int> fresh = rowsOf(first, last);
    become(merged(m_shown, accepted({ fresh.begin(), fresh.end() })));
}

/// While the model still has them: they go from here first.
void GalleryFilter::aboutToBeRemoved(int first, int last)
{
    Rows target = m_shown;
    std::erase_if(target, [first, last](int row) { return row >= first && row <= last; });
    become(target);
}

void GalleryFilter::removed(int first, int last)
{
    m_places.erase(m_places.begin() + first, m_places.begin() + last + 1);
    for (int &row : m_shown) {
        if (row > last)
            row -= last - first + 1;
    }
}

/// A tile may come, go or find another place by what became of it.
void GalleryFilter::changed(int first, int last, const QList<int> &roles)
{
    tell(first, last, roles);
    bool same = true;
    for (int row = first; row <= last && same; ++row) {
        const int place = m_places[size_t(row)];
        same = accepts(row) == (place >= 0);
        if (place > 0)
            same = same && m_order.isBefore(m_shown[size_t(place) - 1], row);
        if (place >= 0 && place + 1 < rowCount())
            same = same && m_order.isBefore(row, m_shown[size_t(place) + 1]);
    }
    if (same)
        return;
    Rows others = m_shown;
    std::erase_if(others, [first, last](int row) { return row >= first && row <= last; });
    const QList<int> rows = rowsOf(first, last);
    become(merged(others, accepted({ rows.begin(), rows.end() })));
}

void GalleryFilter::tell(int first, int last, const QList<int> &roles)
{
    Rows places;
    std::copy_if(m_places.begin() + first, m_places.begin() + last + 1, std::back_inserter(places),
                 [](int place) { return place >= 0; });
    std::sort(places.begin(), places.end());
    for (size_t begin = 0, end = 0; begin < places.size(); begin = end) {
        for (end = begin + 1; end < places.size() && places[end] == places[end - 1] + 1;)
            ++end;
        Q_EMIT dataChanged(index(places[begin]), index(places[end - 1]), roles);
    }
}

bool GalleryFilter::accepts(int row) const
{
    if (m_filter.isEmpty() && m_model.trashed() == 0)
        return true;
    const GalleryModel::Facts facts = m_model.factsAt(row);
    return m_judge.accepts(facts) && isSought(facts);
}

bool GalleryFilter::isSought(const GalleryModel::Facts &facts) const
{
    return (!m_filter.found || std::binary_search(m_filter.found->begin(), m_filter.found->end(), facts.sequence))
        && std::all_of(m_words.begin(), m_words.end(),
                       [&facts](const QString &word) { return facts.prompt->contains(word, Qt::CaseInsensitive); });
}

/// What the filter may accept, in the order of the model: with a search only what it found is looked at.
GalleryFilter::Rows GalleryFilter::candidates() const
{
    if (m_filter.found)
        return m_model.rowsOfSequences(*m_filter.found);
    Rows rows(m_places.size());
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

GalleryFilter::Rows GalleryFilter::accepted(const Rows &rows) const
{
    Rows some;
    some.reserve(rows.size());
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(some), [this](int row) { return accepts(row); });
    return some;
}

/// `there` in its order with `fresh` at its places.
GalleryFilter::Rows GalleryFilter::merged(const Rows &there, Rows fresh) const
{
    m_order.sortRows(fresh);
    Rows target;
    target.reserve(there.size() + fresh.size());
    auto from = there.begin();
    for (const int row : fresh) {
        const auto to = std::upper_bound(from, there.end(), row, [this](int one, int other) { return m_order.isBefore(one, other); });
        target.insert(target.end(), from, to);
        target.push_back(row);
        from = to;
    }
    target.insert(target.end(), from, there.end());
    return target;
}

/// To show `target`. A block that comes or goes does so in its place; what is scattered goes by way of the end.
void GalleryFilter::become(const Rows &target)
{
    std::vector<bool> wanted(m_places.size());
    for (const int row : target)
        wanted[size_t(row)] = true;
    takeOut(wanted);

    const auto isFresh = [this](int row) { return m_places[size_t(row)] < 0; };
    const auto begin = std::find_if(target.begin(), target.end(), isFresh);
    if (begin != target.end()) {
        const auto end = std::find_if_not(begin, target.end(), isFresh);
        const bool isBlock = std::none_of(end, target.end(), isFresh)
            && std::equal(target.begin(), begin, m_shown.begin(), m_shown.begin() + (begin - target.begin()))
            && std::equal(end, target.end(), m_shown.begin() + (begin - target.begin()), m_shown.end());
        Rows fresh;
        std::copy_if(begin, target.end(), std::back_inserter(fresh), isFresh);
        const int at = isBlock ? int(begin - target.begin()) : rowCount();
        beginInsertRows({}, at, at + int(fresh.size()) - 1);
        m_shown.insert(m_shown.begin() + at, fresh.begin(), fresh.end());
        number();
        endInsertRows();
    }
    arrange(target);
}

void GalleryFilter::takeOut(const std::vector<bool> &wanted)
{
    const auto stays = [&wanted](int row) { return bool(wanted[size_t(row)]); };
    const auto count = std::count_if(m_shown.begin(), m_shown.end(), [&stays](int row) { return !stays(row); });
    if (count == 0)
        return;
    auto begin = std::find_if_not(m_shown.begin(), m_shown.end(), stays);
    if (!std::none_of(begin, begin + count, stays)) {
        Rows order = m_shown;
        std::stable_partition(order.begin(), order.end(), stays);
        arrange(order);
        begin = m_shown.end() - count;
    }
    const int first = int(begin - m_shown.begin());
    beginRemoveRows({}, first, first + int(count) - 1);
    std::for_each(begin, begin + count, [this](int row) { m_places[size_t(row)] = -1; });
    m_shown.erase(begin, begin + count);
    number();
    endRemoveRows();
}

void GalleryFilter::arrange(const Rows &order)
{
    if (order == m_shown)
        return;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    const Rows old = std::exchange(m_shown, order);
    number();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &index : before)
        after << createIndex(m_places[size_t(old[size_t(index.row())])], 0);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void GalleryFilter::number()
{
    for (size_t place = 0; place < m_shown.size(); ++place)
        m_places[size_t(m_shown[place])] = int(place);
}

} // namespace plantain
