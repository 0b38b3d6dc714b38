#include "runtask.h"

#include "deliverycheck.h"
#include "endpoint.h"
#include "errortext.h"
#include "library.h"
#include "retrypolicy.h"
#include "runroles.h"
#include "submitbody.h"
#include "whenfinished.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

using namespace std::chrono_literals;

namespace {

constexpr size_t fetchesAtOnce = 4;
constexpr auto noAnswerYet = 60s; ///< without an answer to the submit, after which it is said (reliability.md 2.1)

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace

RunTask::RunTask(RunRecord record, const Endpoint *endpoint, const Services &services, QObject *parent)
    : QObject(parent)
    , m_record(std::move(record))
    , m_endpoint(endpoint)
    , m_services(services)
{
    connect(&m_retry, &RetryTimer::timeout, this, &RunTask::step);
    connect(&m_noAnswer, &RetryTimer::timeout, this, [this] {
        report(RunProgress::Phase::Sending, tr("no answer yet"));
        log(LogLine::Level::Warning, tr("No answer yet; the server may have taken the request."));
    });
}

RunTask::~RunTask() = default;

void RunTask::resume()
{
    if (m_record.state == RunState::Sending) {
        end(RunState::Unknown,
            { .kind = ErrorKind::NoAnswer, .message = tr("The program ended while the request was being sent.") });
        return;
    }
    start();
}

void RunTask::start()
{
    step();
}

void RunTask::step()
{
    switch (m_record.state) {
    case RunState::Intent:
        upload();
        break;
    case RunState::Sending:
        submit();
        break;
    case RunState::Accepted:
        if (m_record.cancel == CancelOutcome::Asked)
            askToCancel(); // over a restart as well
        watch();
        break;
    case RunState::Completed:
        fetchPictures();
        break;
    case RunState::Fetched:
        store(RunState::Done);
        break;
    case RunState::Done:
    case RunState::Refused:
    case RunState::Failed:
    case RunState::Cancelled:
    case RunState::Unknown:
        if (!std::exchange(m_ended, true))
            Q_EMIT ended();
        break;
    }
}

void RunTask::upload()
{
    if (m_record.cancel == CancelOutcome::Asked) {
        m_record.cancel = CancelOutcome::Removed;
        end(RunState::Cancelled, { .kind = ErrorKind::Cancelled });
        return;
    }
    report(RunProgress::Phase::Preparing);
    m_upload = std::make_unique<ReferenceUpload>(m_services.uploads, m_services.client, m_record.references);
    connect(m_upload.get(), &ReferenceUpload::progressed, this, [this](qint64 sent, qint64 total) {
        Q_EMIT progressed({ .phase = RunProgress::Phase::Uploading, .bytesDone = sent, .bytesTotal = total });
    });
    connect(m_upload.get(), &ReferenceUpload::waiting, this, &RunTask::wait);
    connect(m_upload.get(), &ReferenceUpload::finished, this, [this](const std::optional<Error> &error) {
        m_record.references = m_upload->references();
        m_upload.release()->deleteLater();
        if (error) {
            end(RunState::Refused, *error);
            return;
        }
        m_record.sent = submitBody(m_record);
        m_record.sentAt = now();
        store(RunState::Sending);
    });
    m_upload->start();
}

void RunTask::submit()
{
    if (m_record.cancel == CancelOutcome::Asked) {
        m_record.cancel = CancelOutcome::Removed;
        end(RunState::Cancelled, { .kind = ErrorKind::Cancelled });
        return;
    }
    report(RunProgress::Phase::Sending);
    log(LogLine::Level::Info, tr("Sending to %1").arg(m_record.endpoint.text));
    m_noAnswer.start(noAnswerYet);
    m_submit = m_services.client.submit(m_record.endpoint, m_record.sent, [this](const SubmitOutcome &outcome) {
        m_noAnswer.stop();
        submitted(outcome);
    });
}

void RunTask::submitted(const SubmitOutcome &outcome)
{
    const Error error = outcome.error.value_or(Error {});
    switch (outcome.fate) {
    case SubmitOutcome::Fate::Accepted:
        m_failures = 0;
        m_record.requestId = outcome.requestId;
        m_record.statusUrl = outcome.statusUrl;
        m_record.responseUrl = outcome.responseUrl;
        m_record.cancelUrl = outcome.cancelUrl;
        m_record.acceptedAt = now();
        m_record.error.reset();
        log(LogLine::Level::Info, tr("Accepted as %1").arg(outcome.requestId));
        store(RunState::Accepted);
        return;
    case SubmitOutcome::Fate::NotSent:
    case SubmitOutcome::Fate::NotTaken:
        // Provably not taken: back to the intent, so that a crash while waiting finds the truth.
        if (m_record.cancel == CancelOutcome::Asked) {
            m_record.cancel = CancelOutcome::Removed;
            end(RunState::Cancelled, { .kind = ErrorKind::Cancelled });
            return;
        }
        if (error.type == "certificate"_L1) { // no time makes it valid, and nobody may click past it
            end(RunState::Refused, error);
            return;
        }
        m_record.state = RunState::Intent;
        m_record.error = error;
        m_storing = true;
        whenFinished(m_services.library.store(m_record), this, [this, error](const Result<RunRecord> &) {
            m_storing = false;
            if (m_record.cancel == CancelOutcome::Asked)
                upload(); // which ends it
            else
                waitToSend(error);
        });
        return;
    case SubmitOutcome::Fate::Refused:
        m_record.reply = outcome.reply;
        end(RunState::Refused, error);
        return;
    case SubmitOutcome::Fate::Unknown:
        m_record.reply = outcome.reply;
        m_record.requestId = outcome.requestId;
        end(RunState::Unknown, error);
        return;
    }
}

Ticket RunTask::ticket() const
{
    return { m_record.endpoint, m_record.requestId, m_record.statusUrl, m_record.responseUrl, m_record.cancelUrl };
}

void RunTask::watch()
{
    m_watch = std::make_unique<RequestWatch>(m_services.client, ticket());
    connect(m_watch.get(), &RequestWatch::progressed, this, [this](const RunProgress &progress) {
        if (progress.runningSince.isValid() && !m_record.startedAt.isValid())
            m_record.startedAt = progress.runningSince; // stored with the next state
        Q_EMIT progressed(progress);
    });
    connect(m_watch.get(), &RequestWatch::logged, this, [this](LogLine line) {
        line.run = m_record.id;
        line.fromServer = true;
        Q_EMIT logged(line);
    });
    connect(m_watch.get(), &RequestWatch::completed, this, [this](const QueueStatus &status) {
        m_record.inferenceSeconds = status.inferenceSeconds;
        m_watch.release()->deleteLater();
        fetchResult(status.error);
    });
    connect(m_watch.get(), &RequestWatch::gone, this, [this](const Error &error) {
        m_watch.release()->deleteLater();
        end(RunState::Failed, error);
    });
    m_watch->start();
}

void RunTask::fetchResult(const std::optional<Error> &statusError)
{
    report(RunProgress::Phase::Fetching);
    m_result = std::make_unique<ResultFetch>(m_services.client, ticket(), statusError);
    connect(m_result.get(), &ResultFetch::waiting, this, [this](const Error &error, std::chrono::milliseconds delay) {
        waitFor(error, errorText(error, m_record.state).what, delay);
    });
    connect(m_result.get(), &ResultFetch::arrived, this, &RunTask::resultArrived);
    connect(m_result.get(), &ResultFetch::failed, this, &RunTask::resultFailed);
    m_result->start();
}

void RunTask::resultArrived(const ResultOutcome &outcome)
{
    m_result.release()->deleteLater();
    m_record.reply = outcome.reply;
    m_record.completedAt = now();
    m_record.error.reset();
    if (outcome.billableUnits && m_endpoint && m_endpoint->price && !m_services.client.server().isSandbox)
        m_record.price = priceOfUnits(*m_endpoint->price, *outcome.billableUnits);
    store(RunState::Completed);
}

void RunTask::resultFailed(Error error, const QByteArray &reply)
{
    m_result.release()->deleteLater();
    m_record.reply = reply;
    m_record.completedAt = now();
    if (m_services.uploads.forgetLost(m_services.client, m_record, error))
        error.type = u"upload_lost"_s;
    const bool cancelled = error.httpStatus == 499 || error.type == "client_cancelled"_L1;
    if (cancelled && m_record.cancel == CancelOutcome::Asked)
        m_record.cancel = CancelOutcome::Requested; // it was heard, though the answer was not
    end(cancelled ? RunState::Cancelled : RunState::Failed, error);
}

void RunTask::fetchPictures()
{
    const Result<ResultContent> content = parseResult(m_record.reply);
    if (!content) {
        end(RunState::Failed, content.error());
        return;
    }
    m_record.description = content->description;
    if (content->images.empty()) {
        end(RunState::Failed,
            { .kind = ErrorKind::Model,
              .type = u"no_media_generated"_s,
              .message = tr("The result holds no pictures."),
              .httpStatus = 200 });
        return;
    }

    std::vector<ImageRecord> known = std::exchange(m_record.images, {});
    m_record.images.resize(content->images.size());
    m_fetches.clear();
    m_fetchesStarted = m_fetchesDone = 0;
    for (size_t index = 0; index < content->images.size(); ++index) {
        m_record.images[index].index = int(index);
        if (index < known.size() && !known[index].file.isEmpty()) {
            m_record.images[index] = known[index];
            continue;
        }
        auto fetch = std::make_unique<PictureFetch>(m_services.library, m_services.client, m_services.decodePool,
                                                    m_record, int(index), addressOf(content->images[index].url));
        connect(fetch.get(), &PictureFetch::finished, this, &RunTask::pictureArrived);
        connect(fetch.get(), &PictureFetch::waiting, this, [this](const Error &error, std::chrono::milliseconds delay) {
            waitFor(error, errorText(error, m_record.state).what, delay);
        });
        connect(fetch.get(), &PictureFetch::progressed, this, [this](qint64 received, qint64 total) {
            Q_EMIT progressed(
                { .phase = RunProgress::Phase::Fetching, .bytesDone = received, .bytesTotal = total });
        });
        m_fetches.push_back(std::move(fetch));
    }
    if (m_fetches.empty()) {
        picturesThere();
        return;
    }
    startFetches();
}

/// The built-in sandbox has another port at each start; the files are the same.
QString RunTask::addressOf(const QString &picture) const
{
    const Server &server = m_services.client.server();
    QUrl url(picture, QUrl::StrictMode);
    if (!server.isSandbox || url.scheme() != "http"_L1 || !isLoopback(url))
        return picture;
    url.setAuthority(server.queue.authority());
    return url.toString(QUrl::FullyEncoded);
}

void RunTask::startFetches()
{
    while (m_fetchesStarted < m_fetches.size() && m_fetchesStarted - m_fetchesDone < fetchesAtOnce)
        m_fetches[m_fetchesStarted++]->start();
}

void RunTask::pictureArrived(const ImageRecord &image)
{
    m_record.images[size_t(image.index)] = image;
    if (image.error)
        log(LogLine::Level::Warning, errorText(*image.error, RunState::Completed).what);
    if (++m_fetchesDone == m_fetches.size())
        picturesThere();
    else
        startFetches();
}

void RunTask::picturesThere()
{
    // The fetches end in their own signal; they go when it has returned.
    for (auto &fetch : m_fetches)
        fetch.release()->deleteLater();
    m_fetches.clear();

    const auto lost = std::count_if(m_record.images.cbegin(), m_record.images.cend(),
                                    [](const ImageRecord &image) { return image.error.has_value(); });
    if (lost > 0) {
        const auto first = std::find_if(m_record.images.cbegin(), m_record.images.cend(),
                                        [](const ImageRecord &image) { return image.error.has_value(); });
        Error error = *first->error;
        if (m_record.images.size() > 1) {
            const QString count = tr("%1 of %2 could not be kept").arg(lost).arg(m_record.images.size());
            error.message = error.message.isEmpty() ? count : count + u": "_s + error.message;
        }
        end(RunState::Failed, error);
        return;
    }
    noteDeviations(m_record);
    whenFinished(m_services.library.firstWith(hashesOf(m_record), m_record.id), this, [this](const auto &earlier) {
        noteDuplicates(m_record, earlier.value_or(QHash<QString, PictureId>()));
        store(RunState::Fetched);
    });
}

void RunTask::cancel()
{
    const bool isNew = m_record.cancel == CancelOutcome::NotAsked || m_record.cancel == CancelOutcome::NotKnown;
    if (m_ended || !isNew)
        return;
    m_record.cancel = CancelOutcome::Asked;
    switch (m_record.state) {
    case RunState::Intent:
        if (m_storing)
            return; // seen before the submit leaves
        // Nothing has left: uploads stop, and so does a wait for the next try.
        m_upload.reset();
        m_retry.stop();
        m_record.cancel = CancelOutcome::Removed;
        end(RunState::Cancelled, { .kind = ErrorKind::Cancelled });
        return;
    case RunState::Accepted:
        askToCancel();
        return;
    case RunState::Sending:
        noteCancel(CancelOutcome::Asked); // and asked for as soon as the server has taken it
        return;
    default:
        noteCancel(CancelOutcome::TooLate);
    }
}

void RunTask::askToCancel()
{
    log(LogLine::Level::Info, tr("Asking the server to cancel"));
    m_cancel = std::make_unique<CancelRequest>(m_services.client, ticket());
    connect(m_cancel.get(), &CancelRequest::waiting, this, [this](const Error &error) {
        log(LogLine::Level::Warning, tr("The server is asked to cancel again. %1").arg(errorText(error, m_record.state).what));
    });
    connect(m_cancel.get(), &CancelRequest::answered, this, &RunTask::cancelAnswered);
    noteCancel(CancelOutcome::Asked);
    m_cancel->start();
}

void RunTask::cancelAnswered(CancelOutcome outcome)
{
    m_cancel.release()->deleteLater();
    if (m_ended || m_storing || m_record.state != RunState::Accepted)
        return; // the result was there first
    if (outcome == CancelOutcome::Removed) {
        m_watch.reset();
        m_result.reset();
        m_record.cancel = outcome;
        end(RunState::Cancelled, { .kind = ErrorKind::Cancelled });
        return;
    }
    log(LogLine::Level::Info, cancelText(outcome));
    noteCancel(outcome);
}

// While a state is being stored this waits for it: what is stored last is what counts.
void RunTask::noteCancel(CancelOutcome outcome)
{
    m_record.cancel = outcome;
    if (!m_storing)
        m_services.library.store(m_record);
}

void RunTask::tryNow()
{
    m_retry.fireNow();
    if (m_watch)
        m_watch->tryNow();
    if (m_result)
        m_result->tryNow();
    if (m_cancel)
        m_cancel->tryNow();
    for (const auto &fetch : m_fetches)
        fetch->tryNow();
}

void RunTask::store(RunState state)
{
    RunRecord next = m_record;
    next.state = state;
    if (isFinal(state) && !next.endedAt.isValid())
        next.endedAt = now();
    m_storing = true;
    whenFinished(m_services.library.store(next), this, [this, state](const Result<RunRecord> &stored) {
        m_storing = false;
        if (!stored) {
            // The disk is full or gone: nothing that follows this state may happen before it is stored.
            const auto delay = retryDelay(++m_storeFailures);
            wait(errorText(stored.error(), m_record.state).what);
            QTimer::singleShot(delay, this, [this, state] { store(state); });
            return;
        }
        m_storeFailures = 0;
        const CancelOutcome cancelNow = m_record.cancel; // may have been asked for meanwhile
        m_record = *stored;
        if (m_record.cancel != cancelNow)
            noteCancel(cancelNow);
        step();
    });
}

void RunTask::end(RunState state, const Error &error)
{
    m_cancel.reset();
    m_record.error = error;
    const ErrorText text = errorText(error, state);
    log(state == RunState::Cancelled ? LogLine::Level::Info : LogLine::Level::Error, text.sentence());
    store(state);
}

void RunTask::waitToSend(const Error &error)
{
    const auto delay = retryDelay(++m_failures, error.retryAfterSeconds);
    const ErrorText text = errorText(error, RunState::Intent);
    waitFor(error, text.what + u' ' + text.kept, delay);
    m_retry.start(delay);
}

void RunTask::waitFor(const Error &error, const QString &why, std::chrono::milliseconds delay)
{
    Q_EMIT progressed({ .phase = RunProgress::Phase::Waiting,
                        .note = why,
                        .needsKey = isAboutKey(error),
                        .nextTry = now().addMSecs(delay.count()) });
    if (why != std::exchange(m_waitsFor, why)) // said once, not at each try
        log(LogLine::Level::Warning, why);
}

void RunTask::wait(const QString &why)
{
    report(RunProgress::Phase::Waiting, why);
    if (why != std::exchange(m_waitsFor, why)) // said once, not at each try
        log(LogLine::Level::Warning, why);
}

void RunTask::report(RunProgress::Phase phase, const QString &note)
{
    Q_EMIT progressed({ .phase = phase, .note = note });
}

void RunTask::log(LogLine::Level level, const QString &text)
{
    Q_EMIT logged({ .time = now(), .run = m_record.id, .level = level, .text = text });
}

} // namespace plantain
