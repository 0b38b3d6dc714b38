#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace plantain {

class NoteLabel;
class ParameterModel;
class PromptEdit;
class PromptHistory;

/// The prompt's place at the top of the form: title, count of characters, edit, what is wrong. Alt+Up and Alt+Down
/// step through earlier prompts, with what stood there as the newest. Hidden when the
/// endpoint has no prompt.
class PromptField final : public QWidget
{
    Q_OBJECT
public:
    PromptField(ParameterModel &model, const PromptHistory &history, QWidget *parent = nullptr);
    ~PromptField() override;

    PromptEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void generateRequested();
    void historyRequested(); ///< the list of earlier prompts is asked for
    void shownAt(QWidget *widget); ///< an error appeared after a press

private:
    void refresh();
    void refreshText();
    void refreshCount();
    void step(int by);

    ParameterModel &m_model;
    const PromptHistory &m_history;
    int m_stepped = -1; ///< row of the history that is shown; -1: what was written
    QString m_written; ///< what stood there before stepping
    QLabel *m_title;
    NoteLabel *m_count;
    PromptEdit *m_edit;
    NoteLabel *m_error;
    bool m_writing = false; ///< by a person, right now
    bool m_showing = false;
};

} // namespace plantain
