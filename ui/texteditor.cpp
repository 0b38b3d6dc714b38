#include "texteditor.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace plantain {

TextEditor::TextEditor(const Parameter &parameter, QWidget *parent)
    : m_line(new QLineEdit(parent))
{
    if (parameter.kind == ParameterKind::Url)
        m_line->setInputMethodHints(Qt::ImhUrlCharactersOnly);
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
