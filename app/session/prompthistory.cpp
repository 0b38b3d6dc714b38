#include "prompthistory.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::size_t most = 10'000;
constexpr qsizetype lineLength = 300; ///< of DisplayRole: more than any list is wide

} // namespace

int PromptHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant PromptHistory::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return entry.prompt.left(lineLength).simplified();
    case PromptRole:
        return entry.prompt;
    case UsedRole:
        return entry.used;
    default:
        return {};
    }
}

QHash<int, QByteArray> PromptHistory::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert({ { PromptRole, "prompt" }, { UsedRole, "used" } });
    return names;
}

void PromptHistory::addSummaries(const std::vector<RunSummary> &page)
{
    std::vector<Entry> added;
    for (const RunSummary &run : page) {
        if (m_entries.size() + added.size() >= most)
            break;
        if (run.prompt.trimmed().isEmpty() || m_known.contains(run.prompt))
            continue;
        m_known.insert(run.prompt);
        added.push_back({ run.prompt, run.createdAt });
    }
    if (added.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(added.size()) - 1);
    m_entries.insert(m_entries.end(), added.begin(), added.end());
    endInsertRows();
}

void PromptHistory::runAdded(const RunRecord &record)
{
    const QString prompt = stringAt(record.input, "prompt");
    if (prompt.trimmed().isEmpty())
        return;
    if (m_known.contains(prompt)) {
        const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                        [&prompt](const Entry &entry) { return entry.prompt == prompt; });
        const int row = static_cast<int>(found - m_entries.begin());
        found->used = record.createdAt;
        if (row > 0) {
            beginMoveRows({}, row, row, {}, 0);
            std::rotate(m_entries.begin(), found, found + 1);
            endMoveRows();
        }
        Q_EMIT dataChanged(index(0), index(0), { UsedRole });
        return;
    }
    if (m_entries.size() >= most) {
        const int last = rowCount() - 1;
        beginRemoveRows({}, last, last);
        m_known.remove(m_entries.back().prompt);
        m_entries.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_known.insert(prompt);
    m_entries.push_front({ prompt, record.createdAt });
    endInsertRows();
}

} // namespace plantain
