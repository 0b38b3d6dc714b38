#include "shownkey.h"

#include <QFontDatabase>
#include <QPainter>

namespace plantain {

namespace {

constexpr int wrapping = Qt::TextWrapAnywhere | Qt::AlignLeft | Qt::AlignTop;
constexpr int tall = 4000;

} // namespace

ShownKey::ShownKey(QWidget *parent)
    : QWidget(parent)
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ShownKey::setText(const QString &text)
{
    m_text = text;
    updateGeometry();
    update();
}

QSize ShownKey::sizeHint() const
{
    return { 200, heightForWidth(width()) };
}

int ShownKey::heightForWidth(int width) const
{
    return fontMetrics().boundingRect(0, 0, width, tall, wrapping, m_text.isEmpty() ? QStringLiteral("x") : m_text).height();
}

void ShownKey::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.drawText(rect(), wrapping, m_text);
}

} // namespace plantain
