#pragma once

#include "endpointcatalog.h"

#include <QAbstractListModel>

namespace plantain {

/// The endpoints one can choose, one row each, in the catalog's order. The catalog outlives the model and does not
/// change. GUI thread.
class EndpointModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString: "fal-ai/nano-banana-2/edit"
        CategoryRole, ///< QString: "image-to-image"
        DescriptionRole, ///< QString, foreign plain text
    };
    Q_ENUM(Role)

    explicit EndpointModel(const EndpointCatalog &catalog, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    const Endpoint *endpoint(int row) const; ///< null when there is no such row
    int rowOf(const EndpointId &id) const; ///< -1 when the catalog does not have it
    /// Documents that could not be used, each with its file and why.
    const std::vector<EndpointCatalog::Problem> &problems() const { return m_catalog.problems(); }

private:
    const EndpointCatalog &m_catalog;
};

} // namespace plantain
