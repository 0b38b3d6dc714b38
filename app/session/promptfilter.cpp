#include "promptfilter.h"

#include "prompthistory.h"

#include <algorithm>

namespace plantain {

void PromptFilter::setText(const QString &text)
{
    QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (m_words == words)
        return;
    m_words = std::move(words);
    invalidateRowsFilter();
}

bool PromptFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QString prompt = sourceModel()->index(row, 0, parent).data(PromptHistory::PromptRole).toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&prompt](const QString &word) { return prompt.contains(word, Qt::CaseInsensitive); });
}

} // namespace plantain
