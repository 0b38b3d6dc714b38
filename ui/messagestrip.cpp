#include "messagestrip.h"

#include "actions.h"
#include "errortext.h"
#include "explain.h"
#include "icons.h"
#include "theme.h"

#include <QAccessible>
#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace plantain {

MessageStrip::MessageStrip(Kind kind, QWidget *parent)
    : QFrame(parent)
    , m_kind(kind)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_wayOut(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    m_icon->setFixedSize(16, 16);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse); // so that it can be copied into a question
    m_close->setIcon(iconNamed(u"close"_s));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss (Esc)"));
    m_close->setAccessibleName(tr("Dismiss the message"));
    m_close->setFocusPolicy(Qt::TabFocus);
    connect(m_close, &QToolButton::clicked, this, [this] {
        dismiss();
        Q_EMIT dismissed();
    });

    connect(m_wayOut, &QPushButton::clicked, this, [this] {
        if (m_action)
            m_action->trigger();
    });

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::page, spacing::tight, spacing::tight, spacing::tight);
    layout->setSpacing(spacing::related);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_wayOut);
    layout->addWidget(m_close);
    setAutoFillBackground(true);
    setFrameShape(QFrame::NoFrame);
    colour();
    hide();
}

void MessageStrip::say(const QString &text, QAction *wayOut)
{
    if (m_action)
        m_action->disconnect(this);
    m_action = wayOut;
    if (m_action)
        connect(m_action, &QAction::changed, this, &MessageStrip::showWayOut);
    showWayOut();
    m_text->setText(text);
    setVisible(!text.isEmpty());
    if (m_kind == Kind::Problem && !text.isEmpty()) {
        QAccessibleEvent alert(m_text, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void MessageStrip::say(const Error &error, QAction *wayOut)
{
    say(errorText(error).sentence(), wayOut);
}

void MessageStrip::showWayOut()
{
    m_wayOut->setVisible(m_action);
    if (!m_action)
        return;
    m_wayOut->setText(m_action->text().remove(u'&'));
    explain(m_wayOut, toolTipOf(*m_action));
}

void MessageStrip::dismiss()
{
    hide();
    m_text->clear();
}

QString MessageStrip::text() const
{
    return m_text->text();
}

void MessageStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QFrame::changeEvent(event);
}

void MessageStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        m_close->click();
    else
        QFrame::keyPressEvent(event);
}

void MessageStrip::colour()
{
    m_colouring = true;
    const ThemeColours &colours = coloursOf(parentWidget() ? parentWidget()->palette() : palette());
    const bool problem = m_kind == Kind::Problem;
    QPalette own;
    own.setColor(QPalette::Window, problem ? colours.badStrip : colours.strip);
    setPalette(own);
    m_icon->setPixmap(pixmapOfIcon(problem ? u"failed"_s : u"info"_s, 16, devicePixelRatioF(),
                                   problem ? colours.bad : colours.muted));
    m_colouring = false;
}

} // namespace plantain
