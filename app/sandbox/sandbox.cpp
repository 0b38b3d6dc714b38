#include "sandbox.h"

#include "loopbackserver.h"
#include "modelrunner.h"
#include "platformapi.h"
#include "queueapi.h"
#include "sandboxguard.h"
#include "sandboxstate.h"
#include "storageapi.h"

using namespace Qt::StringLiterals;

namespace plantain {

/// Members in the order of their dependence: the last is the first to go.
struct Sandbox::Private
{
    Private(const SandboxOptions &options, const EndpointCatalog &catalog, ImageSizes sizes,
            std::unique_ptr<SandboxLedger> ledgerFile)
        : ledger(std::move(ledgerFile))
        , state(SandboxState::open(options.state))
        , files(options.storageBytes, state ? state->filesFolder() : QString())
        , runner(catalog, std::move(sizes), files, options.latencySeconds, options.pictures)
        , queue(options.concurrency, files, state.get(), [this](const SandboxJob &job, JobControl &control) { return runner.run(job, control); })
        , keys(options.token)
        , queueApi(catalog, keys, queue, *ledger, std::chrono::milliseconds(qint64(options.pingSeconds * 1000)))
        , storageApi(keys, files)
        , platformApi(keys, queue)
    {
    }

    ServerReply answer(const ServerRequest &request);

    std::unique_ptr<SandboxLedger> ledger;
    std::unique_ptr<SandboxState> state; // may be null
    FileStore files;
    ModelRunner runner;
    SandboxQueue queue;
    KeyCheck keys;
    QueueApi queueApi;
    StorageApi storageApi;
    PlatformApi platformApi;
    std::unique_ptr<LoopbackServer> server;
};

ServerReply Sandbox::Private::answer(const ServerRequest &request)
{
    const QList<QByteArray> &path = request.path;
    const QByteArray first = path.value(0);
    if (first == "files")
        return storageApi.file(request);
    if (first == "storage")
        return storageApi.storage(request, path.sliced(1));
    if (first == "v1")
        return platformApi.answer(request, path.sliced(1));
    const qsizetype requests = path.indexOf("requests", 2);
    if (requests >= 2 && path.size() > requests + 1)
        return queueApi.request(request, path.first(requests).join('/'), path.at(requests + 1), path.sliced(requests + 2));
    if (path.size() < 2)
        return refusal(404, "Not Found");
    if (request.method != "POST")
        return refusal(405, "Method Not Allowed");
    if (first == "run")
        return queueApi.run(request, path.sliced(1).join('/'));
    return queueApi.submit(request, path.join('/'));
}

Result<std::unique_ptr<Sandbox>> Sandbox::start(const SandboxOptions &options, const EndpointCatalog &catalog)
{
    Result<ImageSizes> sizes = ImageSizes::load(u":/imagesizes.json"_s);
    if (!sizes)
        return failure(sizes.error());
    Result<std::unique_ptr<SandboxLedger>> ledger = SandboxLedger::open(options.ledger);
    if (!ledger)
        return failure(ledger.error());
    if (!options.pictures.isEmpty() && ReadyPictures(options.pictures).isEmpty()) {
        return failure({ .kind = ErrorKind::Disk,
                         .type = u"missing"_s,
                         .message = u"There is no picture in %1"_s.arg(options.pictures) });
    }
    auto d = std::make_unique<Private>(options, catalog, std::move(*sizes), std::move(*ledger));
    if (!d->files.isUsable())
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = u"No temporary folder can be made"_s });
    Private *self = d.get();
    auto server = LoopbackServer::listen(options.port, refuseAtTheDoor,
                                         [self](const ServerRequest &request) { return self->answer(request); });
    if (!server)
        return failure(server.error());
    d->server = std::move(*server);
    std::unique_ptr<Sandbox> sandbox(new Sandbox(std::move(d)));
    sandbox->goOn(options.token);
    return sandbox;
}

Sandbox::Sandbox(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

void Sandbox::goOn(const QByteArray &key)
{
    if (!d->state)
        return;
    std::vector<SandboxState::Kept> requests = d->state->load();
    const QByteArray origin = base().toEncoded();
    for (SandboxState::Kept &kept : requests) {
        kept.job.key = key;
        if (kept.outcome) // names its pictures
            kept.outcome->body.replace(kept.job.origin, origin);
        kept.job.origin = origin;
    }
    d->queue.restore(std::move(requests));
}

Sandbox::~Sandbox()
{
    d->queue.stop(); // first, so that streams and synchronous calls come to their end
    d->server->stop();
}

QUrl Sandbox::base() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(d->server->port()));
}

} // namespace plantain
