#pragma once

#include "runsummary.h"

#include <QAbstractListModel>
#include <QSet>

#include <deque>

namespace plantain {

/// The prompts of the library's runs, each once, the newest first: the latest ten thousand of them. GUI thread.
class PromptHistory final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        PromptRole = Qt::UserRole + 1, ///< QString, whole; DisplayRole is its beginning on one line
        UsedRole, ///< QDateTime: last time
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    QString prompt(int row) const { return m_entries.at(static_cast<std::size_t>(row)).prompt; }
    void addSummaries(const std::vector<RunSummary> &page); ///< older than all before, newest first
    void runAdded(const RunRecord &record);

private:
    struct Entry
    {
        QString prompt;
        QDateTime used;
    };

    std::deque<Entry> m_entries;
    QSet<QString> m_known;
};

} // namespace plantain
