#pragma once

#include "fieldeditor.h"

class QLineEdit;

namespace plantain {

/// One line of short text.
class TextEditor final : public FieldEditor
{
    Q_OBJECT
public:
    explicit TextEditor(QWidget *parent);

    QWidget *input() const override;
    void show(const FieldState &state, bool keepText) override;

private:
    QLineEdit *m_line;
};

} // namespace plantain
