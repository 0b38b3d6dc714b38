#include "session.h"
#include "sessionprivate.h"

#include "errortext.h"
#include "forminput.h"
#include "input.h"
#include "keytrial.h"
#include "servers.h"
#include "whenfinished.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

Session::Session(const EndpointCatalog &catalog, Library &library, Servers &servers, DecodePool &decodePool,
                 const std::vector<Example> &examples, const QString &draftFile, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(catalog, library, servers, decodePool, draftFile))
{
    QHash<EndpointId, QString> titles;
    for (const Endpoint &endpoint : catalog.endpoints())
        titles.insert(endpoint.id, endpoint.title);
    d->runs.setEndpointTitles(titles);
    d->gallery.setEndpointTitles(titles);

    connect(&library, &Library::runAdded, &d->timing, &RunTiming::take);
    connect(&library, &Library::runChanged, &d->timing, &RunTiming::take);
    connect(&d->controller, &RunController::progressed, &d->timing, &RunTiming::progressed);
    connect(&d->timing, &RunTiming::estimated, &d->runs, &RunModel::progressed);
    connect(&d->timing, &RunTiming::estimated, &d->gallery, &GalleryModel::progressed);
    connect(&d->controller, &RunController::waitingChanged, this,
            [this] { d->runs.setWaiting(d->controller.waitingRuns(), d->controller.isPaused()); });
    connect(&d->runs, &RunModel::waitingMoveWanted, this, &Session::moveWaiting);
    connect(&d->controller, &RunController::logged, &d->log, &LogModel::append);
    connect(&d->controller, &RunController::settled, this, &Session::settled);
    connect(&d->parameters, &ParameterModel::inputChanged, this, &Session::keepDraft);
    connect(&d->references, &ReferenceModel::referencesChanged, this, &Session::keepDraft);
    connect(&d->draft, &DraftStore::failed, this, &Session::said);
    connect(&d->feed, &LibraryFeed::failed, this, &Session::said);
    connect(&d->marking, &Marking::failed, this, &Session::said);
    connect(&servers, &Servers::chosenChanged, this, [this] {
        d->servers.loadKey(server().name); // so that it is there when Generate is pressed
        Q_EMIT serverChanged();
        Q_EMIT draftChanged(); // the price is another
    });
    servers.loadKey(servers.chosen().name);

    connect(&d->openAgain, &QTimer::timeout, this, &Session::open);
    connect(&library, &Library::troubled, this, &Session::said);
    connect(&library, &Library::recovered, this, &Session::recovered);
    connect(&d->recordLater, &QTimer::timeout, this, &Session::recordStep);

    std::copy_if(examples.begin(), examples.end(), std::back_inserter(d->examples),
                 [&catalog](const Example &example) { return catalog.find(example.endpoint); });
    for (const EndpointCatalog::Problem &problem : catalog.problems())
        log(LogLine::Level::Warning, problem.file + u": "_s + errorText(problem.error).what);
    if (const Result<FormGuide> guide = FormGuide::load(u":/formguide.json"_s, u":/imagesizes.json"_s))
        d->parameters.setGuide(*guide);
    else
        log(LogLine::Level::Warning, errorText(guide.error()).what);
    loadDraft(d->examples);
}

Session::~Session() = default;

void Session::open()
{
    whenFinished(d->library.open(), this, [this](const Result<OpenReport> &report) {
        if (report) {
            begin(*report);
            return;
        }
        const Error &error = report.error();
        const bool mayPass = error.kind == ErrorKind::Disk || error.kind == ErrorKind::LibraryInUse || error.type == "locked"_L1;
        if (mayPass)
            d->openAgain.start();
        setBlocked(error);
    });
}

const std::optional<Error> &Session::blocked() const
{
    return d->blocked;
}

void Session::setBlocked(const std::optional<Error> &error)
{
    if (error == d->blocked)
        return;
    d->blocked = error;
    Q_EMIT blockedChanged();
    if (error)
        Q_EMIT said(*error);
    else
        Q_EMIT recovered();
}

void Session::begin(const OpenReport &report)
{
    setBlocked(report.onlyLooking);
    if (report.onlyLooking) {
        d->openAgain.start();
        if (d->hasBegun)
            return;
    }
    if (report.rebuilt)
        log(LogLine::Level::Warning, tr("The library's index was made anew from its files: %n runs.", nullptr, report.runs));
    for (const QString &problem : report.problems)
        log(LogLine::Level::Warning, problem);
    d->feed.load();
    if (!std::exchange(d->hasBegun, true))
        d->timing.readHistory();
    if (report.onlyLooking)
        return; // what is open stays as it is
    whenFinished(d->controller.resumeAll(), this, [this](int resumed) {
        if (resumed > 0)
            log(LogLine::Level::Info, tr("%n runs continued.", nullptr, resumed));
    });
}

