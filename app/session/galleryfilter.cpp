#include "galleryfilter.h"

#include <QDateTime>
#include <QLocale>

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
    std::pair { GallerySort::Best, "best"_L1 },
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

    int compare(const Key &other) const ///< but for the row
    {
        if (numbers != other.numbers)
            return numbers < other.numbers ? -1 : 1;
        return prompt && prompt != other.prompt ? QString::compare(*prompt, *other.prompt, Qt::CaseInsensitive) : 0;
    }

    bool operator<(const Key &other) const
    {
        const int order = compare(other);
        return order ? order < 0 : row < other.row;
    }
};

GalleryFilter::GalleryFilter(GalleryModel &model, QObject *parent)
    : QAbstractProxyModel(parent)
    , m_model(model)
    , m_judge(m_filter, model)
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
        rankEndpoints();
        m_judge = TileJudge(m_filter, m_model);
    });
    rankEndpoints();
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
    const bool isNarrower = filter.text.startsWith(m_filter.text, Qt::CaseInsensitive) && (sameButText || before.isEmpty());
    m_filter = filter;
    m_judge = TileJudge(filter, m_model);
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
    resort();
}

void GalleryFilter::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping)
        return;
    m_grouping = grouping;
    resort();
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), { GalleryRole::GroupTitle });
}

void GalleryFilter::resort()
{
    Rows target = m_shown;
    sortRows(target);
    become(target);
}

TileCounts GalleryFilter::counts() const
{
    TileCounts counts;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (const GalleryModel::Facts facts = m_model.factsAt(row); holdsWords(*facts.prompt))
            m_judge.count(facts, counts);
    }
    return counts;
}

QVariant GalleryFilter::data(const QModelIndex &index, int role) const
{
    if (role != GalleryRole::GroupTitle)
        return QAbstractProxyModel::data(index, role);
    if (m_grouping == Grouping::None || !index.isValid())
        return {};
    const int row = m_shown[size_t(index.row())];
    const bool begins = index.row() == 0 || groupKeyOf(m_shown[size_t(index.row()) - 1]).compare(groupKeyOf(row)) != 0;
    return begins ? groupTitle(row) : QString();
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
    if (m_filter.isEmpty())
        return true;
    const GalleryModel::Facts facts = m_model.factsAt(row);
    return m_judge.accepts(facts) && holdsWords(*facts.prompt);
}

bool GalleryFilter::holdsWords(const QString &prompt) const
{
    return std::all_of(m_words.begin(), m_words.end(),
                       [&prompt](const QString &word) { return prompt.contains(word, Qt::CaseInsensitive); });
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
    case GallerySort::Best: // what is rejected is the worst, whatever its stars
        key.numbers[0] = facts.marks->flag == Flag::Reject ? mostStars * 2 + 2
                                                           : quint64(mostStars - facts.marks->rating) * 2 + (facts.marks->flag != Flag::Keep);
        break;
    }
    return key;
}

GalleryFilter::Key GalleryFilter::groupKeyOf(int row) const
{
    const GalleryModel::Facts facts = m_model.factsAt(row);
    Key key { .row = row };
    const auto inTime = [this](qint64 time) {
        return quint64(m_sort == GallerySort::Oldest ? time : std::numeric_limits<qint64>::max() - time);
    };
    if (m_grouping == Grouping::Run) {
        key.numbers[0] = inTime(std::numeric_limits<int>::max() - facts.age);
    } else if (m_grouping == Grouping::Day) {
        key.numbers[0] = inTime(dayOf(facts.createdAt));
    } else if (m_grouping == Grouping::Prompt) {
        key.numbers = packed(*facts.prompt);
        key.prompt = facts.prompt;
    }
    return key;
}

/// Its first millisecond. Neighbours are of one day nearly always, and a look into the time zone takes its time.
qint64 GalleryFilter::dayOf(qint64 time) const
{
    if (time < m_day.first || time >= m_day.second) {
        const QDate date = QDateTime::fromMSecsSinceEpoch(time).date();
        m_day = { date.startOfDay().toMSecsSinceEpoch(), date.addDays(1).startOfDay().toMSecsSinceEpoch() };
    }
    return m_day.first;
}

QString GalleryFilter::groupTitle(int row) const
{
    const GalleryModel::Facts facts = m_model.factsAt(row);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(facts.createdAt);
    if (m_grouping == Grouping::Day)
        return QLocale().toString(time.date(), u"ddd d MMM yyyy"_s);
    const QString prompt = facts.prompt->isEmpty() ? tr("No prompt") : facts.prompt->left(120).simplified();
    return m_grouping == Grouping::Run ? QLocale().toString(time.time(), u"HH:mm"_s) + u' ' + prompt : prompt;
}

bool GalleryFilter::isBefore(int row, int other) const
{
    if (m_grouping != Grouping::None) {
        if (const int order = groupKeyOf(row).compare(groupKeyOf(other)))
            return order < 0;
    }
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
    std::vector<Key> keys;
    const auto sortBy = [&rows, &keys](auto keyOfPlace) {
        keys.clear();
        keys.reserve(rows.size());
        for (size_t place = 0; place < rows.size(); ++place)
            keys.push_back(keyOfPlace(place));
        std::sort(keys.begin(), keys.end());
    };
    if (m_sort == GallerySort::Newest) {
        std::sort(rows.begin(), rows.end());
    } else {
        sortBy([this, &rows](size_t place) { return keyOf(rows[place]); });
        std::transform(keys.begin(), keys.end(), rows.begin(), [](const Key &key) { return key.row; });
    }
    if (m_grouping == Grouping::None)
        return;
    const Rows inOrder = rows;
    sortBy([this, &inOrder](size_t place) {
        Key key = groupKeyOf(inOrder[place]);
        key.row = int(place); // equals keep the order they have
        return key;
    });
    std::transform(keys.begin(), keys.end(), rows.begin(), [&inOrder](const Key &key) { return inOrder[size_t(key.row)]; });
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
