#include "selectabletext.h"

#include "searchquery.h"
#include "theme.h"

#include <QTextDocument>
#include <QWheelEvent>

#include <cmath>

namespace plantain {

SelectableText::SelectableText(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setAcceptRichText(false);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    fit();
}

void SelectableText::setShown(const QString &text)
{
    if (text == toPlainText())
        return;
    setPlainText(text);
    markWords();
    fit();
}

void SelectableText::setMarkedWords(const QStringList &words)
{
    if (words == m_marked)
        return;
    m_marked = words;
    markWords();
}

void SelectableText::markWords()
{
    QList<ExtraSelection> selections;
    QTextCharFormat marked;
    marked.setBackground(coloursOf(palette()).accent);
    marked.setForeground(coloursOf(palette()).onAccent);
    for (const auto &[at, length] : placesOf(m_marked, toPlainText())) {
        QTextCursor cursor(document());
        cursor.setPosition(int(at));
        cursor.setPosition(int(at + length), QTextCursor::KeepAnchor);
        selections.append({ cursor, marked });
    }
    setExtraSelections(selections);
}

QSize SelectableText::sizeHint() const
{
    return { 120, height() };
}

QSize SelectableText::minimumSizeHint() const
{
    return { 40, height() };
}

void SelectableText::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fit();
}

void SelectableText::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the panel around it scrolls
}

void SelectableText::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void SelectableText::fit()
{
    setFixedHeight(heightFor(viewport()->width()));
}

int SelectableText::heightFor(int width) const
{
    if (document()->isEmpty() && !placeholderText().isEmpty()) {
        // The placeholder is no part of the document.
        return fontMetrics().boundingRect(QRect(0, 0, width, 10000), Qt::TextWordWrap, placeholderText()).height();
    }
    document()->setTextWidth(width);
    return int(std::ceil(document()->size().height()));
}

} // namespace plantain
