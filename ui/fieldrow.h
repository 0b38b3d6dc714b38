#pragma once

#include "fieldeditor.h"

#include <functional>
#include <memory>

class QFormLayout;
class QLabel;
class QToolButton;

namespace plantain {

class NoteLabel;
class ParameterModel;

/// One row of the form: label, editor, reset, and what is wrong with it. Binds the editor to a row of the model.
class FieldRow final : public QObject
{
    Q_OBJECT
public:
    /// Adds its widgets to `form`, which lays out `parent`. The model outlives it.
    /// Labels beside their editor are `labelWidth` wide; longer titles wrap.
    FieldRow(ParameterModel &model, int row, int labelWidth, QFormLayout *form, QWidget *parent);
    ~FieldRow() override;

    /// What the title of a row needs, once it is bold.
    static int titleWidth(const QString &title, const QFont &font);

    int row() const { return m_row; }
    void refresh(); ///< from the model
    QWidget *input() const { return m_editor->input(); }
    QWidget *lastWidget() const; ///< what should be in view with it

private:
    void addTo(QFormLayout *form);
    void edit(const std::function<void()> &change);
    QString help() const;

    ParameterModel &m_model;
    int m_row;
    std::unique_ptr<FieldEditor> m_editor;
    QLabel *m_label = nullptr; ///< none when the editor holds its title itself
    QToolButton *m_reset;
    NoteLabel *m_warning;
    NoteLabel *m_error;
    bool m_editing = false;
};

} // namespace plantain
