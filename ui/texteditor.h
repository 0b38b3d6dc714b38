#pragma once

#include "fieldeditor.h"

class QLineEdit;

namespace plantain {

/// One line: short text, an address.
class TextEditor final : public FieldEditor
{
    Q_OBJECT
public:
    TextEditor(const Parameter &parameter, QWidget *parent);

    QWidget *input() const override;
    void show(const FieldState &state, bool keepText) override;

private:
    QLineEdit *m_line;
};

} // namespace plantain
