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

    /// The next picture in place of the one there, or of the challenger: of the chosen ones where a champion leaves some
    /// unseen, else of the whole gallery. False when there is none.
    bool step(int place, int by);
    void close(int place); ///< not below `least`
    void move(int from, int to);
    bool prune(); ///< false when fewer than `least` are left

private:
    QPersistentModelIndex nextOf(const QModelIndex &index, int by) const;
    bool isShown(const QModelIndex &index) const;

    std::vector<QPersistentModelIndex> m_chosen, m_shown;
    bool m_champion = false;
};

} // namespace plantain
