#pragma once

#include "fieldeditor.h"

namespace plantain {

class PlainTextEdit;

/// Several lines: long text, a list of addresses (one a line), and JSON for every kind that has no editor of its own.
class LongTextEditor final : public FieldEditor
{
    Q_OBJECT
public:
    LongTextEditor(const Parameter &parameter, QWidget *parent);

    QWidget *input() const override;
    LabelPlace labelPlace() const override { return LabelPlace::Above; }
    void show(const FieldState &state, bool keepText) override;

private:
    PlainTextEdit *m_edit;
    QString m_hint; ///< shown empty, where there is no default
    bool m_showing = false;
};

} // namespace plantain
