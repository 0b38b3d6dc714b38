#pragma once

#include "runprogress.h"
#include "runrecord.h"
#include "uploadstate.h"

#include <QFuture>
#include <QObject>

#include <deque>
#include <map>
#include <memory>
#include <set>

namespace plantain {

class DecodePool;
class EndpointCatalog;
class Library;
class RunTask;
class Servers;
class Uploads;

/// A picture a person gives to a run: a file on this machine or an address. Or any file of a field that is one address.
struct ReferenceSource
{
    QString field; ///< "image_urls"
    QString file; ///< absolute path; or
    QUrl url;
    QString written; ///< the address as it stands in the input; as `url` writes it when empty
    QString name; ///< for people; of the file when empty
    QString part; ///< as of ReferenceRecord
    qint64 atMostBytes = 0; ///< scaled down to so many; 0: as large as it is
    bool keepsMetadata = false; ///< where it can be
    int index = 0; ///< place in the field's list, -1: the field is no list; given by the controller
};

/// What Generate asks for. References follow those that the input already names by address.
struct RunRequest
{
    EndpointId endpoint;
    Json input;
    std::vector<ReferenceSource> references;
    std::optional<RunOrigin> origin = std::nullopt;
};

/// What Generate comes to: the stored run, or all that is wrong, each at its field, and nothing stored.
using StartResult = tl::expected<RunRecord, std::vector<Error>>;

/// What a look for a run on its server came to.
struct LookUpResult
{
    bool found = false; ///< the run goes on
    QString words; ///< what a person is told
};

/// The one use-case object: starts, resumes and interferes with runs. Facts come back through the library's signals,
/// telemetry through the signals here. Lives on the GUI thread.
class RunController final : public QObject
{
    Q_OBJECT
public:
    /// All of these outlive the controller.
    RunController(const EndpointCatalog &catalog, Library &library, Servers &servers, DecodePool &decodePool,
                  QObject *parent = nullptr);
    ~RunController() override; ///< drops what is in flight; the journal has it

    /// On the chosen server: validates, draws the seed, copies the references, stores the intent, and goes on. The future is finished when
    /// the intent is durable.
    QFuture<StartResult> start(const RunRequest &request);

    /// Goes on with every open run, each on its own server; a run found in `sending` becomes `unknown`. Runs whose server
    /// wants a key that is not there wait for it and then go on by themselves. The future tells how many need not.
    QFuture<int> resumeAll();
    bool waitsForKey(const RunId &id) const;
    void cancel(const RunId &id);
    void cancelAll();
    void tryNow(const RunId &id); ///< a run that waits between two tries
    void cancelWaiting(); ///< those that are not sent yet; costs nothing

    /// Runs whose turn has not come, the next one first. None of them has been sent; they may be put in another order.
    std::vector<RunId> waitingRuns() const;
    void moveWaiting(const RunId &id, int place); ///< 0 is the next one; a run that does not wait is left alone
    /// While paused nothing that waits is sent, nor are runs that are started now; what was sent goes on.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }

    /// An `unknown` or `failed` run: asks the server's request history and adopts the run if exactly one request there
    /// has its input and belongs to no other run. One whose request is known by name asks for that again.
    QFuture<Result<LookUpResult>> lookUp(const RunId &id);
    /// By a person's explicit word: a new run with the same input.
    QFuture<StartResult> sendAgain(const RunId &id);

    int openRuns() const; ///< under way or waiting for their turn

Q_SIGNALS:
    void progressed(const plantain::RunId &id, const plantain::RunProgress &progress);
    void logged(const plantain::LogLine &line);
    void waitingChanged(); ///< who waits, in which order, and whether sending is paused
    void keyRefused(const plantain::Error &error); ///< once for each key: runs wait for another one
    void settled(const plantain::RunId &id); ///< nothing more happens to it by itself
    void adopted(const QString &file, const QString &sha256); ///< a file that a run was given is in the library
    void uploading(const QString &sha256, const plantain::UploadState &state); ///< of such a file, for whatever runs

private:
    QFuture<StartResult> startOn(const QString &server, const RunRequest &request);
    QFuture<StartResult> startNow(const QString &server, const RunRequest &request); // its key is loaded
    void resume(const RunRecord &record);
    void goOnWithKey(const QString &server);
    void take(const RunRecord &record, bool resumed);
    void startWaiting();
    void lookUpNow(const RunRecord &run); // its key is loaded
    void lookedUp(const RunId &id, Result<LookUpResult> result);
    void adopt(RunRecord record, const QString &requestId);
    void log(LogLine::Level level, const RunId &run, const QString &text);

    const EndpointCatalog &m_catalog;
    Library &m_library;
    Servers &m_servers;
    DecodePool &m_decodePool;
    std::unique_ptr<Uploads> m_uploads;
    std::map<RunId, std::unique_ptr<RunTask>> m_tasks;
    std::deque<RunTask *> m_waiting; ///< tasks whose turn has not come
    std::map<RunId, RunRecord> m_keyless; ///< wait for the key of their server
    std::set<QString> m_keysRefused; ///< by their servers, and said so
    bool m_paused = false;
    struct LookUp;
    std::map<RunId, std::unique_ptr<LookUp>> m_lookUps;
};

} // namespace plantain
