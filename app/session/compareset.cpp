#include "compareset.h"

#include "galleryroles.h"

#include <algorithm>

namespace plantain {

namespace {

bool isPicture(const QModelIndex &index)
{
    return index.isValid() && TileState(index.data(GalleryRole::State).toInt()) == TileState::Picture;
}

} // namespace

void CompareSet::choose(const QModelIndexList &pictures)
{
    m_chosen.clear();
    for (const QModelIndex &picture : pictures) {
        if (isPicture(picture) && int(m_chosen.size()) < most)
            m_chosen.emplace_back(picture);
    }
    m_shown = m_chosen;
    m_champion = false;
}

bool CompareSet::crown(int place)
{
    const QPersistentModelIndex champion = m_shown[size_t(place)];
    const std::vector<QPersistentModelIndex> before = std::exchange(m_shown, { champion });
    const bool had = std::exchange(m_champion, true);
    const QPersistentModelIndex challenger = nextOf(champion, 1);
    if (!challenger.isValid()) {
        m_shown = before;
        m_champion = had;
        return false;
    }
    m_shown.push_back(challenger);
    return true;
}

void CompareSet::uncrown()
{
    for (const QPersistentModelIndex &index : m_shown) {
        if (std::ranges::find(m_chosen, index) == m_chosen.end() && int(m_chosen.size()) < most)
            m_chosen.push_back(index);
    }
    m_shown = m_chosen;
    m_champion = false;
}

QPersistentModelIndex CompareSet::next(int place, int by) const
{
    return nextOf(m_shown[stepping(place)], by);
}

bool CompareSet::step(int place, int by)
{
    const QPersistentModelIndex index = next(place, by);
    if (!index.isValid())
        return false;
    m_shown[stepping(place)] = index;
    if (!m_champion)
        m_chosen[stepping(place)] = index;
    return true;
}

void CompareSet::close(int place)
{
    if (count() <= least)
        return;
    m_shown.erase(m_shown.begin() + place);
    m_chosen = m_shown;
}

void CompareSet::move(int from, int to)
{
    if (m_champion || to < 0 || to >= count())
        return;
    const QPersistentModelIndex moved = m_shown[size_t(from)];
    m_shown.erase(m_shown.begin() + from);
    m_shown.insert(m_shown.begin() + to, moved);
    m_chosen = m_shown;
}

bool CompareSet::prune()
{
    const auto gone = [](const QPersistentModelIndex &index) { return !index.isValid(); };
    std::erase_if(m_chosen, gone);
    if (std::erase_if(m_shown, gone) > 0 && m_champion) {
        // The champion or the challenger is gone: whoever is left, beside the next.
        if (m_shown.empty() || !crown(0))
            uncrown();
    }
    return count() >= least;
}

QPersistentModelIndex CompareSet::nextOf(const QModelIndex &index, int by) const
{
    if (m_champion && m_chosen.size() > 2) {
        const int count = int(m_chosen.size());
        const auto found = std::find(m_chosen.begin(), m_chosen.end(), index);
        int at = found == m_chosen.end() ? (by > 0 ? -1 : count) : int(found - m_chosen.begin());
        for (int tries = 0; tries < count; ++tries) {
            at = (at + by + count) % count;
            if (!isShown(m_chosen[size_t(at)]))
                return m_chosen[size_t(at)];
        }
        return {};
    }
    const QAbstractItemModel *model = index.model();
    const int count = model ? model->rowCount() : 0;
    int row = index.row();
    for (int tries = 1; tries < count; ++tries) {
        row = (row + by + count) % count;
        const QModelIndex other = model->index(row, 0);
        if (isPicture(other) && !isShown(other))
            return other;
    }
    return {};
}

bool CompareSet::isShown(const QModelIndex &index) const
{
    return std::find(m_shown.begin(), m_shown.end(), index) != m_shown.end();
}

} // namespace plantain
