#include "notelabel.h"

#include "theme.h"

#include <QEvent>
#include <QGuiApplication>

#include <algorithm>

namespace plantain {

NoteLabel::NoteLabel(Rank rank, QWidget *parent)
    : QLabel(parent)
    , m_rank(rank)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFocusPolicy(Qt::NoFocus);
    setVisible(false);
    colour();
}

void NoteLabel::setRank(Rank rank)
{
    if (m_rank == rank)
        return;
    m_rank = rank;
    colour();
}

void NoteLabel::setNote(const QString &text)
{
    setText(text);
    setVisible(!text.isEmpty());
}

QSize NoteLabel::minimumSizeHint() const
{
    // A long address in a foreign sentence breaks anywhere and does not widen the panel.
    constexpr int narrow = 80;
    const QSize size = QLabel::minimumSizeHint();
    return wordWrap() ? QSize(std::min(narrow, size.width()), size.height()) : size;
}

void NoteLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QLabel::changeEvent(event);
}

void NoteLabel::colour()
{
    const QPalette around = parentWidget() ? parentWidget()->palette() : QGuiApplication::palette();
    const ThemeColours &colours = coloursOf(around);
    QPalette own;
    own.setColor(QPalette::WindowText,
                 m_rank == Rank::Bad ? colours.bad : m_rank == Rank::Attention ? colours.attention : colours.muted);
    m_colouring = true;
    setPalette(own);
    m_colouring = false;
}

} // namespace plantain
