#pragma once

#include "tilefilter.h"

#include <QAbstractProxyModel>

#include <optional>

namespace plantain {

/// In which order. Within equals the newest run comes first, and a run's pictures in their own order.
enum class GallerySort { Newest, Oldest, Prompt, Endpoint, Largest, Dearest, Best };
QString wordOf(GallerySort sort); ///< "newest"; for the settings
std::optional<GallerySort> gallerySortOf(const QString &word);

/// What stands together, whatever the order is; within a group it is the order's.
enum class Grouping { None, Run, Prompt, Day };

/// The gallery as it is shown: filtered and sorted. Not QSortFilterProxyModel, which compares by QVariant and takes
/// scattered rows away one by one: for a hundred thousand that is seconds. A filter is one removal, one insertion and
/// at most two changes of the layout, so that selection and current of what stays hold. GUI thread.
class GalleryFilter final : public QAbstractProxyModel
{
    Q_OBJECT
public:
    /// `model` outlives the filter.
    explicit GalleryFilter(GalleryModel &model, QObject *parent = nullptr);

    const TileFilter &filter() const { return m_filter; }
    void setFilter(const TileFilter &filter);
    GallerySort sort() const { return m_sort; }
    void setSort(GallerySort sort);
    Grouping grouping() const { return m_grouping; }
    void setGrouping(Grouping grouping);
    TileCounts counts() const; ///< looks at every tile of the model

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QModelIndex mapToSource(const QModelIndex &index) const override;
    QModelIndex mapFromSource(const QModelIndex &index) const override;
    QModelIndex index(int row, int column = 0, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &) const override { return {}; }
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 1; }
    bool hasChildren(const QModelIndex &parent = {}) const override { return rowCount(parent) > 0; }

private:
    struct Key;
    using Rows = std::vector<int>; ///< of the model

    void inserted(int first, int last);
    void aboutToBeRemoved(int first, int last);
    void removed(int first, int last);
    void changed(int first, int last, const QList<int> &roles);
    void tell(int first, int last, const QList<int> &roles);

    bool accepts(int row) const;
    bool holdsWords(const QString &prompt) const;
    Key keyOf(int row) const;
    Key groupKeyOf(int row) const;
    qint64 dayOf(qint64 time) const;
    QString groupTitle(int row) const;
    void resort();
    bool isBefore(int row, int other) const;
    Rows accepted(const Rows &rows) const;
    void sortRows(Rows &rows) const;
    Rows merged(const Rows &there, Rows fresh) const;

    void become(const Rows &target);
    void takeOut(const std::vector<bool> &wanted);
    void arrange(const Rows &order);
    void number();
    void rankEndpoints();

    GalleryModel &m_model;
    TileFilter m_filter;
    QStringList m_words; ///< of the filter's text
    TileJudge m_judge;
    GallerySort m_sort = GallerySort::Newest;
    Grouping m_grouping = Grouping::None;
    mutable std::pair<qint64, qint64> m_day; ///< the one met last: from, until
    Rows m_ranks; ///< of the model's endpoints by their titles
    Rows m_shown; ///< what is shown, in order
    Rows m_places; ///< of each row of the model: where it is shown; -1: not shown
};

} // namespace plantain
