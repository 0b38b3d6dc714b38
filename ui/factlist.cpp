#include "factlist.h"

#include "icons.h"
#include "selectabletext.h"
#include "theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

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
        Row row { new QLabel(this), new SelectableText(this), new QToolButton(this) };
        row.name->setTextFormat(Qt::PlainText);
        row.name->setWordWrap(true);
        row.name->setFixedWidth(nameWidth);
        const int line = int(m_rows.size());
        m_layout->addWidget(row.name, line, 0, Qt::AlignTop);
        row.copy->setIcon(iconNamed(u"copy"_s));
        row.copy->setAutoRaise(true);
        m_layout->addWidget(row.copy, line, 2, Qt::AlignTop);
        connect(row.copy, &QToolButton::clicked, row.value,
                [value = row.value] { QGuiApplication::clipboard()->setText(value->toPlainText()); });
        m_rows.push_back(row);
    }
    for (size_t number = 0; number < m_rows.size(); ++number) {
        const bool used = number < facts.size();
        Row &row = m_rows[number];
        row.isMarked = used && facts[number].isMarked;
        const bool isCopyable = used && facts[number].isCopyable;
        row.copy->setVisible(isCopyable);
        m_layout->addWidget(row.value, int(number), 1, 1, isCopyable ? 1 : 2, Qt::AlignTop); // moves it
        const QString copies = used ? tr("Copy: %1").arg(facts[number].name) : QString();
        row.copy->setAccessibleName(copies);
        row.copy->setToolTip(copies);
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
    QPalette marked;
    marked.setColor(QPalette::Text, coloursOf(palette()).attention);
    for (const Row &row : m_rows) {
        row.name->setPalette(muted);
        row.value->setPalette(row.isMarked ? marked : QPalette());
    }
    m_colouring = false;
}

} // namespace plantain
