#include "sectionheading.h"

#include "theme.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>

namespace plantain {

SectionHeading::SectionHeading(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_title(new QLabel(title, this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
    m_title->setTextFormat(Qt::PlainText);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setMinimumHeight(spacing::control);
    m_layout->addWidget(m_title, 1);
}

void SectionHeading::setTitle(const QString &title)
{
    m_title->setText(title);
}

QString SectionHeading::title() const
{
    return m_title->text();
}

void SectionHeading::addButton(QAbstractButton *button)
{
    m_layout->addWidget(button);
}

void SectionHeading::addRemark(QWidget *remark)
{
    m_layout->addWidget(remark, 0, Qt::AlignVCenter);
}

} // namespace plantain
