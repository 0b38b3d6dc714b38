#include "generatepanel.h"

#include "examplesmenu.h"
#include "endpoint.h"
#include "errortext.h"
#include "explain.h"
#include "generatewords.h"
#include "icons.h"
#include "form.h"
#include "jsonpage.h"
#include "originnote.h"
#include "referencelist.h"
#include "requestform.h"
#include "session.h"
#include "theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// As the form stands: what is set, else the default; 0 when the endpoint has no such parameter.
int imagesAsked(const ParameterModel &parameters)
{
    const int row = parameters.rowOf(u"num_images"_s);
    if (row < 0)
        return 0;
    const auto value = parameters.value(row) ? parameters.value(row) : parameters.parameter(row).defaultValue;
    return value && value->is_number_integer() ? static_cast<int>(value->get<std::int64_t>()) : 0;
}

} // namespace

GeneratePanel::GeneratePanel(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_form(new RequestForm(*session.parameters(), *session.references(), *session.prompts(), this))
    , m_json(new JsonPage(session, this))
    , m_asForm(new QToolButton(this))
    , m_asJson(new QToolButton(this))
    , m_generate(new QPushButton(this))
{
    m_generate->setObjectName(u"generate"_s);
    m_generate->setProperty(primaryProperty, true);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(spacing::page, spacing::related, spacing::page, spacing::page);
    foot->setSpacing(spacing::related);
    foot->addWidget(new OriginNote(*session.form(), this));
    foot->addWidget(m_generate);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_form, 1);
    layout->addWidget(m_json, 1);
    m_json->hide();
    layout->addLayout(foot);

    connect(m_generate, &QPushButton::clicked, this, &GeneratePanel::generate);
    connect(m_form, &RequestForm::generateRequested, this, &GeneratePanel::generate);
    connect(m_form->references(), &ReferenceList::endpointWanted, session.form(), &Form::chooseEndpoint);
    connect(m_form->references(), &ReferenceList::fetchWanted, &session, &Session::fetchReference);
    connect(m_form->references(), &ReferenceList::pictureGiven, session.form(), &Form::addPicture);
    connect(&m_session, &Session::draftChanged, this, &GeneratePanel::refreshButton);
    connect(&m_session, &Session::endpointChanged, this, &GeneratePanel::refreshButton);
    connect(&m_session, &Session::blockedChanged, this, &GeneratePanel::refreshButton);
    refreshButton();
}

QWidget *GeneratePanel::makeHead()
{
    auto *head = new QWidget(this);
    auto *shownAs = new QButtonGroup(head);
    const auto dress = [shownAs](QToolButton *button, const QString &text, const QString &help) {
        button->setText(text);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setMinimumHeight(spacing::control);
        explain(button, help);
        shownAs->addButton(button);
    };
    dress(m_asForm, tr("Form"), tr("The request as a form (Ctrl+J)"));
    dress(m_asJson, tr("JSON"), tr("Exactly what would be sent, to read, copy and edit (Ctrl+J)"));
    m_asForm->setChecked(true);
    auto *examples = new QToolButton(head);
    examples->setObjectName(u"examples"_s);
    examples->setText(tr("Examples"));
    examples->setAutoRaise(true);
    examples->setFocusPolicy(Qt::StrongFocus);
    examples->setMinimumHeight(spacing::control);
    examples->setIcon(iconNamed(u"chevron-down"_s));
    examples->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    examples->setLayoutDirection(Qt::RightToLeft); // the arrow behind the word
    auto *menu = new ExamplesMenu(m_session, this);
    connect(examples, &QToolButton::clicked, menu, [examples, menu] {
        menu->popup(examples->mapToGlobal(QPoint(examples->width() - menu->sizeHint().width(), examples->height())));
    });
    examples->setMinimumWidth(examples->sizeHint().width() + spacing::related);
    explain(examples, tr("Fill in an example; undo brings back what stood here"));
    examples->setVisible(!menu->isEmpty());

    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(spacing::related, spacing::tight, spacing::related, 0);
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_asForm);
    layout->addWidget(m_asJson);
    layout->addStretch(1);
    layout->addWidget(examples);
    connect(m_asJson, &QToolButton::toggled, this, &GeneratePanel::showJson);
    return head;
}

void GeneratePanel::showJson(bool json)
{
    if (json != m_json->isHidden())
        return;
    const QWidget *focused = window()->focusWidget();
    const bool hadFocus = focused && (m_form->isAncestorOf(focused) || m_json->isAncestorOf(focused));
    if (!json)
        m_json->commit();
    (json ? m_asJson : m_asForm)->setChecked(true);
    m_form->setVisible(!json);
    m_json->setVisible(json);
    if (hadFocus)
        focusPrompt();
    Q_EMIT jsonShown(json);
}

void GeneratePanel::generate()
{
    if (!m_json->isHidden() && !m_json->commit()) {
        m_json->edit()->setFocus(Qt::OtherFocusReason); // where it says why
        return;
    }
    m_session.generate();
}

void GeneratePanel::focusPrompt()
{
    if (!m_json->isHidden()) {
        m_json->edit()->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_form->focusPrompt();
}

void GeneratePanel::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    // Where the scrolling part ends.
    QPainter painter(this);
    painter.fillRect(0, (m_json->isHidden() ? static_cast<QWidget *>(m_form) : m_json)->geometry().bottom() + 1, width(), 1, coloursOf(palette()).border);
}

void GeneratePanel::refreshButton()
{
    const std::optional<Price> price = m_session.priceOfDraft();
    const bool isSandbox = m_session.server().isSandbox;
    m_generate->setEnabled(m_session.endpoint() && !m_session.blocked());
    m_generate->setText(generateText(imagesAsked(*m_session.parameters()), price, isSandbox));
    QStringList lines { tr("Send the prompt with these parameters (Ctrl+Return)") };
    if (isSandbox)
        lines.append(tr("Pictures are drawn on this machine; nothing is charged."));
    else if (price && !price->formula.isEmpty())
        lines.append(price->formula);
    else if (!price)
        lines.append(tr("The price of this endpoint is not known."));
    const Endpoint *endpoint = m_session.endpoint();
    if (price && price->amount > 0 && endpoint && endpoint->price && endpoint->price->asOf.isValid())
        lines.append(tr("Prices as of %1: %2").arg(QLocale().toString(endpoint->price->asOf, QLocale::ShortFormat), endpoint->price->source));
    if (m_session.blocked())
        lines = QStringList { errorText(*m_session.blocked()).sentence() };
    explain(m_generate, lines.join(u'\n'));
}

} // namespace plantain
