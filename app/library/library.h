#pragma once

#include "deletionchange.h"
#include "lineage.h"
#include "runrecord.h"
#include "runsummary.h"
#include "searchquery.h"
#include "uploadrecord.h"

#include <QFuture>
#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace plantain {

class AdoptedHere;
class Completions;
class FilePool;
class IncomingFile;
class LibraryFolder;
class LibraryThread;

/// The folder of everything kept, and the journal in it (design.md 3). This is the face on the GUI thread: every call
/// returns at once; work is done in order on one library thread, and a future is finished after the commit is durable.
/// Signals state facts: they are emitted on this object's thread after the commit, before the future is finished.
/// Futures finish on this object's thread, from its event loop: to block that thread on one is to wait for ever.
/// Errors of every call: Disk ("full", "readonly", "missing", "away": the whole library, "io", "exists"), Database ("damaged", "locked", "io"); what a
/// failed call was to store is not stored, and later calls work again when the disk does.
class Library final : public QObject
{
    Q_OBJECT
public:
    /// Nothing is touched before open().
    explicit Library(const QString &folder, QObject *parent = nullptr);
    ~Library() override; ///< finishes what was asked for, finishes all futures, closes, releases the lock

    const QString &folder() const;

    /// Takes the lock, makes or migrates or rebuilds. Errors: LibraryInUse, Database ("newer", "locked", "io"), Disk.
    /// Other calls may be made at once; they wait, and fail with the same error when opening does.
    /// `inUse`, absolute paths: copies made for runs that never came to be are put into the desktop's trash, but for these;
    /// without it they stay.
    QFuture<Result<OpenReport>> open(const std::optional<QStringList> &inUse = std::nullopt);

    /// Adds a run (gives its sequence). The record returned is what is stored.
    QFuture<Result<RunRecord>> add(RunRecord record);
    /// Stores a changed record but for what is the person's own in it; the state must be the stored one or one that may follow it, else Database "transition".
    /// An unknown id is Database "missing". Durable when finished. Changes waiting at the same time share one commit.
    /// The run's sidecar is written beside it, see Journal.
    QFuture<Result<RunRecord>> store(RunRecord record);

    /// Changes what is the person's own of a run (note, marks, votes), and nothing else of it, at any state of the run.
    /// store() leaves that alone, so that neither takes anything from the other. `change` is called on the library
    /// thread with the stored record, perhaps twice. The sidecar has it when the future is finished.
    QFuture<Result<RunRecord>> amend(const RunId &id, std::function<void(RunRecord &)> change);
    QFuture<Result<RunRecord>> setNote(const RunId &id, const QString &note); ///< amend() of the note

    /// Puts pictures into the library's trash, or takes them back: a mark in the journal and in the sidecars, which no file
    /// moves for. One change, durable when finished; see Journal::setDeletion for what is left alone.
    QFuture<Result<DeletionChange>> setTrashed(const std::vector<PictureId> &pictures, bool trashed);
    /// Moves the files of all that is in the trash to the desktop's trash, then marks them: how many. Ended in between, it
    /// is taken up by the next call. On an error what is not moved yet stays in the trash; Disk "notrash": see
    /// moveToSystemTrash. Not to be called again before it is finished.
    QFuture<Result<int>> emptyTrash();

    QFuture<Result<RunRecord>> run(const RunId &id); ///< Database "missing" when there is none
    QFuture<Result<std::vector<RunRecord>>> openRuns(); ///< not final, oldest first
    /// Newest first; `beforeSequence` 0 begins at the newest.
    QFuture<Result<std::vector<RunSummary>>> summaries(qint64 beforeSequence, int count);
    QFuture<Result<SearchHits>> search(const SearchQuery &query); ///< what of it the library knows
    /// Which picture came from which, around this run; Database "missing" when there is none. At most mostLineageRuns.
    QFuture<Result<Lineage>> lineage(const RunId &id);
    static constexpr size_t mostLineageRuns = 500;
    QFuture<Result<std::vector<RunRecord>>> runs(qint64 afterSequence, int count); ///< oldest first, for `list`

    /// Who had these files first, of all pictures but those of that run and what has left the trash; by hash.
    QFuture<Result<QHash<QString, PictureId>>> firstWith(const QStringList &hashes, const RunId &except);
    /// Which of these request ids belong to another run than this one.
    QFuture<Result<QStringList>> claimedRequests(const QStringList &requestIds, const RunId &except);

    /// Copies a file into references/ by content hash (a copy that is there already is kept).
    QFuture<Result<ReferenceRecord>> adoptReference(const QString &path, const QString &contentType, QSize size);
    QFuture<Result<ReferenceRecord>> adoptReference(const QByteArray &bytes, const QString &contentType, QSize size);

    /// What a server holds of a file; nothing when that is not known.
    QFuture<Result<std::optional<UploadRecord>>> upload(const QString &server, const QString &sha256);
    QFuture<Result<UploadRecord>> keepUpload(const UploadRecord &record); ///< in place of what was known
    QFuture<Result<QString>> forgetUpload(const QString &server, const QString &sha256);

    /// A picture about to arrive; see IncomingFile.
    std::unique_ptr<IncomingFile> incoming(const RunRecord &record, int index);
    QString absolute(const QString &relative) const; ///< refuses to leave the folder: empty then

Q_SIGNALS:
    void runAdded(const plantain::RunRecord &record);
    void runChanged(const plantain::RunRecord &record);
    void troubled(const plantain::Error &error); ///< the disk does not take what is to be stored; once for each kind of trouble
    void recovered(); ///< it does again

private:
    struct Emptying;
    QFuture<Result<DeletionChange>> setDeletion(const std::vector<PictureId> &pictures, Deletion deletion);
    void emptyNext(const std::shared_ptr<Emptying> &emptying);

    std::unique_ptr<const LibraryFolder> m_folder;
    std::shared_ptr<Completions> m_completions;
    std::shared_ptr<FilePool> m_files;
    std::shared_ptr<AdoptedHere> m_adopted;
    std::unique_ptr<LibraryThread> m_thread;
};

} // namespace plantain
