#pragma once

#include "endpointcatalog.h"

#include <QUrl>

#include <memory>

namespace plantain {

struct SandboxOptions
{
    quint16 port = 0; ///< 0: chosen by the system
    double latencySeconds = 2; ///< of a 1K run; the others follow the guide's ratios
    int concurrency = 2; ///< runs at once; fal gives new accounts 2
    QByteArray token; ///< the only key that is accepted; empty: any well-formed key
    QString pictures; ///< a folder of ready-made pictures, served in turn instead of painting; empty: paint
    QString ledger; ///< a file that gets a synced line for every submit taken, for tests; empty: none
    QString state; ///< a folder where it remembers what it took and goes on with at the next start; empty: it forgets
    double pingSeconds = 15; ///< between two keep-alive comments of an idle status stream; fal's are 15 apart
    qint64 storageBytes = 1024LL * 1024 * 1024; ///< of uploads and pictures in its temporary folder; the oldest go first
};

/// The built-in fal-compatible server (design.md 6): speaks fal-protocol.md on loopback, validates against the
/// catalog, paints its pictures. Runs in threads of its own and shares nothing with the program; stops when destroyed.
class Sandbox final
{
public:
    static Result<std::unique_ptr<Sandbox>> start(const SandboxOptions &options, const EndpointCatalog &catalog);
    ~Sandbox();
    Sandbox(const Sandbox &) = delete;
    Sandbox &operator=(const Sandbox &) = delete;

    QUrl base() const; ///< "http://127.0.0.1:PORT"

private:
    void goOn(const QByteArray &key);

    struct Private;
    explicit Sandbox(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace plantain
