#pragma once

#include "fieldeditor.h"

class QComboBox;

namespace plantain {

/// One of a list. The default stands chosen while nothing is set; where there is no default, "not set" is an entry.
class ChoiceEditor final : public FieldEditor
{
    Q_OBJECT
public:
    ChoiceEditor(const Parameter &parameter, QWidget *parent);

    QWidget *input() const override;
    void show(const FieldState &state, bool keepText) override;

private:
    void activated(int index);

    const std::vector<Json> m_choices;
    const std::optional<Json> m_default;
    QComboBox *m_combo;
    int m_foreign = -1; ///< entry for a value that is not among the choices
};

} // namespace plantain
