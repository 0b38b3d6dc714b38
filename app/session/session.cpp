#include "session.h"
#include "sessionprivate.h"

#include "containerwalk.h"
#include "errortext.h"
#include "lineagemodel.h"
#include "input.h"
#include "keytrial.h"
#include "referencefetch.h"
#include "servers.h"
#include "whenfinished.h"

using namespace Qt::StringLiterals;

namespace plantain {

Session::Session(const EndpointCatalog &catalog, Library &library, Servers &servers, DecodePool &decodePool,
                 const std::vector<Example> &examples, const QString &draftFile, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(catalog, library, servers, decodePool, examples, draftFile))
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
    connect(&d->form, &Form::endpointChanged, this, &Session::endpointChanged);
    connect(&d->form, &Form::changed, this, &Session::draftChanged);
    connect(&d->form, &Form::said, this, &Session::said);
    connect(&d->controller, &RunController::adopted, d->form.references(), &ReferenceModel::noteHash);
    connect(&d->controller, &RunController::uploading, d->form.references(), &ReferenceModel::setUploadState);
    connect(&d->controller, &RunController::keyRefused, this, &Session::said);
    connect(&d->feed, &LibraryFeed::failed, this, &Session::said);
    connect(&d->marking, &Marking::failed, this, &Session::said);
    connectFiles();
    connect(&servers, &Servers::chosenChanged, this, [this] {
        d->servers.loadKey(server().name); // so that it is there when Generate is pressed
        d->form.references()->forgetUploads();
        Q_EMIT serverChanged();
        Q_EMIT draftChanged(); // the price is another
    });
    servers.loadKey(servers.chosen().name);

    connect(&d->openAgain, &QTimer::timeout, this, &Session::open);
    connect(&library, &Library::troubled, this, &Session::said);
    connect(&library, &Library::recovered, this, &Session::recovered);

    for (const EndpointCatalog::Problem &problem : catalog.problems())
        log(LogLine::Level::Warning, problem.file + u": "_s + errorText(problem.error).what);
    if (const Result<FormGuide> guide = FormGuide::load(u":/formguide.json"_s, u":/imagesizes.json"_s))
        d->form.parameters()->setGuide(*guide);
    else
        log(LogLine::Level::Warning, errorText(guide.error()).what);
    d->form.begin();
}

Session::~Session() = default;

void Session::open()
{
    QStringList inUse;
    for (const Reference &reference : d->form.references()->references())
        inUse.append(reference.file);
    whenFinished(d->library.open(inUse), this, [this](const Result<OpenReport> &report) {
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
    Q_EMIT begun();
    if (report.onlyLooking) {
        d->openAgain.start();
        if (d->hasBegun)
            return;
    }
    if (report.rebuilt)
        log(LogLine::Level::Warning, tr("The library's index was made anew from its files; runs: %1").arg(report.runs));
    for (const QString &problem : report.problems)
        log(LogLine::Level::Warning, problem);
    d->feed.load();
    if (!std::exchange(d->hasBegun, true))
        d->timing.readHistory();
    if (report.onlyLooking)
        return; // what is open stays as it is
    whenFinished(d->controller.resumeAll(), this, [this](int resumed) {
        if (resumed > 0)
            log(LogLine::Level::Info, tr("Runs continued: %1").arg(resumed));
    });
}

void Session::fetchReference(const QUrl &url)
{
    const Result<FalClient *> client = d->servers.client(server().name);
    if (!client) {
        Q_EMIT said(client.error());
        return;
    }
    new ReferenceFetch(**client, url, PictureLimits().bytes, [this, url](const Result<QByteArray> &bytes) {
        if (bytes)
            d->form.takeFetched(url, *bytes);
        else
            d->form.references()->setFetchError(url, bytes.error());
    }, this);
}

void Session::generate()
{
    const Endpoint *endpoint = d->form.endpoint();
    if (!endpoint)
        return;
    if (d->blocked) {
        Q_EMIT said(*d->blocked);
        Q_EMIT refused();
        return;
    }
    std::vector<Error> problems = d->form.parameters()->problems();
    for (const Error &problem : d->form.references()->problems())
        problems.push_back(problem);
    if (!problems.empty()) {
        takeStart(tl::unexpected(std::move(problems)));
        return;
    }
    const RunRequest request { .endpoint = endpoint->id,
                               .input = d->form.parameters()->input(),
                               .references = d->form.references()->sources(),
                               .origin = d->form.goesOnFrom() };
    whenFinished(d->controller.start(request), this, [this](const StartResult &result) { takeStart(result); });
}

void Session::takeStart(const StartResult &result)
{
    const std::vector<Error> errors = result ? std::vector<Error> {} : result.error();
    const std::vector<Error> left = d->form.references()->setErrors(d->form.parameters()->setErrors(errors));
    for (const Error &error : left)
        Q_EMIT said(error);
    if (!result) {
        Q_EMIT refused();
        return;
    }
    for (const QString &warning : result->warnings)
        log(LogLine::Level::Warning, warning, result->id);
    if (result->seedDrawn)
        d->form.parameters()->setDrawnSeed(integerAt(result->input, "seed"));
    d->form.forgetOrigin();
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
    whenFinished(d->controller.lookUp(id), this, [this](const Result<LookUpResult> &look) {
        if (!look)
            Q_EMIT said(look.error());
        else if (!look->found)
            Q_EMIT said({ .kind = ErrorKind::NotFound, .message = look->words });
    });
}

void Session::sendAgain(const RunId &id)
{
    whenFinished(d->controller.sendAgain(id), this, [this](const StartResult &result) { takeSentAgain(result); });
}

void Session::takeSentAgain(const StartResult &result)
{
    if (result) {
        Q_EMIT generated(result->id);
        return;
    }
    for (const Error &error : result.error())
        Q_EMIT said(error);
}

void Session::tryNow(const RunId &id)
{
    d->controller.tryNow(id);
}

QFuture<Result<RunRecord>> Session::details(const RunId &id)
{
    return d->library.run(id);
}

QFuture<Result<RunRecord>> Session::setNote(const RunId &id, const QString &note)
{
    return d->library.setNote(id, note);
}

QFuture<Result<Lineage>> Session::lineage(const RunId &id) const
{
    return d->library.lineage(id);
}

std::unique_ptr<LineageModel> Session::lineageModel() const
{
    return std::make_unique<LineageModel>(d->catalog, d->fileOf());
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
    const Endpoint *endpoint = d->form.endpoint();
    if (!endpoint || !endpoint->price)
        return std::nullopt;
    return priceOf(*endpoint->price, d->form.parameters()->input(), defaultsOf(*endpoint));
}

EndpointModel *Session::endpoints() const
{
    return &d->endpoints;
}

ParameterModel *Session::parameters() const
{
    return d->form.parameters();
}

ReferenceModel *Session::references() const
{
    return d->form.references();
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

Form *Session::form() const
{
    return &d->form;
}

const Endpoint *Session::endpoint() const
{
    return d->form.endpoint();
}

void Session::chooseEndpoint(const EndpointId &id)
{
    d->form.chooseEndpoint(id);
}

void Session::addReferences(const QStringList &files)
{
    d->form.addReferences(files);
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
    const EndpointId endpoint = this->endpoint() ? this->endpoint()->id : EndpointId();
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
