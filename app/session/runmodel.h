#pragma once

#include "runroles.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

#include <deque>
#include <functional>

namespace plantain {

/// All runs, newest first, one a row. Fed with the library's facts and the controller's telemetry; roles in runroles.h.
/// Lives on the GUI thread. While a run is open, its elapsed time is told anew once a second.
class RunModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        StateColumn,
        PromptColumn,
        ProgressColumn,
        ElapsedColumn,
        ImagesColumn,
        PriceColumn,
        EndpointColumn,
        ActionColumn,
        ColumnCount
    };
    using Clock = std::function<QDateTime()>; ///< UTC

    explicit RunModel(QObject *parent = nullptr, Clock clock = &QDateTime::currentDateTimeUtc);

    /// What the endpoint column shows; an id that is not among them is shown as it is.
    void setEndpointTitles(const QHash<EndpointId, QString> &titles);

    /// Runs of the past, in any order; those that are there already stay as they are.
    void addSummaries(const std::vector<RunSummary> &runs);

    QModelIndex indexOf(const RunId &id, int column = StateColumn) const; ///< invalid when not there
    RunId idAt(int row) const;
    std::optional<Price> priceOf(const RunId &id) const; ///< none: not known
    int openRuns() const { return m_open; } ///< runs that are not at an end

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

public Q_SLOTS:
    void runAdded(const plantain::RunRecord &record);
    void runChanged(const plantain::RunRecord &record); ///< one that is not there yet is added
    void progressed(const plantain::RunId &id, const plantain::RunProgress &progress);

Q_SIGNALS:
    void openRunsChanged(int count);

private:
    struct Entry
    {
        RunSummary run;
        std::optional<RunProgress> progress;
    };

    int rowOf(const RunId &id) const; ///< -1 when not there
    size_t placeFor(qint64 sequence) const; ///< first row that is not newer
    void put(const RunSummary &run);
    void insert(const std::vector<const RunSummary *> &newestFirst);
    void countOpen(int change);
    void tick();
    QString cellText(const Entry &entry, int column) const;
    QString toolTip(const Entry &entry, int column) const;
    qint64 elapsedSeconds(const RunSummary &run) const;

    Clock m_clock;
    std::deque<Entry> m_entries; ///< newest first: by sequence, descending
    QHash<RunId, qint64> m_sequences;
    QHash<EndpointId, QString> m_titles;
    QTimer m_tick;
    int m_open = 0;
};

} // namespace plantain
