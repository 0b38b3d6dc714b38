#pragma once

#include "falclient.h"
#include "cancelrequest.h"
#include "picturefetch.h"
#include "referenceupload.h"
#include "requestwatch.h"
#include "resultfetch.h"

#include <deque>

namespace plantain {

struct Endpoint;
class Library;

/// One run on its way through the journal (design.md 3). Looks at the stored state, does the next step, stores, and
/// looks again: resuming is the same code as running. Each state is durable before the side effect that follows it.
class RunTask final : public QObject
{
    Q_OBJECT
public:
    /// What a task works with; all of it outlives the task.
    struct Services
    {
        Library &library;
        FalClient &client;
        DecodePool &decodePool;
        Uploads &uploads;
    };

    /// `record` is as the library stores it. `endpoint` may be null when its document is gone; the run goes on.
    RunTask(RunRecord record, const Endpoint *endpoint, const Services &services, QObject *parent = nullptr);
    ~RunTask() override;

    /// A record found in `sending` when the program starts: the answer was lost with the process that asked.
    void resume();
    void start();
    void cancel();
    void tryNow(); ///< whatever waits for its next try, has it now

    const RunRecord &record() const { return m_record; }

Q_SIGNALS:
    void progressed(const plantain::RunProgress &progress);
    void logged(const plantain::LogLine &line);
    void ended(); ///< nothing more happens by itself; emitted last

private:
    void step();
    void upload();
    void submit();
    void submitted(const SubmitOutcome &outcome);
    void watch();
    void fetchResult(const std::optional<Error> &statusError);
    void resultArrived(const ResultOutcome &outcome);
    void resultFailed(Error error, const QByteArray &reply);
    void fetchPictures();
    QString addressOf(const QString &picture) const;
    void startFetches();
    void pictureArrived(const ImageRecord &image);
    void picturesThere();
    void askToCancel();
    void cancelAnswered(CancelOutcome outcome);
    void noteCancel(CancelOutcome outcome); ///< in the journal as well

    void store(RunState state);
    void end(RunState state, const Error &error);
    void waitToSend(const Error &error); ///< what was provably not taken
    void wait(const QString &why); ///< for a disk or a connection; it goes on by itself
    void waitFor(const Error &error, const QString &why, std::chrono::milliseconds delay);
    void report(RunProgress::Phase phase, const QString &note = {});
    void log(LogLine::Level level, const QString &text);
    Ticket ticket() const;

    RunRecord m_record;
    const Endpoint *m_endpoint;
    Services m_services;
    CallHandle m_submit;
    std::unique_ptr<CancelRequest> m_cancel;
    std::unique_ptr<ReferenceUpload> m_upload;
    std::unique_ptr<RequestWatch> m_watch;
    std::unique_ptr<ResultFetch> m_result;
    std::deque<std::unique_ptr<PictureFetch>> m_fetches;
    size_t m_fetchesStarted = 0, m_fetchesDone = 0;
    RetryTimer m_retry, m_noAnswer;
    int m_failures = 0, m_storeFailures = 0;
    QString m_waitsFor;
    bool m_storing = false; ///< a change is on its way to the journal; nothing else may change the state
    bool m_ended = false;
};

} // namespace plantain
