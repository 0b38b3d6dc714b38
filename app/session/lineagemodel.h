#pragma once

#include "lineage.h"

#include <QAbstractItemModel>
#include <QHash>

#include <functional>
#include <memory>

namespace plantain {

class EndpointCatalog;

/// What a view may ask of a row of a LineageModel.
namespace LineageRole {
enum Role {
    RunId = Qt::UserRole + 1, ///< plantain::RunId
    ImageIndex, ///< int
    File, ///< QString, absolute; empty when the run has no picture here
    Sha256, ///< QString
    Step, ///< QString: how the run came from the picture above
    Changes, ///< QStringList: what is another than there; what else it was given last
    Money, ///< QString: the run's price, and what the way here cost
    Prompt, ///< QString
    State, ///< QString: why there is no picture; else empty
    IsSibling, ///< bool: of the same run as the row before, which says the rest
};
}

/// A lineage as a tree of pictures: below each those that were made from it before all. A row a picture, or a run without
/// any. Changes as a whole. Lives on the GUI thread.
class LineageModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    using FileResolver = std::function<QString(const QString &relative)>;

    /// `catalog` outlives the model.
    LineageModel(const EndpointCatalog &catalog, FileResolver resolver, QObject *parent = nullptr);
    ~LineageModel() override;

    void setLineage(Lineage lineage);
    const Lineage &lineage() const { return m_lineage; }
    QModelIndex indexOf(const PictureId &picture) const; ///< of the run's first row where it has no such picture; invalid when it is not here

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Node;

    void addNode(size_t run, int image, bool isSibling);
    const Node &nodeAt(const QModelIndex &index) const;
    QModelIndex indexAt(int node) const;
    QStringList changesOf(size_t run) const;
    QString moneyOf(size_t run) const;
    QString accessibleText(const QModelIndex &index) const;

    const EndpointCatalog &m_catalog;
    FileResolver m_resolver;
    Lineage m_lineage;
    mutable QHash<size_t, QStringList> m_changes; ///< by run; found when they are asked for
    mutable QHash<size_t, QString> m_money; ///< likewise
    std::vector<Node> m_nodes; ///< in the order of the runs
    std::vector<int> m_roots; ///< places in m_nodes
};

} // namespace plantain
