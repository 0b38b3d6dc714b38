#include "generatepanel.h"

#include "explain.h"
#include "generatewords.h"
#include "parametermodel.h"
#include "requestform.h"
#include "session.h"
#include "theme.h"

#include <QPainter>
#include <QPushButton>
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
    , m_form(new RequestForm(*session.parameters(), *session.references(), this))
    , m_generate(new QPushButton(this))
{
    m_generate->setObjectName(u"generate"_s);
    m_generate->setProperty(primaryProperty, true);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(spacing::page, spacing::related, spacing::page, spacing::page);
    foot->addWidget(m_generate);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_form, 1);
    layout->addLayout(foot);

    connect(m_generate, &QPushButton::clicked, &m_session, &Session::generate);
    connect(m_form, &RequestForm::generateRequested, &m_session, &Session::generate);
    connect(&m_session, &Session::draftChanged, this, &GeneratePanel::refreshButton);
    connect(&m_session, &Session::endpointChanged, this, &GeneratePanel::refreshButton);
    refreshButton();
}

void GeneratePanel::focusPrompt()
{
    m_form->focusPrompt();
}

void GeneratePanel::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    // Where the scrolling part ends.
    QPainter painter(this);
    painter.fillRect(0, m_form->geometry().bottom() + 1, width(), 1, coloursOf(palette()).border);
}

void GeneratePanel::refreshButton()
{
    const std::optional<Price> price = m_session.priceOfDraft();
    const bool isSandbox = m_session.server().isSandbox;
    m_generate->setEnabled(m_session.endpoint() != nullptr);
    m_generate->setText(generateText(imagesAsked(*m_session.parameters()), price, isSandbox));
    QStringList lines { tr("Send the prompt with these parameters (Ctrl+Return)") };
    if (isSandbox)
        lines.append(tr("Pictures are drawn on this machine; nothing is charged."));
    else if (price && !price->formula.isEmpty())
        lines.append(price->formula);
    else if (!price)
        lines.append(tr("The price of this endpoint is not known."));
    explain(m_generate, lines.join(u'\n'));
}

} // namespace plantain
