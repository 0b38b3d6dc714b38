#include "engine.h"

#include <QRandomGenerator>
#include <QThread>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QByteArray randomToken()
{
    QByteArray bytes(24, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes.toHex();
}

} // namespace

Engine::Engine(Options options)
    : m_catalog(EndpointCatalog::load({ u":/endpoints"_s, options.paths.endpoints }, u":/prices.json"_s))
    , m_sandboxState(options.paths.sandbox)
    , m_decodePool(QThread::idealThreadCount())
    , m_library(options.library.isEmpty() ? options.paths.library : options.library)
    , m_keys(std::move(options.keyStore))
    , m_servers(m_keys, [this] { return startSandbox(); })
{
}

Result<std::unique_ptr<Engine>> Engine::make(Options options)
{
    const QByteArray key = options.key;
    const QString server = options.server;
    const QString uploadRules = options.paths.uploads;
    std::unique_ptr<Engine> engine(new Engine(std::move(options)));
    const Result<UploadRules> rules = UploadRules::load({ u":/uploads.json"_s, uploadRules });
    if (!rules)
        return failure(rules.error());
    engine->m_servers.setUploadRules(*rules);
    if (!server.isEmpty()) {
        if (const Result<void> chosen = engine->m_servers.choose(server); !chosen)
            return failure(chosen.error());
    }
    const Server &chosen = engine->m_servers.chosen();
    if (!key.isEmpty())
        engine->m_keys.setFromEnvironment(chosen.isSandbox ? Server::fal().name : chosen.name, key);
    return engine;
}

Result<Servers::Local> Engine::startSandbox()
{
    const QByteArray token = randomToken();
    auto sandbox = Sandbox::start({ .token = token, .state = m_sandboxState }, m_catalog);
    if (!sandbox)
        return failure(sandbox.error());
    m_sandbox = std::move(*sandbox);
    return Servers::Local { Server::at(m_sandbox->base(), true), token };
}

} // namespace plantain
