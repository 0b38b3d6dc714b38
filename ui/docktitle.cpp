#include "docktitle.h"

#include "actions.h"
#include "iconbutton.h"
#include "theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace plantain {

DockTitle::DockTitle(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_summary(new QLabel(this))
{
    auto *name = new QLabel(title, this);
    name->setTextFormat(Qt::PlainText);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    m_summary->setTextFormat(Qt::PlainText);
    m_layout->setContentsMargins(spacing::page, 2, spacing::tight, 2);
    m_layout->setSpacing(spacing::related);
    m_layout->addWidget(name);
    m_layout->addWidget(m_summary);
    m_layout->addStretch(1);
    colour();
}

void DockTitle::addWidget(QWidget *widget, int stretch)
{
    m_layout->addWidget(widget, stretch);
}

void DockTitle::addTool(QAction *action)
{
    m_layout->addWidget(actionButton(action, this));
}

void DockTitle::addTextAction(QAction *action)
{
    auto *button = new QPushButton(action->text().remove(u'&'), this);
    button->setToolTip(toolTipOf(*action));
    button->setEnabled(action->isEnabled());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
    m_layout->addWidget(button);
}

void DockTitle::setSummary(const QString &text)
{
    m_summary->setText(text);
}

void DockTitle::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, coloursOf(palette()).border);
}

void DockTitle::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QWidget::changeEvent(event);
}

// The dock moves by what its title bar does not take for itself.
void DockTitle::mousePressEvent(QMouseEvent *event)
{
    event->ignore();
}

void DockTitle::colour()
{
    m_colouring = true;
    QPalette own;
    own.setColor(QPalette::WindowText, coloursOf(palette()).muted);
    m_summary->setPalette(own);
    m_colouring = false;
}

} // namespace plantain