void Session::loadDraft(const std::vector<Example> &examples)
{
    d->loadingDraft = true;
    const Result<std::optional<Draft>> draft = d->draft.load();
    if (!draft)
        QMetaObject::invokeMethod(this, [this, error = draft.error()] { Q_EMIT said(error); }, Qt::QueuedConnection);
    if (draft && *draft && d->catalog.find((*draft)->endpoint)) {
        chooseEndpoint((*draft)->endpoint);
        d->parameters.setDraft((*draft)->parameters);
        d->references.setDraft((*draft)->references);
    } else if (!examples.empty()) {
        useExample(examples.front());
    } else if (!d->catalog.endpoints().empty()) {
        chooseEndpoint(d->catalog.endpoints().front().id);
    }
    d->loadingDraft = false;
    if (d->endpoint)
        d->history.begin(d->formNow());
}

void Session::keepDraft()
{
    if (!d->loadingDraft && d->endpoint) {
        d->draft.keep(d->formNow());
        d->recordLater.start();
    }
    Q_EMIT draftChanged();
}

void Session::recordStep()
{
    d->recordLater.stop();
    if (d->endpoint)
        d->history.take(d->formNow());
}

void Session::undo()
{
    recordStep();
    if (d->history.canUndo())
        restore(d->history.undo());
}

void Session::redo()
{
    recordStep();
    if (d->history.canRedo())
        restore(d->history.redo());
}

void Session::restore(const Draft &draft)
{
    chooseEndpoint(draft.endpoint);
    if (d->parameters.draft() != draft.parameters)
        d->parameters.setDraft(draft.parameters);
    if (d->references.draft() != draft.references)
        d->references.setDraft(draft.references);
    d->history.settle(d->formNow());
    d->recordLater.stop();
}

void Session::chooseEndpoint(const EndpointId &id)
{
    const Endpoint *endpoint = d->catalog.find(id);
    if (!endpoint || endpoint == d->endpoint)
        return;
    d->endpoint = endpoint;
    d->parameters.setEndpoint(endpoint);
    d->references.setEndpoint(endpoint);
    Q_EMIT endpointChanged();
    keepDraft();
}

void Session::useExample(const Example &example)
{
    if (!d->catalog.find(example.endpoint))
        return;
    recordStep();
    chooseEndpoint(example.endpoint);
    if (const Result<QStringList> warnings = fill(example.input); !warnings)
        Q_EMIT said(warnings.error());
    d->history.nameNext(tr("example “%1”").arg(example.title));
}

Json Session::input() const
{
    return inputOfForm(d->endpoint, d->parameters, d->references);
}

Result<QStringList> Session::setInput(const Json &input)
{
    recordStep();
    const Result<QStringList> warnings = fill(input);
    if (warnings)
        d->history.nameNext(tr("editing of the JSON"), true);
    return warnings;
}

Result<QStringList> Session::fill(const Json &input)
{
    Json references = d->references.draft();
    if (d->references.takesReferences() && input.is_object()) {
        auto read = d->references.draftFrom(input.value(d->references.field().toStdString(), Json::array()));
        if (!read)
            return failure(read.error());
        references = *std::move(read);
    }
    const Result<QStringList> warnings = d->parameters.setInput(input);
    if (!warnings)
        return warnings;
    if (references != d->references.draft())
        d->references.setDraft(references);
    return warnings;
}

void Session::recall(const RunId &id)
{
    whenFinished(d->library.run(id), this, [this](const Result<RunRecord> &record) {
        if (record)
            refill(*record);
        else
            Q_EMIT said(record.error());
    });
}

void Session::refill(const RunRecord &record)
{
    const Endpoint *endpoint = d->catalog.find(record.endpoint);
    if (!endpoint) {
        Q_EMIT said({ .kind = ErrorKind::BadEndpoint,
                      .message = tr("There is no endpoint \"%1\" here any more.").arg(record.endpoint.text) });
        return;
    }
    recordStep();
    chooseEndpoint(record.endpoint);
    const Json input = inputToRecall(record, *endpoint, [this](const QString &file) { return d->library.absolute(file); });
    if (const Result<QStringList> warnings = fill(input); !warnings)
        Q_EMIT said(warnings.error());
    d->history.nameNext(tr("filling in of a run"));
    d->parameters.setDrawnSeed(record.seedDrawn ? integerAt(record.input, "seed") : std::nullopt);
    Q_EMIT recalled(record.id);
}

void Session::addReferences(const QStringList &files)
{
    if (files.isEmpty())
        return;
    if (!d->references.takesReferences() && d->endpoint && d->endpoint->sibling)
        chooseEndpoint(*d->endpoint->sibling);
    for (const Error &error : d->references.addFiles(files))
        Q_EMIT said(error);
}

