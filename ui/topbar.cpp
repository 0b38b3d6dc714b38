#include "topbar.h"

#include "actions.h"
#include "calmcombobox.h"
#include "endpointmodel.h"
#include "explain.h"
#include "iconbutton.h"
#include "plaintext.h"
#include "serverchoice.h"
#include "session.h"
#include "theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace plantain {

TopBar::TopBar(Session &session, const Actions &actions, QMenu *servers, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_endpoints(new CalmComboBox(this))
    , m_server(new QPushButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::page, 6, spacing::related, 6);
    layout->setSpacing(spacing::related);

    auto *endpointLabel = new QLabel(tr("&Endpoint"), this);
    endpointLabel->setTextFormat(Qt::PlainText);
    endpointLabel->setBuddy(m_endpoints);
    m_endpoints->setObjectName(u"endpoint"_s);
    m_endpoints->setModel(session.endpoints());
    m_endpoints->setAccessibleName(tr("Endpoint"));
    m_endpoints->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_endpoints->setMaximumWidth(320);
    layout->addWidget(endpointLabel);
    layout->addWidget(m_endpoints);
    layout->addSpacing(spacing::group - spacing::related);

    auto *serverLabel = new QLabel(tr("Ser&ver"), this);
    serverLabel->setTextFormat(Qt::PlainText);
    serverLabel->setBuddy(m_server);
    m_server->setObjectName(u"server"_s);
    m_server->setMenu(servers);
    layout->addWidget(serverLabel);
    layout->addWidget(m_server);
    layout->addStretch(1);

    for (QAction *action : { actions.showForm, actions.showRuns, actions.showDetails }) {
        auto *button = actionButton(action, this);
        button->setAccessibleName(tr("Show %1", "a panel").arg(action->text().remove(u'&')));
        layout->addWidget(button);
    }

    connect(m_endpoints, &QComboBox::activated, this, [this](int row) {
        if (const Endpoint *endpoint = m_session.endpoints()->endpoint(row))
            m_session.chooseEndpoint(endpoint->id);
    });
    connect(&session, &Session::endpointChanged, this, &TopBar::showEndpoint);
    connect(&session, &Session::serverChanged, this, &TopBar::showServer);
    showEndpoint();
    showServer();
}

void TopBar::showEndpoint()
{
    const Endpoint *endpoint = m_session.endpoint();
    m_endpoints->setCurrentIndex(endpoint ? m_session.endpoints()->rowOf(endpoint->id) : -1);
    m_endpoints->setEnabled(m_endpoints->count() > 0);
    m_endpoints->setToolTip(plainToolTip(endpoint ? endpoint->id.text + u'\n' + endpoint->description : QString()));
}

void TopBar::showServer()
{
    constexpr int widest = 240;
    const QString text = serverText(m_session.server().name);
    QString shown = fontMetrics().elidedText(text, Qt::ElideMiddle, widest);
    m_server->setText(shown.replace(u'&', u"&&"_s));
    m_server->setAccessibleName(tr("Server: %1").arg(text));
    explain(m_server, tr("Where new runs go: %1. Runs under way stay where they are.").arg(text));
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, coloursOf(palette()).border);
}

} // namespace plantain
