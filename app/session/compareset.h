#pragma once

#include <QModelIndexList>
#include <QPersistentModelIndex>

#include <vector>

namespace plantain {

/// Which pictures of the gallery stand beside each other. Either all that were chosen, or a champion and one challenger
/// after the other. Indexes of the gallery as it is shown; those whose rows go, go from here with prune().
class CompareSet final
{
public:
    static constexpr int least = 2, most = 9;

    void choose(const QModelIndexList &pictures); ///< `most` of them at most
    const std::vector<QPersistentModelIndex> &shown() const { return m_shown; }
    int count() const { return int(m_shown.size()); }

    bool hasChampion() const { return m_champion; }
    /// It comes first, and stays; beside it the next one of the others. False where there is no other.
    bool crown(int place);
    void uncrown(); ///< all chosen ones again, with whom stood here last

    /// The picture that comes after or before the one there, or after the challenger: of the chosen ones where a champion
    /// leaves some unseen, else of the whole gallery. Invalid when there is none.
    QPersistentModelIndex next(int place, int by) const;
    bool step(int place, int by); ///< shows that one there; false when there is none
    void close(int place); ///< not below `least`
    void move(int from, int to);
    bool prune(); ///< false when fewer than `least` are left

private:
    size_t stepping(int place) const { return m_champion ? 1 : size_t(place); }
    QPersistentModelIndex nextOf(const QModelIndex &index, int by) const;
    bool isShown(const QModelIndex &index) const;

    std::vector<QPersistentModelIndex> m_chosen, m_shown;
    bool m_champion = false;
};

} // namespace plantain
