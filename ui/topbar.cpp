#include "topbar.h"

#include "actions.h"
#include "calmcombobox.h"
#include "endpointmodel.h"
#include "plaintext.h"
#include "session.h"
#include "theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace plantain {

TopBar::TopBar(Session &session, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_endpoints(new CalmComboBox(this))
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

    auto *serverLabel = new QLabel(tr("Server"), this);
    serverLabel->setTextFormat(Qt::PlainText);
    auto *server = new QLabel(serverText(session), this);
    server->setObjectName(u"server"_s);
    server->setTextFormat(Qt::PlainText);
    QFont bold = server->font();
    bold.setWeight(QFont::DemiBold);
    server->setFont(bold);
    layout->addWidget(serverLabel);
    layout->addWidget(server);
    layout->addStretch(1);

    for (QAction *action : { actions.showForm, actions.showRuns, actions.showDetails }) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(tr("Show %1", "a panel").arg(action->text().remove(u'&')));
        layout->addWidget(button);
    }

    connect(m_endpoints, &QComboBox::activated, this, [this](int row) {
        if (const Endpoint *endpoint = m_session.endpoints()->endpoint(row))
            m_session.chooseEndpoint(endpoint->id);
    });
    connect(&session, &Session::endpointChanged, this, &TopBar::showEndpoint);
    showEndpoint();
}

void TopBar::showEndpoint()
{
    const Endpoint *endpoint = m_session.endpoint();
    m_endpoints->setCurrentIndex(endpoint ? m_session.endpoints()->rowOf(endpoint->id) : -1);
    m_endpoints->setEnabled(m_endpoints->count() > 0);
    m_endpoints->setToolTip(plainToolTip(endpoint ? endpoint->id.text + u'\n' + endpoint->description : QString()));
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, coloursOf(palette()).border);
}

QString serverText(const Session &session)
{
    const Server &server = session.server();
    return server.isSandbox ? TopBar::tr("Sandbox") : server.name;
}

} // namespace plantain
