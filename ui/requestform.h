#pragma once

#include <QPointer>
#include <QScrollArea>

namespace plantain {

class ParameterForm;
class ParameterModel;
class PromptField;
class PromptHistory;
class PromptList;
class ReferenceList;
class ReferenceModel;

/// Everything that makes a request, one above the other: prompt, references, parameters. Scrolls as a whole, so that
/// it works in a low window; usable from 320 px width.
class RequestForm final : public QScrollArea
{
    Q_OBJECT
public:
    RequestForm(ParameterModel &parameters, ReferenceModel &references, PromptHistory &prompts, QWidget *parent = nullptr);

    void focusPrompt();
    void openPrompts(); ///< the list of earlier ones
    PromptField *prompt() const { return m_prompt; }
    ReferenceList *references() const { return m_references; }
    ParameterForm *parameters() const { return m_parameters; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void generateRequested();

private:
    void bringIntoView(QWidget *widget);

    ParameterModel &m_model;
    PromptHistory &m_prompts;
    PromptField *m_prompt;
    ReferenceList *m_references;
    ParameterForm *m_parameters;
    QPointer<PromptList> m_list;
};

} // namespace plantain
