#include "galleryfilter.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::array sorts {
    std::pair { GallerySort::Newest, "newest"_L1 },   std::pair { GallerySort::Oldest, "oldest"_L1 },
    std::pair { GallerySort::Prompt, "prompt"_L1 },   std::pair { GallerySort::Endpoint, "endpoint"_L1 },
    std::pair { GallerySort::Largest, "largest"_L1 }, std::pair { GallerySort::Dearest, "dearest"_L1 },
};

/// The beginning of a text as numbers that compare as its letters do in any case, four in one.
using Packed = std::array<quint64, 4>;
Packed packed(const QString &text)
{
    Packed numbers {};
    for (qsizetype at = 0; at < std::min<qsizetype>(16, text.size()); ++at)
        numbers[size_t(at / 4)] |= quint64(text[at].toCaseFolded().unicode()) << (48 - at % 4 * 16);
    return numbers;
}

QList<int> rowsOf(int first, int last)
{
    QList<int> rows(last - first + 1);
    std::iota(rows.begin(), rows.end(), first);
    return rows;
}

} // namespace

QString wordOf(GallerySort sort)
{
    return std::find_if(sorts.begin(), sorts.end(), [sort](const auto &pair) { return pair.first == sort; })->second;
}

std::optional<GallerySort> gallerySortOf(const QString &word)
{
    const auto found = std::find_if(sorts.begin(), sorts.end(), [&word](const auto &pair) { return pair.second == word; });
    return found == sorts.end() ? std::nullopt : std::optional(found->first);
}

/// What one tile is compared by. Numbers decide nearly always; a prompt is read to its end only where its beginning is
/// another's too.
struct GalleryFilter::Key
{
    Packed numbers {};
    const QString *prompt = nullptr;
    int row = 0;

    bool operator<(const Key &other) const
    {
        if (numbers != other.numbers)
            return numbers < other.numbers;
        if (prompt && prompt != other.prompt) {
            if (const int order = QString::compare(*prompt, *other.prompt, Qt::CaseInsensitive))
                return order < 0;
        }
        return row < other.row;
    }
};

GalleryFilter::GalleryFilter(GalleryModel &model, QObject *parent)
    : QAbstractProxyModel(parent)
    , m_model(model)
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
    connect(&model, &GalleryModel::endpointsChanged, this, &GalleryFilter::rankEndpoints);
    rankEndpoints();
    if (model.rowCount() > 0)
        inserted(0, model.rowCount() - 1);
}

void GalleryFilter::setFilter(const TileFilter &filter)
{
    if (filter == m_filter)
        return;
    const bool isNarrower = filter.text.startsWith(m_filter.text, Qt::CaseInsensitive)
        && (filter.group == m_filter.group || (m_filter.group == TileGroup::All && filter.group != TileGroup::Trash))
        && (filter.endpoint == m_filter.endpoint || m_filter.endpoint.isEmpty());
    m_filter = filter;
    m_words = filter.text.split(u' ', Qt::SkipEmptyParts);
    if (isNarrower) { // as one types: in order already, and less to look through
        become(accepted(m_shown));
        return;
    }
    Rows all(m_places.size());
    std::iota(all.begin(), all.end(), 0);
    Rows target = accepted(all);
    sortRows(target);
    become(target);
}

void GalleryFilter::setSort(GallerySort sort)
{
    if (sort == m_sort)
        return;
    m_sort = sort;
    Rows target = m_shown;
    sortRows(target);
    become(target);
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
            same = same && isBefore(m_shown[size_t(place) - 1], row);
        if (place >= 0 && place + 1 < rowCount())
            same = same && isBefore(row, m_shown[size_t(place) + 1]);
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
    const bool wantsTrash = m_filter.group == TileGroup::Trash;
    return facts.isTrashed == wantsTrash && (wantsTrash || m_filter.group == TileGroup::All || groupOf(facts.state) == m_filter.group)
        && (m_filter.endpoint.isEmpty() || m_model.endpoints()[size_t(facts.endpoint)] == m_filter.endpoint)
        && std::all_of(m_words.begin(), m_words.end(),
                       [&facts](const QString &word) { return facts.prompt->contains(word, Qt::CaseInsensitive); });
}

GalleryFilter::Key GalleryFilter::keyOf(int row) const
{
    const GalleryModel::Facts facts = m_model.factsAt(row);
    Key key { .row = row };
    switch (m_sort) {
    case GallerySort::Newest:
        break;
    case GallerySort::Oldest:
        key.numbers[0] = quint64(std::numeric_limits<int>::max() - facts.age);
        break;
    case GallerySort::Prompt:
        key.numbers = packed(*facts.prompt);
        key.prompt = facts.prompt;
        break;
    case GallerySort::Endpoint:
        key.numbers[0] = quint64(m_ranks[size_t(facts.endpoint)]);
        break;
    case GallerySort::Largest:
        key.numbers[0] = quint64(std::numeric_limits<qint64>::max() - facts.pixels);
        break;
    case GallerySort::Dearest: // to a hundredth of a cent
        key.numbers[0] = quint64(std::numeric_limits<qint64>::max() - (facts.price < 0 ? -1 : qRound64(facts.price * 10'000)));
        break;
    }
    return key;
}

bool GalleryFilter::isBefore(int row, int other) const
{
    return m_sort == GallerySort::Newest ? row < other : keyOf(row) < keyOf(other);
}

GalleryFilter::Rows GalleryFilter::accepted(const Rows &rows) const
{
    Rows some;
    some.reserve(rows.size());
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(some), [this](int row) { return accepts(row); });
    return some;
}

void GalleryFilter::sortRows(Rows &rows) const
{
    if (m_sort == GallerySort::Newest) {
        std::sort(rows.begin(), rows.end());
        return;
    }
    std::vector<Key> keys;
    keys.reserve(rows.size());
    for (const int row : rows)
        keys.push_back(keyOf(row));
    std::sort(keys.begin(), keys.end());
    std::transform(keys.begin(), keys.end(), rows.begin(), [](const Key &key) { return key.row; });
}

/// `there` in its order with `fresh` at its places.
GalleryFilter::Rows GalleryFilter::merged(const Rows &there, Rows fresh) const
{
    sortRows(fresh);
    Rows target;
    target.reserve(there.size() + fresh.size());
    auto from = there.begin();
    for (const int row : fresh) {
        const auto to = std::upper_bound(from, there.end(), row, [this](int one, int other) { return isBefore(one, other); });
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

void GalleryFilter::rankEndpoints()
{
    const auto title = [this](int place) { return m_model.endpointTitle(m_model.endpoints()[size_t(place)]); };
    Rows order(m_model.endpoints().size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&title](int one, int other) { return title(one).compare(title(other), Qt::CaseInsensitive) < 0; });
    m_ranks.resize(order.size());
    for (size_t rank = 0; rank < order.size(); ++rank)
        m_ranks[size_t(order[rank])] = int(rank);
}

} // namespace plantain
