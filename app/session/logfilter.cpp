#include "logfilter.h"

#include "ids.h"
#include "logmodel.h"

namespace plantain {

void LogFilter::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    invalidateRowsFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_text.isEmpty())
        return true;
    const QModelIndex line = sourceModel()->index(row, 0, parent);
    return line.data(LogModel::LogTextRole).toString().contains(m_text, Qt::CaseInsensitive)
        || line.data(LogModel::LogRunRole).value<RunId>().text.contains(m_text, Qt::CaseInsensitive);
}

} // namespace plantain
