#include "longtexteditor.h"

#include "plaintextedit.h"

#include <QFontDatabase>

using namespace Qt::StringLiterals;

namespace plantain {

LongTextEditor::LongTextEditor(const Parameter &parameter, QWidget *parent)
    : m_edit(new PlainTextEdit(2, 8, parent))
{
    m_edit->setUndoRedoEnabled(false); // the form has one history
    if (parameter.kind == ParameterKind::Json) {
        m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        m_hint = tr("JSON");
    } else if (parameter.kind == ParameterKind::UrlList) {
        m_hint = tr("One address a line");
    }
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_showing)
            Q_EMIT typed(m_edit->text());
    });
    connect(m_edit, &PlainTextEdit::left, this, &FieldEditor::left);
}

QWidget *LongTextEditor::input() const
{
    return m_edit;
}

void LongTextEditor::show(const FieldState &state, bool keepText)
{
    m_edit->setPlaceholderText(state.placeholder.isEmpty() ? m_hint : state.placeholder);
    if (keepText || m_edit->text() == state.text)
        return;
    m_showing = true;
    m_edit->showText(state.text);
    m_showing = false;
}

} // namespace plantain
