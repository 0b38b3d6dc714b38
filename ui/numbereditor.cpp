#include "numbereditor.h"

#include "numberbox.h"

namespace plantain {

namespace {

NumberBox::Range rangeOf(const Parameter &parameter)
{
    NumberBox::Range range;
    range.whole = parameter.kind == ParameterKind::Integer;
    range.minimum = parameter.minimum;
    range.maximum = parameter.maximum;
    if (parameter.multipleOf && *parameter.multipleOf > 0)
        range.step = *parameter.multipleOf;
    else if (!range.whole)
        range.step = range.minimum && range.maximum && *range.maximum > *range.minimum
            ? (*range.maximum - *range.minimum) / 20
            : 0.1;
    // An open end is not part of the range; the next step is.
    if (parameter.exclusiveMinimum)
        range.minimum = *parameter.exclusiveMinimum + range.step;
    if (parameter.exclusiveMaximum)
        range.maximum = *parameter.exclusiveMaximum - range.step;
    if (parameter.defaultValue && parameter.defaultValue->is_number())
        range.start = parameter.defaultValue->get<double>();
    return range;
}

} // namespace

NumberEditor::NumberEditor(const Parameter &parameter, QWidget *parent)
    : m_box(new NumberBox(rangeOf(parameter), parent))
{
    connect(m_box, &NumberBox::typed, this, &FieldEditor::typed);
    connect(m_box, &QAbstractSpinBox::editingFinished, this, &FieldEditor::left);
}

QWidget *NumberEditor::input() const
{
    return m_box;
}

void NumberEditor::show(const FieldState &state, bool keepText)
{
    m_box->setPlaceholder(state.placeholder);
    if (!keepText)
        m_box->showText(state.text);
}

} // namespace plantain
