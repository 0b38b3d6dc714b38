#pragma once

#include "runprogress.h"

#include <QSortFilterProxyModel>

namespace plantain {

/// The lines of a LogModel that hold a text, in the text or in the name of their run (case does not matter), are of a run,
/// and of a level at least.
class LogFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text);
    QString text() const { return m_text; }
    void setRun(const RunId &run); ///< empty: lines of all
    RunId run() const { return m_run; }
    void setLeastLevel(LogLine::Level level);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    RunId m_run;
    LogLine::Level m_level = LogLine::Level::Debug;
};

} // namespace plantain
