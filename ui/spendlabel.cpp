#include "spendlabel.h"

#include "explain.h"
#include "spendtoday.h"
#include "theme.h"

namespace plantain {

SpendLabel::SpendLabel(const SpendToday &spend, QWidget *parent)
    : QLabel(parent)
    , m_spend(spend)
{
    setTextFormat(Qt::PlainText);
    setContentsMargins(spacing::related, 0, spacing::related, 0);
    connect(&spend, &SpendToday::changed, this, &SpendLabel::refresh);
    refresh();
}

void SpendLabel::refresh()
{
    const DaySpend sum = m_spend.sum();
    setText(spendText(sum));
    explain(this, spendExplanation(sum));
}

} // namespace plantain
