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

Engine::Engine(const Options &options)
    : m_catalog(EndpointCatalog::load({ u":/endpoints"_s, options.paths.endpoints }, u":/prices.json"_s))
    , m_decodePool(QThread::idealThreadCount())
    , m_library(options.library.isEmpty() ? options.paths.library : options.library)
{
}

Result<std::unique_ptr<Engine>> Engine::make(const Options &options)
{
    std::unique_ptr<Engine> engine(new Engine(options));
    if (options.server.isEmpty() || options.server == "sandbox"_L1) {
        const QByteArray token = randomToken();
        auto sandbox = Sandbox::start({ .token = token }, engine->m_catalog);
        if (!sandbox)
            return failure(sandbox.error());
        engine->m_sandbox = std::move(*sandbox);
        engine->m_client = std::make_unique<FalClient>(Server::at(engine->m_sandbox->base(), true),
                                                       [token] { return token; });
        return engine;
    }
    const Result<Server> server = Server::parse(options.server);
    if (!server)
        return failure(server.error());
    engine->m_client = std::make_unique<FalClient>(*server, [key = options.key] { return key; });
    return engine;
}

} // namespace plantain
