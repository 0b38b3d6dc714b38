#pragma once

#include "runroles.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <deque>
#include <functional>

namespace plantain {

/// All runs, newest first, one a row; those that wait to be sent in the order in which they will be, the next one lowest.
/// Waiting rows can be dragged: the model says what is wanted and changes when it has happened. Fed with the library's facts and the controller's telemetry; roles in runroles.h.
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

    /// Which runs are not sent yet, the next one first.
    void setWaiting(const std::vector<RunId> &order, bool paused);
    int waitingRuns() const { return int(m_waiting.size()); }
    bool isPaused() const { return m_paused; }
    std::optional<RunSummary> summary(const RunId &id) const; ///< without its images

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

public Q_SLOTS:
    void runAdded(const plantain::RunRecord &record);
    void runChanged(const plantain::RunRecord &record); ///< one that is not there yet is added
    void progressed(const plantain::RunId &id, const plantain::RunProgress &progress);

Q_SIGNALS:
    void openRunsChanged(int count);
    void waitingChanged();
    void waitingMoveWanted(const plantain::RunId &id, int place); ///< 0 is the next one to be sent

private:
    struct Entry
    {
        RunSummary run;
        std::shared_ptr<const RunProgress> progress; ///< only while it is open
        qint64 place = 0; ///< where it stands; its sequence, until a person puts waiting runs in another order
    };

    int rowOf(const RunId &id) const; ///< -1 when not there
    size_t placeFor(qint64 place) const; ///< first row that is not newer
    RunWords wordsFor(const Entry &entry) const;
    RunActions actionsFor(const Entry &entry) const;
    bool isWaiting(int row) const { return row >= 0 && row < rowCount() && m_waiting.contains(idAt(row)); }
    int placeOfDrop(int row) const;
    void sortWaiting(const std::vector<RunId> &order);
    void put(const RunSummary &run);
    RunSummary listed(const RunSummary &run);
    void insert(const std::vector<const RunSummary *> &newestFirst);
    void countOpen(int change);
    void tick();
    QString cellText(const Entry &entry, int column) const;
    QString toolTip(const Entry &entry, int column) const;
    qint64 elapsedSeconds(const RunSummary &run) const;

    Clock m_clock;
    std::deque<Entry> m_entries; ///< by place, descending
    QHash<RunId, qint64> m_places;
    QSet<QString> m_words; ///< servers, endpoints, price formulas: each held once
    QHash<RunId, int> m_waiting; ///< 1 is the next one to be sent
    bool m_paused = false;
    QHash<EndpointId, QString> m_titles;
    QTimer m_tick;
    int m_open = 0;
};

} // namespace plantain
