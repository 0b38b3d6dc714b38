#pragma once

#include "command.h"
#include "commandline.h"
#include "paths.h"
#include "sandbox.h"

namespace plantain {

/// `plantain sandbox`: the built-in server alone, until it is ended. Any well-formed key is accepted.
class SandboxCommand final : public Command
{
    Q_OBJECT
public:
    SandboxCommand(const CommandLine &line, const Paths &paths);

    void start() override;
    void interrupt() override { Q_EMIT finished(Good); }

private:
    const CommandLine m_line;
    EndpointCatalog m_catalog;
    std::unique_ptr<Sandbox> m_sandbox;
};

} // namespace plantain
