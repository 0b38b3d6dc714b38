#include "factlist.h"

#include "selectabletext.h"
#include "theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

namespace plantain {

namespace {

constexpr int nameWidth = 104;

}

FactList::FactList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setHorizontalSpacing(spacing::related);
    m_layout->setVerticalSpacing(spacing::tight);
    m_layout->setColumnMinimumWidth(0, nameWidth);
    m_layout->setColumnStretch(1, 1);
}

void FactList::setFacts(const std::vector<Fact> &facts)
{
    while (m_rows.size() < facts.size()) {
        Row row { new QLabel(this), new SelectableText(this) };
        row.name->setTextFormat(Qt::PlainText);
        row.name->setWordWrap(true);
        row.name->setFixedWidth(nameWidth);
        const int line = int(m_rows.size());
        m_layout->addWidget(row.name, line, 0, Qt::AlignTop);
        m_layout->addWidget(row.value, line, 1, Qt::AlignTop);
        m_rows.push_back(row);
    }
    for (size_t number = 0; number < m_rows.size(); ++number) {
        const bool used = number < facts.size();
        const Row &row = m_rows[number];
        row.name->setVisible(used);
        row.value->setVisible(used);
        row.name->setText(used ? facts[number].name : QString());
        row.value->setShown(used ? facts[number].value : QString());
        row.value->setAccessibleName(used ? facts[number].name : QString());
    }
    colour();
}

void FactList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QWidget::changeEvent(event);
}

void FactList::colour()
{
    m_colouring = true;
    QPalette muted;
    muted.setColor(QPalette::WindowText, coloursOf(palette()).muted);
    for (const Row &row : m_rows)
        row.name->setPalette(muted);
    m_colouring = false;
}

} // namespace plantain
