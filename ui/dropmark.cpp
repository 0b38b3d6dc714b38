#include "dropmark.h"

#include "theme.h"

#include <QPainter>

namespace plantain {

namespace {

constexpr int frame = 3, chip = 40;

} // namespace

DropMark::DropMark(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropMark::showAt(const QRect &place, const QString &letter)
{
    m_letter = letter;
    setGeometry(place);
    raise();
    setVisible(!place.isEmpty());
    update();
}

void DropMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColours &colours = coloursOf(palette());
    QColor veil = colours.accent;
    veil.setAlpha(60);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(colours.accent, frame));
    painter.drawRect(QRectF(rect()).adjusted(frame / 2.0, frame / 2.0, -frame / 2.0, -frame / 2.0));
    QRect middle(0, 0, chip, chip);
    middle.moveCenter(rect().center());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.accent);
    painter.drawEllipse(middle);
    QFont bold = font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.6);
    painter.setFont(bold);
    painter.setPen(colours.onAccent);
    painter.drawText(middle, Qt::AlignCenter, m_letter);
}

} // namespace plantain
