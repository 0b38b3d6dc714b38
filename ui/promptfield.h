#pragma once

#include <QWidget>

class QLabel;

namespace plantain {

class NoteLabel;
class ParameterModel;
class PromptEdit;

/// The prompt's place at the top of the form: title, count of characters, edit, what is wrong. Hidden when the
/// endpoint has no prompt.
class PromptField final : public QWidget
{
    Q_OBJECT
public:
    explicit PromptField(ParameterModel &model, QWidget *parent = nullptr);
    ~PromptField() override;

    PromptEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void generateRequested();
    void shownAt(QWidget *widget); ///< an error appeared after a press

private:
    void refresh();
    void refreshText();
    void refreshCount();

    ParameterModel &m_model;
    QLabel *m_title;
    NoteLabel *m_count;
    PromptEdit *m_edit;
    NoteLabel *m_error;
    bool m_writing = false; ///< by a person, right now
    bool m_showing = false;
};

} // namespace plantain
