#include "lineagemodel.h"

#include "endpointcatalog.h"
#include "galleryroles.h"
#include "lineagetext.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString stateText(const RunRecord &record)
{
    const TileState state = tileStateWithout(record.state, nullptr, record.error ? &*record.error : nullptr, false);
    return tileStatusText(state, nullptr, record.cancel);
}

} // namespace

/// One row.
struct LineageModel::Node
{
    size_t run = 0; ///< place in the lineage
    int image = -1; ///< place in its images; none: it has no picture
    bool isSibling = false;
    int parent = -1; ///< place in m_nodes; -1: a root
    int row = 0; ///< below that
    std::vector<int> children;
};

LineageModel::LineageModel(const EndpointCatalog &catalog, FileResolver resolver, QObject *parent)
    : QAbstractItemModel(parent)
    , m_catalog(catalog)
    , m_resolver(std::move(resolver))
{
}

LineageModel::~LineageModel() = default;

void LineageModel::setLineage(Lineage lineage)
{
    beginResetModel();
    m_lineage = std::move(lineage);
    m_nodes.clear();
    m_roots.clear();
    m_changes.clear();
    m_money.clear();
    for (size_t run = 0; run < m_lineage.runs.size(); ++run) {
        const RunRecord &record = m_lineage.runs[run].record;
        if (record.images.empty() || !isSeenByImages(record.state, record.images)) {
            addNode(run, -1, false);
            continue;
        }
        for (int image = 0; image < int(record.images.size()); ++image)
            addNode(run, image, image > 0);
    }
    endResetModel();
}

void LineageModel::addNode(size_t run, int image, bool isSibling)
{
    const int place = int(m_nodes.size());
    Node node { .run = run, .image = image, .isSibling = isSibling };
    const std::vector<LineageLink> &links = m_lineage.runs[run].parents;
    if (!links.empty()) {
        // The picture it came from; of a run that has it no more, its first row.
        for (int above = place - 1; above >= 0; --above) {
            const Node &other = m_nodes[size_t(above)];
            if (other.run != links.front().parent)
                continue;
            node.parent = above;
            if (other.image >= 0 && m_lineage.runs[other.run].record.images[size_t(other.image)].index == links.front().image)
                break;
        }
    }
    std::vector<int> &siblings = node.parent < 0 ? m_roots : m_nodes[size_t(node.parent)].children;
    node.row = int(siblings.size());
    siblings.push_back(place);
    m_nodes.push_back(std::move(node));
}

QModelIndex LineageModel::indexOf(const PictureId &picture) const
{
    int found = -1;
    for (int place = 0; place < int(m_nodes.size()); ++place) {
        const Node &node = m_nodes[size_t(place)];
        const RunRecord &record = m_lineage.runs[node.run].record;
        if (record.id != picture.run)
            continue;
        if (node.image >= 0 && record.images[size_t(node.image)].index == picture.index)
            return indexAt(place);
        if (found < 0)
            found = place;
    }
    return indexAt(found);
}

const LineageModel::Node &LineageModel::nodeAt(const QModelIndex &index) const
{
    return m_nodes[size_t(index.internalId())];
}

QModelIndex LineageModel::indexAt(int node) const
{
    return node < 0 ? QModelIndex() : createIndex(m_nodes[size_t(node)].row, 0, quintptr(node));
}

QModelIndex LineageModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || row >= rowCount(parent))
        return {};
    return indexAt(parent.isValid() ? nodeAt(parent).children[size_t(row)] : m_roots[size_t(row)]);
}

QModelIndex LineageModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexAt(nodeAt(child).parent) : QModelIndex();
}

int LineageModel::rowCount(const QModelIndex &parent) const
{
    return int(parent.isValid() ? nodeAt(parent).children.size() : m_roots.size());
}

int LineageModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant LineageModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = nodeAt(index);
    const LineageRun &run = m_lineage.runs[node.run];
    const ImageRecord *image = node.image < 0 ? nullptr : &run.record.images[size_t(node.image)];
    switch (role) {
    case LineageRole::RunId:
        return QVariant::fromValue(run.record.id);
    case LineageRole::ImageIndex:
        return image ? image->index : 0;
    case LineageRole::File:
        return !image || image->file.isEmpty() || image->deletion == Deletion::Emptied ? QString() : m_resolver(image->file);
    case LineageRole::Sha256:
        return image ? image->sha256 : QString();
    case LineageRole::Step:
        return lineageStepText(m_lineage, run);
    case LineageRole::Changes:
        if (!m_changes.contains(node.run))
            m_changes.insert(node.run, changesOf(node.run));
        return m_changes.value(node.run);
    case LineageRole::Money:
        if (!m_money.contains(node.run))
            m_money.insert(node.run, moneyOf(node.run));
        return m_money.value(node.run);
    case Qt::DisplayRole:
    case LineageRole::Prompt:
        return run.record.prompt();
    case LineageRole::State:
        if (!image)
            return stateText(run.record);
        return image->deletion == Deletion::Emptied ? tr("Deleted") : image->deletion == Deletion::Trashed ? tr("In the trash") : QString();
    case LineageRole::IsSibling:
        return node.isSibling;
    case Qt::AccessibleTextRole:
        return accessibleText(index);
    default:
        return {};
    }
}

QStringList LineageModel::changesOf(size_t place) const
{
    const LineageRun &run = m_lineage.runs[place];
    if (run.parents.empty())
        return { run.record.prompt().simplified() };
    QStringList lines = lineageChanges(m_lineage.runs[run.parents.front().parent].record, run.record, m_catalog);
    if (lines.isEmpty())
        lines.append(tr("The same input"));
    if (const QString also = alsoGivenText(m_lineage, run); !also.isEmpty())
        lines.append(also);
    return lines;
}

QString LineageModel::moneyOf(size_t run) const
{
    const QString own = lineageSumText(m_lineage, { run });
    const std::vector<size_t> way = m_lineage.ancestorsOf(run);
    return way.size() == 1 ? own : tr("%1, %2 with all that led here").arg(own, lineageSumText(m_lineage, way));
}

QString LineageModel::accessibleText(const QModelIndex &index) const
{
    const Node &node = nodeAt(index);
    const RunRecord &record = m_lineage.runs[node.run].record;
    QStringList parts;
    if (node.image >= 0)
        parts << tr("Picture %1 of %2").arg(node.image + 1).arg(record.images.size());
    parts << index.data(LineageRole::State).toString() << index.data(LineageRole::Step).toString()
          << index.data(LineageRole::Changes).toStringList() << index.data(LineageRole::Money).toString();
    parts.removeAll(QString());
    return parts.join(u". "_s);
}

} // namespace plantain