void Session::generate()
{
    if (!d->endpoint)
        return;
    if (d->blocked) {
        Q_EMIT said(*d->blocked);
        Q_EMIT refused();
        return;
    }
    std::vector<Error> problems = d->parameters.problems();
    for (const Error &problem : d->references.problems())
        problems.push_back(problem);
    if (!problems.empty()) {
        takeStart(tl::unexpected(std::move(problems)));
        return;
    }
    RunRequest request {
        .endpoint = d->endpoint->id, .input = d->parameters.input(), .references = d->references.sources()
    };
    whenFinished(d->controller.start(request), this, [this](const StartResult &result) { takeStart(result); });
}

void Session::takeStart(const StartResult &result)
{
    const std::vector<Error> errors = result ? std::vector<Error> {} : result.error();
    const std::vector<Error> left = d->references.setErrors(d->parameters.setErrors(errors));
    for (const Error &error : left)
        Q_EMIT said(error);
    if (!result) {
        Q_EMIT refused();
        return;
    }
    for (const QString &warning : result->warnings)
        log(LogLine::Level::Warning, warning, result->id);
    if (result->seedDrawn)
        d->parameters.setDrawnSeed(integerAt(result->input, "seed"));
    Q_EMIT generated(result->id);
}

void Session::cancel(const RunId &id)
{
    d->controller.cancel(id);
}

void Session::cancelAll()
{
    d->controller.cancelAll();
}

void Session::cancelWaiting()
{
    d->controller.cancelWaiting();
}

void Session::moveWaiting(const RunId &id, int place)
{
    d->controller.moveWaiting(id, place);
}

void Session::setSendingPaused(bool paused)
{
    d->controller.setPaused(paused);
}

bool Session::isSendingPaused() const
{
    return d->controller.isPaused();
}

void Session::lookUp(const RunId &id)
{
    whenFinished(d->controller.lookUp(id), this, [this](const Result<bool> &found) {
        if (!found)
            Q_EMIT said(found.error());
        else if (!*found)
            Q_EMIT said({ .kind = ErrorKind::NotFound, .message = tr("The request history does not list this run.") });
    });
}

void Session::sendAgain(const RunId &id)
{
    whenFinished(d->controller.sendAgain(id), this, [this](const StartResult &result) {
        if (result) {
            Q_EMIT generated(result->id);
            return;
        }
        for (const Error &error : result.error())
            Q_EMIT said(error);
    });
}

QFuture<Result<RunRecord>> Session::details(const RunId &id)
{
    return d->library.run(id);
}

QFuture<Result<RunRecord>> Session::setNote(const RunId &id, const QString &note)
{
    return d->library.setNote(id, note);
}

QString Session::fileOf(const ReferenceRecord &reference) const
{
    return reference.file.isEmpty() ? QString() : d->library.absolute(reference.file);
}

QString Session::fileOf(const ImageRecord &image) const
{
    return image.file.isEmpty() ? QString() : d->library.absolute(image.file);
}

std::optional<Price> Session::priceOfDraft() const
{
    if (server().isSandbox)
        return Price { .amount = 0, .currency = u"USD"_s, .estimated = false };
    if (!d->endpoint || !d->endpoint->price)
        return std::nullopt;
    return priceOf(*d->endpoint->price, d->parameters.input(), defaultsOf(*d->endpoint));
}

EndpointModel *Session::endpoints() const
{
    return &d->endpoints;
}

ParameterModel *Session::parameters() const
{
    return &d->parameters;
}

ReferenceModel *Session::references() const
{
    return &d->references;
}

RunModel *Session::runs() const
{
    return &d->runs;
}

LogModel *Session::log() const
{
    return &d->log;
}

GalleryModel *Session::gallery() const
{
    return &d->gallery;
}

SpendToday *Session::spend() const
{
    return &d->spend;
}

Exporter *Session::exporter() const
{
    return &d->exporter;
}

PromptHistory *Session::prompts() const
{
    return &d->prompts;
}

FormHistory *Session::history() const
{
    return &d->history;
}

const std::vector<Example> &Session::examples() const
{
    return d->examples;
}

const Endpoint *Session::endpoint() const
{
    return d->endpoint;
}

const Server &Session::server() const
{
    return d->servers.chosen();
}

Servers &Session::servers() const
{
    return d->servers;
}

QFuture<std::optional<Error>> Session::tryKey(const QString &server, const QByteArray &key)
{
    const Result<Server> where = Server::parse(server);
    if (!where)
        return QtFuture::makeReadyFuture(std::optional(where.error()));
    const EndpointId endpoint = d->endpoint ? d->endpoint->id : EndpointId();
    return (new KeyTrial(*where, key, this))->start(endpoint);
}

QString Session::libraryFolder() const
{
    return d->library.folder();
}

void Session::log(LogLine::Level level, const QString &text, const RunId &run)
{
    d->log.append({ .time = QDateTime::currentDateTimeUtc(), .run = run, .level = level, .text = text });
}

} // namespace plantain
