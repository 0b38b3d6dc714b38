#pragma once

#include "fieldeditor.h"


namespace plantain {

class CalmComboBox;

/// One of a list. The default stands chosen while nothing is set; where there is no default, "not set" is an entry.
/// Ratios show their shape, other choices what is known of them.
class ChoiceEditor final : public FieldEditor
{
    Q_OBJECT
public:
    ChoiceEditor(const Parameter &parameter, QWidget *parent);

    QWidget *input() const override;
    void show(const FieldState &state, bool keepText) override;
    bool eventFilter(QObject *watched, QEvent *event) override; ///< the box gets another palette

private:
    void activated(int index);
    void drawShapes();
    void choose(const FieldState &state);

    const std::vector<Json> m_choices;
    const std::optional<Json> m_default;
    CalmComboBox *m_combo;
    int m_foreign = -1; ///< entry for a value that is not among the choices
};

} // namespace plantain
