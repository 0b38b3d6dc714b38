#include "runcontroller.h"

#include "endpointcatalog.h"
#include "errortext.h"
#include "goingon.h"
#include "input.h"
#include "keys.h"
#include "library.h"
#include "referenceintake.h"
#include "runlookup.h"
#include "runtask.h"
#include "servers.h"
#include "uploads.h"
#include "whenfinished.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Runs that are sent and followed at the same time; fal queues what is beyond an account's own limit, but a list of
/// a thousand inputs must not open a thousand streams.
constexpr size_t tasksAtOnce = 16;

QFuture<StartResult> refusal(std::vector<Error> errors)
{
    return QtFuture::makeReadyFuture(StartResult(tl::unexpected(std::move(errors))));
}

/// fal answers nobody without one; whether another server wants one, it says itself.
bool wantsKey(const FalClient &client)
{
    return client.server().isFal && !client.hasKey();
}

} // namespace

/// A look into the history of the server under way.
struct RunController::LookUp
{
    std::unique_ptr<RunLookUp> look; ///< null until the run is read
    QPromise<Result<LookUpResult>> promise;
};

RunController::RunController(const EndpointCatalog &catalog, Library &library, Servers &servers,
                             DecodePool &decodePool, QObject *parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_library(library)
    , m_servers(servers)
    , m_decodePool(decodePool)
    , m_uploads(std::make_unique<Uploads>(library, servers.uploadRules()))
{
    connect(m_uploads.get(), &Uploads::changed, this, &RunController::uploading);
    connect(&servers.keys(), &Keys::changed, this, &RunController::goOnWithKey);
}

RunController::~RunController() = default;

QFuture<StartResult> RunController::start(const RunRequest &request)
{
    return startOn(m_servers.chosen().name, request);
}

QFuture<StartResult> RunController::startOn(const QString &serverName, const RunRequest &request)
{
    const QFuture<Keys::Done> loaded = m_servers.loadKey(serverName);
    if (loaded.isFinished())
        return startNow(serverName, request);
    return whenFinished(loaded, this, [this, serverName, request](const Keys::Done &) {
        return startNow(serverName, request);
    }).unwrap();
}

QFuture<StartResult> RunController::startNow(const QString &serverName, const RunRequest &request)
{
    const Result<FalClient *> client = m_servers.client(serverName);
    if (!client)
        return refusal({ client.error() });
    const Server &server = (*client)->server();
    const Endpoint *endpoint = m_catalog.find(request.endpoint);
    if (!endpoint) {
        return refusal({ { .kind = ErrorKind::BadEndpoint,
                           .message = tr("There is no endpoint \"%1\".").arg(request.endpoint.text) } });
    }
    if (wantsKey(**client))
        return refusal({ { .kind = ErrorKind::NoKey } });

    Result<NormalisedInput> normal = normaliseInput(*endpoint, request.input);
    if (!normal)
        return refusal({ normal.error() });

    RunRecord record;
    record.endpoint = endpoint->id;
    record.server = server.name;
    record.origin = request.origin;
    record.warnings = normal->warnings;
    record.input = std::move(normal->input);

    std::vector<ReferenceSource> sources = request.references;
    for (ReferenceSource &source : sources) {
        if (source.field.isEmpty()) {
            return refusal({ { .kind = ErrorKind::InvalidInput,
                               .type = u"no_references"_s,
                               .message = tr("%1 takes no reference pictures.").arg(endpoint->title) } });
        }
        Json &list = record.input[source.field.toStdString()];
        if (list.is_null())
            list = Json::array();
        if (!list.is_array())
            break; // the validation says what is wrong with it
        source.index = int(list.size());
        // Until its hash is known a file stands for itself.
        if (!source.file.isEmpty())
            list.push_back(toJson(QLatin1StringView(referenceScheme) + source.file));
        else
            list.push_back(toJson(source.written.isEmpty() ? source.url.toString(QUrl::FullyEncoded) : source.written));
    }
    for (const Parameter &parameter : endpoint->schema.parameters) {
        const QUrl address = parameter.kind == ParameterKind::Url ? QUrl(stringAt(record.input, parameter.name.toUtf8().constData())) : QUrl();
        if (address.isLocalFile())
            sources.push_back({ .field = parameter.name, .file = address.toLocalFile(), .url = {}, .index = -1 });
    }
    if (std::vector<Error> errors = validateInput(*endpoint, record.input); !errors.empty())
        return refusal(std::move(errors));

    record.seedDrawn = drawSeed(*endpoint, record.input);
    record.id = newRunId();
    record.createdAt = QDateTime::currentDateTimeUtc();
    if (server.isSandbox)
        record.price = Price { .amount = 0, .currency = u"USD"_s, .estimated = false };
    else if (endpoint->price)
        record.price = priceOf(*endpoint->price, record.input, defaultsOf(*endpoint));

    auto promise = std::make_shared<QPromise<StartResult>>();
    promise->start();
    const auto finish = [promise](StartResult result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    const auto storeIntent = [this, finish](const RunRecord &intent) {
        whenFinished(m_library.add(intent), this, [this, finish](const Result<RunRecord> &stored) {
            if (!stored) {
                finish(tl::unexpected(std::vector { stored.error() }));
                return;
            }
            take(*stored, false);
            finish(*stored);
        });
    };

    const auto future = promise->future();
    if (sources.empty()) {
        storeIntent(record);
        return future;
    }
    std::vector<QString> files; // in the order of the records
    for (const ReferenceSource &source : sources)
        files.push_back(source.file);
    auto *intake = new ReferenceIntake(m_library, m_decodePool, *endpoint, std::move(sources), this);
    whenFinished(intake->start(), this,
        [this, files, record, finish, storeIntent](const Result<std::vector<ReferenceRecord>> &references) mutable {
            if (!references) {
                finish(tl::unexpected(std::vector { references.error() }));
                return;
            }
            record.references = *references;
            for (size_t i = 0; i < files.size(); ++i)
                Q_EMIT adopted(files[i], record.references[i].sha256);
            for (const ReferenceRecord &reference : record.references) {
                Json &value = record.input[reference.field.toStdString()];
                if (!reference.sha256.isEmpty()) {
                    (reference.index < 0 ? value : value[size_t(reference.index)])
                        = toJson(QLatin1StringView(referenceScheme) + reference.sha256);
                }
            }
            storeIntent(record);
        });
    return future;
}

void RunController::take(const RunRecord &record, bool resumed)
{
    if (m_tasks.contains(record.id))
        return;
    const Result<FalClient *> client = m_servers.client(record.server);
    if (!client) { // stays open in the journal, for the next start
        log(LogLine::Level::Error, record.id, errorText(client.error()).what);
        Q_EMIT settled(record.id);
        return;
    }
    auto task = std::make_unique<RunTask>(record, m_catalog.find(record.endpoint),
                                          RunTask::Services { m_library, **client, m_decodePool, *m_uploads });
    RunTask *raw = task.get();
    const RunId id = record.id;
    connect(raw, &RunTask::progressed, this,
            [this, id, server = record.server](const RunProgress &progress) {
                Q_EMIT progressed(id, progress);
                if (progress.needsKey && m_keysRefused.insert(server).second)
                    Q_EMIT keyRefused({ .kind = ErrorKind::BadKey, .message = server });
            });
    connect(raw, &RunTask::logged, this, &RunController::logged);
    connect(raw, &RunTask::ended, this, [this, id] {
        const auto found = m_tasks.find(id);
        found->second.release()->deleteLater();
        m_tasks.erase(found);
        Q_EMIT settled(id);
        startWaiting();
    });
    m_tasks.emplace(id, std::move(task));
    if (resumed && record.state != RunState::Intent) {
        raw->resume();
    } else {
        m_waiting.push_back(raw);
        startWaiting();
        if (std::ranges::find(m_waiting, raw) != m_waiting.end()) {
            Q_EMIT progressed(id, { .phase = RunProgress::Phase::Waiting, .note = tr("not sent yet") });
            Q_EMIT waitingChanged();
        }
    }
}

void RunController::startWaiting()
{
    const size_t before = m_waiting.size();
    while (!m_paused && !m_waiting.empty() && m_tasks.size() - m_waiting.size() < tasksAtOnce) {
        RunTask *task = m_waiting.front();
        m_waiting.pop_front();
        task->start();
    }
    if (m_waiting.size() != before)
        Q_EMIT waitingChanged();
}

std::vector<RunId> RunController::waitingRuns() const
{
    std::vector<RunId> ids;
    ids.reserve(m_waiting.size());
    for (const RunTask *task : m_waiting)
        ids.push_back(task->record().id);
    return ids;
}

void RunController::moveWaiting(const RunId &id, int place)
{
    const auto found = std::ranges::find(m_waiting, id, [](const RunTask *task) { return task->record().id; });
    if (found == m_waiting.end())
        return;
    RunTask *task = *found;
    m_waiting.erase(found);
    m_waiting.insert(m_waiting.begin() + std::clamp<qsizetype>(place, 0, qsizetype(m_waiting.size())), task);
    Q_EMIT waitingChanged();
}

void RunController::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    m_paused = paused;
    Q_EMIT waitingChanged();
    startWaiting();
}

void RunController::cancelWaiting()
{
    for (const RunId &id : waitingRuns())
        cancel(id);
}

QFuture<int> RunController::resumeAll()
{
    return whenFinished(m_library.openRuns(), this, [this](const Result<std::vector<RunRecord>> &records) {
        int resumed = 0;
        for (const RunRecord &record : records.value_or(std::vector<RunRecord> {})) {
            resume(record);
            resumed += m_tasks.contains(record.id) ? 1 : 0;
        }
        return resumed;
    });
}

void RunController::resume(const RunRecord &record)
{
    const QFuture<Keys::Done> loaded = m_servers.loadKey(record.server);
    const Result<FalClient *> client = m_servers.client(record.server);
    // What is being sent is judged, and what is completed fetched, without one.
    const bool asks = record.state == RunState::Intent || record.state == RunState::Accepted;
    if (!client || !asks || (loaded.isFinished() && !wantsKey(**client))) {
        take(record, true);
        return;
    }
    m_keyless.insert_or_assign(record.id, record);
    Q_EMIT progressed(record.id, { .phase = RunProgress::Phase::Waiting,
                                   .note = tr("Needs the key of %1.").arg(record.server),
                                   .needsKey = true });
    whenFinished(loaded, this, [this, server = record.server](const Keys::Done &) { goOnWithKey(server); });
}

void RunController::goOnWithKey(const QString &server)
{
    const Result<FalClient *> client = m_servers.client(server);
    if (!client || m_servers.keys().isLoading(server) || wantsKey(**client))
        return;
    for (const auto &[id, task] : m_tasks) {
        if (task->record().server == server)
            task->tryNow(); // the server may have refused the one before
    }
    m_keysRefused.erase(server);
    std::vector<RunRecord> ready;
    for (const auto &[id, record] : m_keyless) {
        if (record.server == server)
            ready.push_back(record);
    }
    for (const RunRecord &record : ready) {
        m_keyless.erase(record.id);
        take(record, true);
    }
}

bool RunController::waitsForKey(const RunId &id) const
{
    return m_keyless.contains(id);
}

void RunController::cancel(const RunId &id)
{
    if (const auto keyless = m_keyless.find(id); keyless != m_keyless.end()) {
        if (keyless->second.state != RunState::Intent) {
            log(LogLine::Level::Warning, id, tr("The server is asked to cancel as soon as the key of %1 is there.").arg(keyless->second.server));
            keyless->second.cancel = CancelOutcome::Asked;
            m_library.store(keyless->second);
            return;
        }
        take(m_keyless.extract(keyless).mapped(), true); // nothing has left: ends here
    }
    const auto found = m_tasks.find(id);
    if (found == m_tasks.end())
        return;
    RunTask *task = found->second.get();
    if (std::erase(m_waiting, task) > 0) { // its turn must not come while its end is being stored
        log(LogLine::Level::Info, id, tr("Removed before it was sent: it costs nothing."));
        Q_EMIT waitingChanged();
    }
    task->cancel();
}

void RunController::tryNow(const RunId &id)
{
    if (const auto found = m_tasks.find(id); found != m_tasks.end())
        found->second->tryNow();
}

void RunController::cancelAll()
{
    std::vector<RunId> ids;
    for (const auto &[id, task] : m_tasks)
        ids.push_back(id);
    for (const auto &[id, record] : m_keyless)
        ids.push_back(id);
    for (const RunId &id : ids)
        cancel(id);
}

QFuture<Result<LookUpResult>> RunController::lookUp(const RunId &id)
{
    if (m_lookUps.contains(id))
        return m_lookUps.at(id)->promise.future();
    LookUp *look = m_lookUps.emplace(id, std::make_unique<LookUp>()).first->second.get();
    look->promise.start();
    whenFinished(m_library.run(id), this, [this, id](const Result<RunRecord> &stored) {
        if (!stored) {
            lookedUp(id, failure(stored.error()));
            return;
        }
        whenFinished(m_servers.loadKey(stored->server), this,
                     [this, run = *stored](const Keys::Done &) { lookUpNow(run); });
    });
    return look->promise.future();
}

void RunController::lookUpNow(const RunRecord &run)
{
    const Result<FalClient *> client = m_servers.client(run.server);
    if (!mayFollow(run.state, RunState::Accepted)) {
        lookedUp(run.id, LookUpResult { false, tr("There is nothing to look up: the run is not in doubt.") });
    } else if (!client) {
        lookedUp(run.id, failure(client.error()));
    } else if (wantsKey(**client)) {
        lookedUp(run.id, failure({ .kind = ErrorKind::NoKey }));
    } else if (!run.requestId.isEmpty()) { // its name is known: it is asked for again
        adopt(run, run.requestId);
        lookedUp(run.id, LookUpResult { true, tr("Asking the server for %1 again.").arg(run.requestId) });
    } else {
        auto &look = m_lookUps.at(run.id)->look;
        look = std::make_unique<RunLookUp>(m_library, **client, run);
        connect(look.get(), &RunLookUp::finished, this, [this, run](const Result<RunLookUp::Found> &found) {
            if (!found) {
                lookedUp(run.id, failure(found.error()));
                return;
            }
            if (!found->requestId.isEmpty())
                adopt(run, found->requestId);
            lookedUp(run.id, LookUpResult { !found->requestId.isEmpty(), found->words });
        });
        look->start();
    }
}

void RunController::lookedUp(const RunId &id, Result<LookUpResult> result)
{
    const auto found = m_lookUps.find(id);
    std::unique_ptr<LookUp> look = std::move(found->second);
    m_lookUps.erase(found);
    if (look->look)
        look->look.release()->deleteLater(); // it may be telling this
    log(result && result->found ? LogLine::Level::Info : LogLine::Level::Warning, id,
        result ? result->words : errorText(result.error(), RunState::Unknown).what);
    look->promise.addResult(std::move(result));
    look->promise.finish();
}

void RunController::adopt(RunRecord record, const QString &requestId)
{
    record.requestId = requestId;
    record.state = RunState::Accepted;
    record.error.reset();
    record.reply.clear();
    record.endedAt = {};
    if (!record.acceptedAt.isValid())
        record.acceptedAt = QDateTime::currentDateTimeUtc();
    whenFinished(m_library.store(record), this, [this, id = record.id](const Result<RunRecord> &stored) {
        if (stored) {
            take(*stored, true);
            return;
        }
        log(LogLine::Level::Error, id, errorText(stored.error()).what);
        Q_EMIT settled(id);
    });
}

QFuture<StartResult> RunController::sendAgain(const RunId &id)
{
    return whenFinished(m_library.run(id), this, [this](const Result<RunRecord> &stored) {
        if (!stored)
            return refusal({ stored.error() });
        // References go in again from the library's copies; a drawn seed is drawn anew.
        RunRequest request = requestVaried(*stored, [this](const QString &file) { return m_library.absolute(file); });
        request.origin = stored->origin;
        if (const auto seed = stored->input.find("seed"); seed != stored->input.end() && !stored->seedDrawn)
            request.input["seed"] = *seed;
        return startOn(stored->server, request);
    }).unwrap();
}

int RunController::openRuns() const
{
    return int(m_tasks.size() + m_keyless.size());
}

void RunController::log(LogLine::Level level, const RunId &run, const QString &text)
{
    Q_EMIT logged({ .time = QDateTime::currentDateTimeUtc(), .run = run, .level = level, .text = text });
}

} // namespace plantain
