#include "requestform.h"

#include "notelabel.h"
#include "parameterform.h"
#include "parametermodel.h"
#include "promptedit.h"
#include "promptfield.h"
#include "promptlist.h"
#include "promptmentions.h"
#include "referencelist.h"
#include "theme.h"

#include <QTimer>
#include <QVBoxLayout>

namespace plantain {

RequestForm::RequestForm(ParameterModel &parameters, ReferenceModel &references, PromptHistory &prompts, QWidget *parent)
    : QScrollArea(parent)
    , m_model(parameters)
    , m_prompts(prompts)
{
    auto *body = new QWidget(this);
    m_prompt = new PromptField(parameters, prompts, body);
    m_references = new ReferenceList(references, body);
    m_parameters = new ParameterForm(parameters, body);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(spacing::page, spacing::page, spacing::page, spacing::page);
    layout->setSpacing(spacing::group);
    layout->addWidget(m_prompt);
    auto *mentions = new PromptMentions(*m_prompt->edit(), references);
    layout->addWidget(mentions->note());
    layout->addWidget(m_references);
    layout->addWidget(m_parameters);
    layout->addStretch(1);
    setWidget(body);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);

    connect(m_prompt, &PromptField::generateRequested, this, &RequestForm::generateRequested);
    connect(m_prompt, &PromptField::historyRequested, this, &RequestForm::openPrompts);
    connect(m_prompt->edit(), &PromptEdit::given, m_references,
            [this](const GivenPictures &pictures) {
                if (!m_references->isHidden())
                    m_references->take(pictures);
            });
    connect(m_prompt, &PromptField::shownAt, this, &RequestForm::bringIntoView);
    connect(m_references, &ReferenceList::shownAt, this, &RequestForm::bringIntoView);
    connect(m_parameters, &ParameterForm::shownAt, this, &RequestForm::bringIntoView);
}

void RequestForm::focusPrompt()
{
    m_prompt->edit()->setFocus(Qt::OtherFocusReason);
    bringIntoView(m_prompt); // with its heading
}

void RequestForm::openPrompts()
{
    if (m_list) {
        m_list->raise();
        m_list->activateWindow();
        return;
    }
    m_list = new PromptList(m_prompts, window());
    connect(m_list, &PromptList::chosen, this, [this](const QString &prompt) {
        if (m_model.promptRow() < 0)
            return;
        m_model.setText(m_model.promptRow(), prompt);
        focusPrompt();
    });
    m_list->show();
}

QSize RequestForm::sizeHint() const
{
    return { 340, 480 };
}

void RequestForm::bringIntoView(QWidget *widget)
{
    // Once the layout has given the sentence its place.
    QTimer::singleShot(0, widget, [this, widget] { ensureWidgetVisible(widget, 0, spacing::page); });
}

} // namespace plantain
