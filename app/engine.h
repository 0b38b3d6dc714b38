#pragma once

#include "decodepool.h"
#include "endpointcatalog.h"
#include "keys.h"
#include "library.h"
#include "paths.h"
#include "sandbox.h"
#include "servers.h"

namespace plantain {

/// Everything below a window or a command, built once, in the order of dependence: the composition root's lower half.
class Engine
{
public:
    struct Options
    {
        Paths paths;
        QString server; ///< the chosen one: "sandbox" (also when empty), "fal" or a URL
        QString library; ///< folder; empty: the default one
        QByteArray key; ///< from the environment: of the chosen server, of fal when that is the sandbox; empty: none
        std::unique_ptr<KeyStore> keyStore; ///< null: keys are for the session alone
    };

    /// Nothing of the library is touched before library().open(); the sandbox starts when a run needs it.
    /// Error: InvalidInput, a server that is none.
    static Result<std::unique_ptr<Engine>> make(Options options);

    const EndpointCatalog &catalog() const { return m_catalog; }
    DecodePool &decodePool() { return m_decodePool; }
    Library &library() { return m_library; }
    Servers &servers() { return m_servers; }

private:
    explicit Engine(Options options);
    Result<Servers::Local> startSandbox();

    EndpointCatalog m_catalog;
    const QString m_sandboxState; // folder
    DecodePool m_decodePool;
    std::unique_ptr<Sandbox> m_sandbox;
    Library m_library;
    Keys m_keys;
    Servers m_servers;
};

} // namespace plantain
