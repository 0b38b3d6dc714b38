#include "servers.h"

#include "falclient.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

const QString sandboxName = u"sandbox"_s;

} // namespace

Servers::Servers(Keys &keys, StartSandbox startSandbox, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_startSandbox(std::move(startSandbox))
    , m_chosen { .name = sandboxName, .isSandbox = true }
{
}

Servers::~Servers() = default;

Result<FalClient *> Servers::client(const QString &name)
{
    if (const auto found = m_clients.find(name); found != m_clients.end())
        return found->second.get();
    std::unique_ptr<FalClient> made;
    if (name == sandboxName) {
        Result<Local> local = m_startSandbox();
        if (!local)
            return failure(local.error());
        made = std::make_unique<FalClient>(local->server, [key = local->key] { return key; });
    } else {
        const Result<Server> server = Server::parse(name);
        if (!server)
            return failure(server.error());
        made = std::make_unique<FalClient>(*server, [this, name] { return m_keys.key(name); });
    }
    return m_clients.emplace(name, std::move(made)).first->second.get();
}

QFuture<Keys::Done> Servers::loadKey(const QString &name)
{
    return name == sandboxName ? QtFuture::makeReadyFuture(Keys::Done()) : m_keys.load(name);
}

Result<void> Servers::choose(const QString &name)
{
    Server next { .name = sandboxName, .isSandbox = true };
    if (name != sandboxName) {
        Result<Server> server = Server::parse(name);
        if (!server)
            return failure(server.error());
        next = *std::move(server);
    }
    if (next == m_chosen)
        return {};
    m_chosen = std::move(next);
    Q_EMIT chosenChanged();
    return {};
}

} // namespace plantain
