#pragma once

#include <QString>
#include <QTextLayout>

class QPainter;

namespace plantain {

/// Plain text laid out in the middle of a width, at most so many lines, the last one elided. For delegates.
class WrappedText
{
public:
    WrappedText(const QString &text, const QFont &font, int width, int mostLines);

    int height() const { return m_height; }
    void draw(QPainter *painter, QPoint topLeft) const; ///< in the painter's pen

private:
    QTextLayout m_layout;
    int m_height = 0;
};

} // namespace plantain
