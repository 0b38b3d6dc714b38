#pragma once

#include "runprogress.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <deque>
#include <vector>

namespace plantain {

/// The live log, oldest line first, bounded. Lines wait for the end of the event-loop turn (a few milliseconds at
/// most) and enter together, so that thousands a second cost a view a few dozen insertions. Lives on the GUI thread.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, RunColumn, LevelColumn, TextColumn, ColumnCount };
    enum Role : int {
        LogRunRole = Qt::UserRole + 1, ///< RunId
        LogLevelRole, ///< int of LogLine::Level
        LogTextRole, ///< QString: the whole text, line ends and all; foreign
        LogTimeRole, ///< QDateTime, UTC
        LogFromServerRole, ///< bool
        LogCopyRole, ///< QString: the line as it is copied, ISO time first
    };
    static constexpr int defaultLimit = 10'000;
    static constexpr qsizetype mostCharacters = 10'000'000; ///< of all lines; ten thousand of the longest were 320 MB

    explicit LogModel(QObject *parent = nullptr, int limit = defaultLimit);

    int limit() const { return m_limit; }
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

public Q_SLOTS:
    void append(const plantain::LogLine &line);
    void clear();

private:
    void flush();
    void shorten(); ///< what waits, from its beginning, to what fits

    int m_limit;
    std::deque<LogLine> m_lines;
    std::vector<LogLine> m_waiting;
    qsizetype m_characters = 0, m_waitingCharacters = 0;
    QTimer m_flush;
};

/// Short name of a run for a narrow column: the end of its id.
QString shortNameOf(const RunId &id);

} // namespace plantain
