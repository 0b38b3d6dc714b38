// The part of RunModel that is about runs which are not sent yet.
#include "runmodel.h"

#include <QMimeData>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString waitingMime()
{
    return u"application/x-plantain-waiting-run"_s;
}

} // namespace

void RunModel::setWaiting(const std::vector<RunId> &order, bool paused)
{
    QHash<RunId, int> waiting;
    for (size_t place = 0; place < order.size(); ++place)
        waiting.insert(order[place], int(place) + 1);
    if (waiting == m_waiting && paused == m_paused)
        return;
    const QHash<RunId, int> before = std::exchange(m_waiting, waiting);
    m_paused = paused;
    sortWaiting(order);
    for (const auto &runs : { before, m_waiting }) {
        for (auto run = runs.cbegin(); run != runs.cend(); ++run) {
            if (const int row = rowOf(run.key()); row >= 0)
                Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    Q_EMIT waitingChanged();
}

/// The places that waiting runs have are dealt out anew among them; all other rows stay where they are.
void RunModel::sortWaiting(const std::vector<RunId> &order)
{
    std::vector<size_t> rows; // of waiting runs, the lowest row first: the next one to be sent stands there
    std::vector<RunId> wanted;
    for (const RunId &id : order) {
        if (const int row = rowOf(id); row >= 0) {
            rows.push_back(size_t(row));
            wanted.push_back(id);
        }
    }
    std::ranges::sort(rows, std::greater {});
    std::vector<RunId> now;
    now.reserve(rows.size());
    for (const size_t row : rows)
        now.push_back(m_entries[row].run.id);
    if (now == wanted)
        return;

    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList old = persistentIndexList();
    std::vector<RunId> runsOfOld;
    runsOfOld.reserve(size_t(old.size()));
    for (const QModelIndex &index : old)
        runsOfOld.push_back(idAt(index.row()));
    QHash<RunId, Entry> moving;
    std::vector<qint64> places;
    for (const size_t row : rows) {
        places.push_back(m_entries[row].place);
        moving.insert(m_entries[row].run.id, m_entries[row]);
    }
    for (size_t at = 0; at < rows.size(); ++at) {
        Entry entry = moving.value(wanted[at]);
        entry.place = places[at];
        m_places[entry.run.id] = entry.place;
        m_entries[rows[at]] = std::move(entry);
    }
    QModelIndexList moved;
    moved.reserve(old.size());
    for (qsizetype at = 0; at < old.size(); ++at)
        moved.append(indexOf(runsOfOld[size_t(at)], old[at].column()));
    changePersistentIndexList(old, moved);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

RunWords RunModel::wordsFor(const Entry &entry) const
{
    if (const int place = m_waiting.value(entry.run.id); place > 0 && !isFinal(entry.run.state))
        return waitingWords(place, m_paused);
    return wordsOf(entry.run, entry.progress.get(), m_clock());
}

RunActions RunModel::actionsFor(const Entry &entry) const
{
    if (m_waiting.contains(entry.run.id) && !isFinal(entry.run.state))
        return RunAction::Remove;
    return actionsOf(entry.run.state, entry.run.cancel, entry.run.error ? &*entry.run.error : nullptr, entry.progress.get());
}

std::optional<RunSummary> RunModel::summary(const RunId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? std::nullopt : std::optional(m_entries[size_t(row)].run);
}

Qt::ItemFlags RunModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && isWaiting(index.row()))
        flags |= Qt::ItemIsDragEnabled;
    return m_waiting.size() > 1 ? flags | Qt::ItemIsDropEnabled : flags;
}

QStringList RunModel::mimeTypes() const
{
    return { waitingMime() };
}

/// One run is dragged at a time: the lowest of those that are selected and wait.
QMimeData *RunModel::mimeData(const QModelIndexList &indexes) const
{
    int row = -1;
    for (const QModelIndex &index : indexes) {
        if (isWaiting(index.row()))
            row = std::max(row, index.row());
    }
    if (row < 0)
        return nullptr;
    auto *data = new QMimeData;
    data->setData(waitingMime(), idAt(row).text.toUtf8());
    return data;
}

bool RunModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent) const
{
    return action == Qt::MoveAction && data->hasFormat(waitingMime())
        && (parent.isValid() ? isWaiting(parent.row()) : placeOfDrop(row) >= 0);
}

/// Above `row` means: to be sent right after it; below the last waiting one: as the next one. -1: not among them.
int RunModel::placeOfDrop(int row) const
{
    if (isWaiting(row))
        return m_waiting.value(idAt(row)); // behind it, counted from 0
    return row > 0 && isWaiting(row - 1) && m_waiting.value(idAt(row - 1)) == 1 ? 0 : -1;
}

bool RunModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const RunId id { QString::fromUtf8(data->data(waitingMime())) };
    const int from = m_waiting.value(id);
    if (from == 0)
        return false; // sent meanwhile
    int place = parent.isValid() ? m_waiting.value(idAt(parent.row())) - 1 : placeOfDrop(row); // onto a run: takes its place
    if (!parent.isValid() && from <= place)
        --place; // it leaves a gap before it
    if (place != from - 1)
        Q_EMIT waitingMoveWanted(id, place);
    return false; // nothing is to be removed: the row moves when the order has changed
}

} // namespace plantain
