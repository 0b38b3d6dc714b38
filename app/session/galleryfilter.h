#pragma once

#include "tilefilter.h"
#include "tileorder.h"

#include <QAbstractProxyModel>

namespace plantain {

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
    GallerySort sort() const { return m_order.sort(); }
    void setSort(GallerySort sort);
    Grouping grouping() const { return m_order.grouping(); }
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
    using Rows = std::vector<int>; ///< of the model

    void inserted(int first, int last);
    void aboutToBeRemoved(int first, int last);
    void removed(int first, int last);
    void changed(int first, int last, const QList<int> &roles);
    void tell(int first, int last, const QList<int> &roles);

    bool accepts(int row) const;
    bool isSought(const GalleryModel::Facts &facts) const;
    Rows candidates() const;
    void resort();
    Rows accepted(const Rows &rows) const;
    Rows merged(const Rows &there, Rows fresh) const;

    void become(const Rows &target);
    void takeOut(const std::vector<bool> &wanted);
    void arrange(const Rows &order);
    void number();

    GalleryModel &m_model;
    TileFilter m_filter;
    QStringList m_words; ///< of the filter's text
    TileJudge m_judge;
    TileOrder m_order;
    Rows m_shown; ///< what is shown, in order
    Rows m_places; ///< of each row of the model: where it is shown; -1: not shown
};

} // namespace plantain
