#include "logfilter.h"

#include "logmodel.h"

namespace plantain {

void LogFilter::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    invalidateRowsFilter();
}

void LogFilter::setRun(const RunId &run)
{
    if (m_run == run)
        return;
    m_run = run;
    invalidateRowsFilter();
}

void LogFilter::setLeastLevel(LogLine::Level level)
{
    if (m_level == level)
        return;
    m_level = level;
    invalidateRowsFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_text.isEmpty() && m_run.isEmpty() && m_level == LogLine::Level::Debug)
        return true;
    const QModelIndex line = sourceModel()->index(row, 0, parent);
    if (line.data(LogModel::LogLevelRole).toInt() < int(m_level))
        return false;
    if (!m_run.isEmpty() && line.data(LogModel::LogRunRole).value<RunId>() != m_run)
        return false;
    return m_text.isEmpty() || line.data(LogModel::LogTextRole).toString().contains(m_text, Qt::CaseInsensitive)
        || line.data(LogModel::LogRunRole).value<RunId>().text.contains(m_text, Qt::CaseInsensitive);
}

} // namespace plantain
