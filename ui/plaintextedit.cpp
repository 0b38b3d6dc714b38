#include "plaintextedit.h"

#include "plaintext.h"

#include <QEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace plantain {

PlainTextEdit::PlainTextEdit(int leastLines, int mostLines, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_leastLines(leastLines)
    , m_mostLines(mostLines)
    , m_lines(leastLines)
{
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QPlainTextEdit::textChanged, this, &PlainTextEdit::fit);
}

int PlainTextEdit::heightOf(int lines) const
{
    const int margin = qRound(document()->documentMargin());
    const int slack = fontMetrics().lineSpacing() / 2; // a line that only just fits is scrolled
    return lines * fontMetrics().lineSpacing() + slack + 2 * margin + 2 * frameWidth();
}

QString PlainTextEdit::text() const
{
    return textOf(*document());
}

void PlainTextEdit::showText(const QString &text)
{
    const QString before = this->text();
    const qsizetype shorter = std::min(before.size(), text.size());
    qsizetype start = 0;
    while (start < shorter && before[start] == text[start])
        ++start;
    qsizetype end = 0;
    while (end < shorter - start && before[before.size() - 1 - end] == text[text.size() - 1 - end])
        ++end;
    // Never between the halves of one character.
    if (start > 0 && before[start - 1].isHighSurrogate())
        --start;
    if (end > 0 && before[before.size() - end].isLowSurrogate())
        --end;
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(start));
    cursor.setPosition(static_cast<int>(before.size() - end), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(start, text.size() - end - start));
    setTextCursor(cursor);
}

QSize PlainTextEdit::sizeHint() const
{
    return { fontMetrics().averageCharWidth() * 40, heightOf(m_lines) };
}

QSize PlainTextEdit::minimumSizeHint() const
{
    return { fontMetrics().averageCharWidth() * 12, heightOf(m_lines) };
}

int PlainTextEdit::visualLines() const
{
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines <= m_mostLines; block = block.next()) {
        // Only blocks that were shown are laid out; the others count by an estimate.
        const int laidOut = block.layout()->lineCount();
        const int perLine = std::max(1, viewport()->width() / std::max(1, fontMetrics().averageCharWidth()));
        lines += laidOut > 0 ? laidOut : 1 + block.length() / perLine;
    }
    return lines;
}

void PlainTextEdit::fit()
{
    const int needed = visualLines();
    // A bar that comes and goes while the box grows would change the lines it is made for.
    setVerticalScrollBarPolicy(needed > m_mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int lines = std::clamp(needed, m_leastLines, m_mostLines);
    if (lines == m_lines)
        return;
    m_lines = lines;
    updateGeometry();
}

void PlainTextEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT left();
}

void PlainTextEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fit();
}

void PlainTextEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

bool PlainTextEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() && !source->hasUrls();
}

void PlainTextEdit::insertFromMimeData(const QMimeData *source)
{
    if (source->hasText())
        insertPlainText(source->text());
}

} // namespace plantain
