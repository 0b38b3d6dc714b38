#pragma once

#include "decodepool.h"
#include "endpointcatalog.h"
#include "falclient.h"
#include "library.h"
#include "paths.h"
#include "sandbox.h"

namespace plantain {

/// Everything below a window or a command, built once, in the order of dependence: the composition root's lower half.
class Engine
{
public:
    struct Options
    {
        Paths paths;
        QString server; ///< "sandbox" (also when empty), "fal" or a URL
        QString library; ///< folder; empty: the default one
        QByteArray key; ///< of that server; the sandbox in process has a token of its own
    };

    /// Starts the sandbox when it is the server. Nothing of the library is touched before library().open().
    static Result<std::unique_ptr<Engine>> make(const Options &options);

    const EndpointCatalog &catalog() const { return m_catalog; }
    DecodePool &decodePool() { return m_decodePool; }
    Library &library() { return m_library; }
    FalClient &client() { return *m_client; }

private:
    explicit Engine(const Options &options);

    EndpointCatalog m_catalog;
    DecodePool m_decodePool;
    std::unique_ptr<Sandbox> m_sandbox;
    Library m_library;
    std::unique_ptr<FalClient> m_client;
};

} // namespace plantain
