#include "texteditor.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace plantain {

TextEditor::TextEditor(QWidget *parent)
    : m_line(new QLineEdit(parent))
{
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::typed);
    connect(m_line, &QLineEdit::editingFinished, this, &FieldEditor::left);
}

QWidget *TextEditor::input() const
{
    return m_line;
}

void TextEditor::show(const FieldState &state, bool keepText)
{
    m_line->setPlaceholderText(state.placeholder);
    if (!keepText && m_line->text() != state.text)
        m_line->setText(state.text);
}

} // namespace plantain
