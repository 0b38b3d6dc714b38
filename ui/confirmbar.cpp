#include "confirmbar.h"

#include "explain.h"
#include "theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace plantain {

ConfirmBar::ConfirmBar(QWidget *parent)
    : QFrame(parent)
    , m_question(new QLabel(this))
    , m_yes(new QPushButton(this))
    , m_no(new QPushButton(tr("Leave it"), this))
{
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWordWrap(true);
    explain(m_no, tr("Changes nothing"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::page, spacing::tight, spacing::related, spacing::tight);
    layout->setSpacing(spacing::related);
    layout->addWidget(m_question, 1);
    layout->addWidget(m_yes);
    layout->addWidget(m_no);
    setAutoFillBackground(true);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT confirmed();
    });
    connect(m_no, &QPushButton::clicked, this, &ConfirmBar::leave);
    colour();
    hide();
}

void ConfirmBar::ask(const QString &question, const QString &yes)
{
    m_question->setText(question);
    m_yes->setText(yes);
    explain(m_yes, question);
    show();
}

void ConfirmBar::leave()
{
    hide();
}

void ConfirmBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QFrame::changeEvent(event);
}

void ConfirmBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QFrame::keyPressEvent(event);
}

void ConfirmBar::colour()
{
    m_colouring = true;
    QPalette own;
    own.setColor(QPalette::Window, coloursOf(parentWidget() ? parentWidget()->palette() : palette()).badStrip);
    setPalette(own);
    m_colouring = false;
}

} // namespace plantain
