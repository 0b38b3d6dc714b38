#include "sandboxcommand.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace plantain {

SandboxCommand::SandboxCommand(const CommandLine &line, const Paths &paths)
    : m_line(line)
    , m_catalog(EndpointCatalog::load({ u":/endpoints"_s, paths.endpoints }, u":/prices.json"_s))
{
}

void SandboxCommand::start()
{
    auto sandbox = Sandbox::start({ .port = m_line.port,
                                    .latencySeconds = m_line.latencySeconds,
                                    .concurrency = m_line.concurrency,
                                    .token = {},
                                    .pictures = m_line.pictures,
                                    .ledger = m_line.ledger },
                                  m_catalog);
    if (!sandbox) {
        complain(sandbox.error());
        Q_EMIT finished(Bad);
        return;
    }
    m_sandbox = std::move(*sandbox);
    std::printf("Sandbox listening on %s\n", m_sandbox->base().toEncoded().constData());
    std::fflush(stdout);
}

} // namespace plantain
