#include "wrappedtext.h"

#include <QFontMetrics>
#include <QPainter>

#include <cmath>

namespace plantain {

namespace {

/// A tile never shows more; laying out sixty thousand characters would take a while.
constexpr qsizetype mostCharacters = 1000;

/// Not QString::simplified: that would let a line break between a number and its sign.
QString inOneParagraph(QString text)
{
    for (QChar &c : text) {
        if (c == u'\n' || c == u'\r' || c == u'\t' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = u' ';
    }
    return text.trimmed();
}

struct Laid
{
    int lines = 0;
    qreal height = 0;
    int restAt = -1; ///< where the last allowed line begins, when there is more than that line
};

Laid lay(QTextLayout &layout, int width, int mostLines)
{
    Laid laid;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid() && laid.lines < mostLines; line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({ 0, laid.height });
        laid.height += line.height();
        ++laid.lines;
        if (laid.lines == mostLines && line.textStart() + line.textLength() < layout.text().size())
            laid.restAt = line.textStart();
    }
    layout.endLayout();
    return laid;
}

} // namespace

WrappedText::WrappedText(const QString &text, const QFont &font, int width, int mostLines)
{
    if (text.isEmpty() || width <= 0 || mostLines <= 0)
        return;
    QTextOption option(Qt::AlignHCenter);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout.setFont(font);
    m_layout.setTextOption(option);
    m_layout.setText(inOneParagraph(text.left(mostCharacters)));
    Laid laid = lay(m_layout, width, mostLines);
    if (laid.restAt >= 0) {
        const QString rest = m_layout.text().mid(laid.restAt);
        // One pixel less: the elided line must not wrap once more by rounding.
        const QString elided = QFontMetrics(font).elidedText(rest, Qt::ElideRight, width - 1);
        m_layout.setText(m_layout.text().left(laid.restAt) + elided);
        laid = lay(m_layout, width, mostLines);
    }
    m_height = int(std::ceil(laid.height));
}

void WrappedText::draw(QPainter *painter, QPoint topLeft) const
{
    if (m_height > 0)
        m_layout.draw(painter, topLeft);
}

} // namespace plantain
