#include "tileorder.h"

#include <QCoreApplication>
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

constexpr std::array groupings { "none"_L1, "run"_L1, "prompt"_L1, "day"_L1 };

/// The beginning of a text as numbers that compare as its letters do in any case, four in one.
using Packed = std::array<quint64, 4>;
Packed packed(const QString &text)
{
    Packed numbers {};
    for (qsizetype at = 0; at < std::min<qsizetype>(16, text.size()); ++at)
        numbers[size_t(at / 4)] |= quint64(text[at].toCaseFolded().unicode()) << (48 - at % 4 * 16);
    return numbers;
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

QString wordOf(Grouping grouping)
{
    return groupings[size_t(grouping)];
}

Grouping groupingOf(const QString &word)
{
    const auto found = std::find(groupings.begin(), groupings.end(), word);
    return found == groupings.end() ? Grouping::None : Grouping(found - groupings.begin());
}

/// What one tile is compared by. Numbers decide nearly always; a prompt is read to its end only where its beginning is
/// another's too.
struct TileOrder::Key
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

TileOrder::TileOrder(const GalleryModel &model)
    : m_model(model)
{
    rankEndpoints();
}

TileOrder::Key TileOrder::keyOf(int row) const
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

TileOrder::Key TileOrder::groupKeyOf(int row) const
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
qint64 TileOrder::dayOf(qint64 time) const
{
    if (time < m_day.first || time >= m_day.second) {
        const QDate date = QDateTime::fromMSecsSinceEpoch(time).date();
        m_day = { date.startOfDay().toMSecsSinceEpoch(), date.addDays(1).startOfDay().toMSecsSinceEpoch() };
    }
    return m_day.first;
}

QString TileOrder::groupTitle(int row) const
{
    const GalleryModel::Facts facts = m_model.factsAt(row);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(facts.createdAt);
    if (m_grouping == Grouping::Day)
        return QLocale().toString(time.date(), u"ddd d MMM yyyy"_s);
    const QString prompt = facts.prompt->isEmpty() ? QCoreApplication::translate("Gallery", "No prompt") : facts.prompt->left(120).simplified();
    return m_grouping == Grouping::Run ? QLocale().toString(time.time(), u"HH:mm"_s) + u' ' + prompt : prompt;
}

bool TileOrder::isBefore(int row, int other) const
{
    if (m_grouping != Grouping::None) {
        if (const int order = groupKeyOf(row).compare(groupKeyOf(other)))
            return order < 0;
    }
    return m_sort == GallerySort::Newest ? row < other : keyOf(row) < keyOf(other);
}

void TileOrder::sortRows(Rows &rows) const
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

bool TileOrder::isSameGroup(int row, int other) const
{
    return groupKeyOf(row).compare(groupKeyOf(other)) == 0;
}

void TileOrder::rankEndpoints()
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
