#pragma once

#include "gallerymodel.h"

#include <optional>

namespace plantain {

/// In which order. Within equals the newest run comes first, and a run's pictures in their own order.
enum class GallerySort { Newest, Oldest, Prompt, Endpoint, Largest, Dearest, Best };
QString wordOf(GallerySort sort); ///< "newest"; for the settings
std::optional<GallerySort> gallerySortOf(const QString &word);

/// What stands together, whatever the order is; within a group it is the order's.
enum class Grouping { None, Run, Prompt, Day };
QString wordOf(Grouping grouping); ///< "day"; for the settings
Grouping groupingOf(const QString &word); ///< None for what is no word of one

/// The order of a gallery's tiles. Good for a model whose changes it need not hear of but for its endpoints.
class TileOrder
{
public:
    using Rows = std::vector<int>; ///< of the model

    explicit TileOrder(const GalleryModel &model); ///< which outlives it

    GallerySort sort() const { return m_sort; }
    void setSort(GallerySort sort) { m_sort = sort; }
    Grouping grouping() const { return m_grouping; }
    void setGrouping(Grouping grouping) { m_grouping = grouping; }
    void rankEndpoints(); ///< there are others

    bool isBefore(int row, int other) const;
    void sortRows(Rows &rows) const;
    bool isSameGroup(int row, int other) const;
    QString groupTitle(int row) const;

private:
    struct Key;
    Key keyOf(int row) const;
    Key groupKeyOf(int row) const;
    qint64 dayOf(qint64 time) const;

    const GalleryModel &m_model;
    GallerySort m_sort = GallerySort::Newest;
    Grouping m_grouping = Grouping::None;
    Rows m_ranks; ///< of the model's endpoints by their titles
    mutable std::pair<qint64, qint64> m_day; ///< the one met last: from, until
};

} // namespace plantain
