#include "panecaption.h"

#include "elidedlabel.h"
#include "iconbutton.h"
#include "icons.h"
#include "theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace plantain {

PaneCaption::PaneCaption(QWidget *parent)
    : QWidget(parent)
    , m_champion(new QLabel(this))
    , m_letter(new QLabel(this))
    , m_text(new ElidedLabel(this))
    , m_close(iconButton(u"close"_s, {}, this))
{
    setCursor(Qt::OpenHandCursor);
    m_champion->setAccessibleName(tr("Champion"));
    m_champion->hide();
    m_letter->setTextFormat(Qt::PlainText);
    QFont bold = m_letter->font();
    bold.setBold(true);
    m_letter->setFont(bold);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_close->setIconSize({ 14, 14 });
    m_close->setCursor(Qt::ArrowCursor);
    m_close->setFocusPolicy(Qt::NoFocus); // has its key
    connect(m_close, &QToolButton::clicked, this, &PaneCaption::closeRequested);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::related, 0, spacing::tight, 0);
    row->setSpacing(spacing::tight);
    row->addWidget(m_champion);
    row->addWidget(m_letter);
    row->addWidget(m_text, 1);
    row->addWidget(m_close);
    colour();
}

void PaneCaption::setText(const QString &letter, QStringList what)
{
    what.removeAll(QString());
    const QString text = what.join(u", "_s);
    if (letter == m_letter->text() && text == m_text->text())
        return;
    m_letter->setText(letter);
    m_text->setText(text);
    m_close->setAccessibleName(tr("Close pane %1").arg(letter));
    m_close->setToolTip(tr("Close pane %1 (Backspace)").arg(letter));
}

void PaneCaption::setChampion(bool champion)
{
    m_champion->setVisible(champion);
}

void PaneCaption::setActive(bool active)
{
    m_active = active;
    colour();
}

void PaneCaption::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void PaneCaption::mousePressEvent(QMouseEvent *event)
{
    m_pressedAt = event->globalPosition().toPoint();
    setCursor(Qt::ClosedHandCursor);
    Q_EMIT pressed();
}

bool PaneCaption::isDrag(QPoint globalPosition) const
{
    return (globalPosition - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
}

void PaneCaption::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->globalPosition().toPoint();
    if (event->buttons() != Qt::NoButton && isDrag(at))
        Q_EMIT dragged(at);
}

void PaneCaption::mouseReleaseEvent(QMouseEvent *event)
{
    setCursor(Qt::OpenHandCursor);
    const QPoint at = event->globalPosition().toPoint();
    if (isDrag(at))
        Q_EMIT dropped(at);
}

void PaneCaption::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QWidget::changeEvent(event);
}

void PaneCaption::colour()
{
    m_colouring = true;
    const ThemeColours &colours = coloursOf(palette());
    QPalette muted;
    muted.setColor(QPalette::WindowText, colours.muted);
    m_text->setPalette(m_active ? QPalette() : muted);
    m_letter->setPalette(m_active ? QPalette() : muted);
    m_champion->setPixmap(iconNamed(u"champion"_s).pixmap(QSize(16, 16), devicePixelRatioF()));
    m_colouring = false;
}

} // namespace plantain
