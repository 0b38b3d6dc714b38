#include "serverchoice.h"

#include "actions.h"
#include "addresssheet.h"
#include "errortext.h"
#include "keypage.h"
#include "messagestrip.h"
#include "runmodel.h"
#include "servers.h"
#include "session.h"
#include "settings.h"
#include "whenfinished.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype remembered = 5; ///< other servers in the menu

const QString sandbox = u"sandbox"_s;

} // namespace

ServerChoice::ServerChoice(Session &session, Settings &settings, const Actions &actions, MessageStrip &remark, QMainWindow *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_actions(actions)
    , m_remark(remark)
    , m_window(window)
    , m_menu(new QMenu(tr("&Server"), window->menuBar()))
    , m_group(new QActionGroup(this))
{
    connect(actions.otherServer, &QAction::triggered, this, &ServerChoice::openAddressSheet);
    connect(actions.enterKey, &QAction::triggered, this, &ServerChoice::openKeyPage);
    connect(m_group, &QActionGroup::triggered, this, [this](QAction *action) { choose(action->data().toString()); });
    connect(&session, &Session::serverChanged, this, &ServerChoice::show);
    connect(&session.servers().keys(), &Keys::changed, this, &ServerChoice::sayWhatItMeans);
    show();
}

void ServerChoice::fillMenu()
{
    m_menu->clear();
    for (QAction *action : m_group->actions())
        delete action;
    const QString chosen = m_session.server().name;
    QStringList names { sandbox, Server::fal().name };
    names += m_settings.otherServers;
    if (!names.contains(chosen))
        names.append(chosen);
    for (const QString &name : names) {
        QString text = serverText(name);
        text.replace(u'&', u"&&"_s);
        if (name == sandbox)
            text = tr("Sand&box");
        else if (name == Server::fal().name)
            text = tr("&fal");
        auto *action = new QAction(text, m_group);
        action->setCheckable(true);
        action->setChecked(name == chosen);
        action->setData(name);
        m_menu->addAction(action);
    }
    m_menu->addSeparator();
    m_menu->addAction(m_actions.otherServer);
    m_menu->addAction(m_actions.enterKey);
}

void ServerChoice::choose(const QString &server)
{
    if (const Result<void> chosen = m_session.servers().choose(server); !chosen) {
        m_remark.say(errorText(chosen.error()).sentence());
        return;
    }
    m_settings.server = server;
    if (server != sandbox && !m_session.server().isFal) {
        m_settings.otherServers.removeAll(server);
        m_settings.otherServers.prepend(server);
        m_settings.otherServers = m_settings.otherServers.first(std::min(remembered, m_settings.otherServers.size()));
    }
    Q_EMIT settingsChanged();
}

void ServerChoice::show()
{
    // The choice may come out of the menu itself, which must not lose its actions while it is at it.
    QMetaObject::invokeMethod(this, &ServerChoice::fillMenu, Qt::QueuedConnection);
    const Server &server = m_session.server();
    m_actions.enterKey->setText(tr("&Key of %1…").arg(QString(server.isSandbox ? Server::fal().name : server.name).replace(u'&', u"&&"_s)));
    m_said.reset();
    sayWhatItMeans();
    whenFinished(m_session.servers().loadKey(server.name), this, [this](const Keys::Done &) { sayWhatItMeans(); });
}

void ServerChoice::sayWhatItMeans()
{
    const Server &server = m_session.server();
    const Keys &keys = m_session.servers().keys();
    QString text;
    if (server.isSandbox)
        text = tr("Sandbox: placeholder pictures drawn on this machine, nothing is charged. Real ones come from fal, with a key of yours.");
    else if (server.isFal && keys.key(server.name).isEmpty() && !keys.isLoading(server.name))
        text = tr("fal draws for those who have a key. Until one is entered nothing can be sent; what you have written stays.");
    if (text == m_said)
        return;
    m_said = text;
    if (text.isEmpty())
        m_remark.dismiss();
    else
        m_remark.say(text, m_actions.enterKey);
}

void ServerChoice::openAddressSheet()
{
    auto *sheet = new AddressSheet(m_window);
    connect(sheet, &AddressSheet::entered, this, &ServerChoice::choose);
    sheet->show();
}

void ServerChoice::openKeyPage()
{
    const Server &server = m_session.server();
    openKeyPageOf(server.isSandbox ? Server::fal().name : server.name);
}

void ServerChoice::openKeyPageOfRun(const RunId &id)
{
    const std::optional<RunSummary> run = m_session.runs()->summary(id);
    if (run && run->server != sandbox)
        openKeyPageOf(run->server);
    else
        openKeyPage();
}

void ServerChoice::openKeyPageOf(const QString &server)
{
    if (m_keyPage && m_keyPage->server() != server)
        m_keyPage->close();
    if (!m_keyPage || m_keyPage->server() != server) {
        m_keyPage = new KeyPage(m_session, server, m_window);
        connect(m_keyPage, &KeyPage::serverWanted, this, &ServerChoice::choose);
    }
    m_keyPage->show();
    m_keyPage->activateWindow();
}

QString serverText(const QString &server)
{
    return server == sandbox ? ServerChoice::tr("Sandbox") : server;
}

} // namespace plantain
