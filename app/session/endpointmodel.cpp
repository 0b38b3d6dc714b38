#include "endpointmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

EndpointModel::EndpointModel(const EndpointCatalog &catalog, QObject *parent)
    : QAbstractListModel(parent)
    , m_catalog(catalog)
{
}

int EndpointModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_catalog.endpoints().size());
}

QVariant EndpointModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Endpoint &endpoint = m_catalog.endpoints()[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return endpoint.title.isEmpty() ? endpoint.id.text : endpoint.title;
    case Qt::ToolTipRole:
        // Foreign text: escaped, so that a tool tip never reads it as markup.
        return u"<qt><b>%1</b><br>%2</qt>"_s.arg(endpoint.id.text.toHtmlEscaped(),
                                                 endpoint.description.toHtmlEscaped());
    case IdRole:
        return endpoint.id.text;
    case CategoryRole:
        return endpoint.category;
    case DescriptionRole:
        return endpoint.description;
    default:
        return {};
    }
}

QHash<int, QByteArray> EndpointModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert(IdRole, "endpointId");
    names.insert(CategoryRole, "category");
    names.insert(DescriptionRole, "description");
    return names;
}

const Endpoint *EndpointModel::endpoint(int row) const
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    return &m_catalog.endpoints()[static_cast<std::size_t>(row)];
}

int EndpointModel::rowOf(const EndpointId &id) const
{
    const auto &all = m_catalog.endpoints();
    const auto found = std::find_if(all.begin(), all.end(), [&id](const Endpoint &endpoint) { return endpoint.id == id; });
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

} // namespace plantain
