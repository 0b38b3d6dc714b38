#include "calmcombobox.h"

#include "theme.h"

#include <QPainter>
#include <QStyleOptionComboBox>
#include <QWheelEvent>

namespace plantain {

CalmComboBox::CalmComboBox(QWidget *parent)
    : QComboBox(parent)
{
    setFocusPolicy(Qt::StrongFocus);
}

void CalmComboBox::wheelEvent(QWheelEvent *event)
{
    if (hasFocus())
        QComboBox::wheelEvent(event);
    else
        event->ignore();
}

void CalmComboBox::setRemark(const QString &remark)
{
    if (m_remark == remark)
        return;
    m_remark = remark;
    update();
}

void CalmComboBox::paintEvent(QPaintEvent *event)
{
    QComboBox::paintEvent(event);
    if (m_remark.isEmpty())
        return;
    QStyleOptionComboBox option;
    initStyleOption(&option);
    QRect room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    const int icon = itemIcon(currentIndex()).isNull() ? 0 : iconSize().width() + spacing::tight;
    room.adjust(icon + fontMetrics().horizontalAdvance(currentText()) + 3 * spacing::tight, 0, -spacing::tight, 0);
    if (room.width() < fontMetrics().horizontalAdvance(m_remark))
        return;
    QPainter painter(this);
    painter.setPen(coloursOf(palette()).muted);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_remark);
}

} // namespace plantain
