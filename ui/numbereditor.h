#pragma once

#include "fieldeditor.h"

namespace plantain {

class NumberBox;

/// A whole or a real number, with or without bounds.
class NumberEditor final : public FieldEditor
{
    Q_OBJECT
public:
    NumberEditor(const Parameter &parameter, QWidget *parent);

    QWidget *input() const override;
    void show(const FieldState &state, bool keepText) override;

private:
    NumberBox *m_box;
};

} // namespace plantain
