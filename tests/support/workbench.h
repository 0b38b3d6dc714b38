#pragma once

#include "decodepool.h"
#include "endpointcatalog.h"
#include "keys.h"
#include "library.h"
#include "runcontroller.h"
#include "sandbox.h"
#include "servers.h"
#include "testkey.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace plantain {

/// Everything a controller needs, real: the bundled endpoints, a library in a temporary folder, a sandbox that answers
/// at once and keeps a ledger of the submits it took.
struct Workbench
{
    explicit Workbench(double latencySeconds = 0, int concurrency = 2, qint64 storageBytes = SandboxOptions().storageBytes)
        : catalog(EndpointCatalog::load({ QStringLiteral(":/endpoints") }, QStringLiteral(":/prices.json")))
        , library(std::make_unique<Library>(folder.filePath(QStringLiteral("library"))))
    {
        SandboxOptions options;
        options.latencySeconds = latencySeconds;
        options.concurrency = concurrency;
        options.storageBytes = storageBytes;
        options.ledger = folder.filePath(QStringLiteral("ledger"));
        sandbox = std::move(*Sandbox::start(options, catalog));
        useServer(Server::at(sandbox->base()));
        open();
    }

    void useServer(const Server &server)
    {
        controller.reset();
        servers.reset();
        keys = std::make_unique<Keys>();
        keys->useForSession(server.name, testKey());
        servers = std::make_unique<Servers>(*keys, [server] { return Servers::Local { server, testKey() }; });
        servers->setUploadRules(uploadRules);
        QVERIFY(servers->choose(server.name).has_value());
        used = server;
        controller = std::make_unique<RunController>(catalog, *library, *servers, pool);
    }

    void open() { QVERIFY(wait(library->open()).has_value()); }

    /// As if the program had been ended and started again.
    void restart()
    {
        controller.reset();
        servers.reset();
        const QString where = library->folder();
        library.reset();
        library = std::make_unique<Library>(where);
        useServer(Server(used));
        open();
    }

    template <class T>
    static T wait(QFuture<T> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
            qFatal("a future did not finish");
        return future.result();
    }

    RunRecord started(const EndpointId &endpoint, const Json &input, const std::vector<ReferenceSource> &references = {})
    {
        const StartResult result = wait(controller->start({ endpoint, input, references }));
        if (!result)
            qFatal("not started: %s", qPrintable(result.error().front().message));
        return *result;
    }

    RunRecord stored(const RunId &id) { return *wait(library->run(id)); }

    /// Waits until nothing more happens to the run by itself.
    RunRecord settled(const RunId &id)
    {
        if (!QTest::qWaitFor([&] { return isFinal(stored(id).state); }, 60'000))
            qWarning("the run did not settle");
        return stored(id);
    }

    QList<QByteArray> ledger() const
    {
        QFile file(folder.filePath(QStringLiteral("ledger")));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QList<QByteArray> lines = file.readAll().split('\n');
        lines.removeAll(QByteArray());
        return lines;
    }

    QTemporaryDir folder;
    UploadRules uploadRules = *UploadRules::load({ QStringLiteral(":/uploads.json") });
    EndpointCatalog catalog;
    DecodePool pool { 2 };
    std::unique_ptr<Sandbox> sandbox;
    std::unique_ptr<Library> library;
    Server used;
    std::unique_ptr<Keys> keys;
    std::unique_ptr<Servers> servers;
    std::unique_ptr<RunController> controller;
};

} // namespace plantain
