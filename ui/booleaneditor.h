#pragma once

#include "fieldeditor.h"

class QCheckBox;

namespace plantain {

/// Yes or no; half checked while it is unset and has no default.
class BooleanEditor final : public FieldEditor
{
    Q_OBJECT
public:
    BooleanEditor(const Parameter &parameter, QWidget *parent);

    QWidget *input() const override;
    LabelPlace labelPlace() const override { return LabelPlace::Inside; }
    void show(const FieldState &state, bool keepText) override;

private:
    std::optional<bool> m_default;
    QCheckBox *m_box;
};

} // namespace plantain
