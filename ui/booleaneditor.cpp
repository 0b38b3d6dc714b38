#include "booleaneditor.h"

#include <QCheckBox>

using namespace Qt::StringLiterals;

namespace plantain {

BooleanEditor::BooleanEditor(const Parameter &parameter, QWidget *parent)
    : m_box(new QCheckBox(QString(parameter.title).replace(u'&', u"&&"_s), parent))
{
    if (parameter.defaultValue && parameter.defaultValue->is_boolean())
        m_default = parameter.defaultValue->get<bool>();
    connect(m_box, &QCheckBox::clicked, this,
            [this](bool checked) { Q_EMIT typed(checked ? u"true"_s : u"false"_s); });
}

QWidget *BooleanEditor::input() const
{
    return m_box;
}

void BooleanEditor::show(const FieldState &state, bool)
{
    std::optional<bool> shown = m_default;
    if (state.value)
        shown = state.value->is_boolean() ? std::optional(state.value->get<bool>()) : std::nullopt;
    // The third state cannot be reached by clicking.
    m_box->setTristate(!shown);
    m_box->setCheckState(!shown ? Qt::PartiallyChecked : *shown ? Qt::Checked : Qt::Unchecked);
    QFont font = m_box->font();
    font.setBold(state.isChanged);
    m_box->setFont(font);
}

} // namespace plantain
