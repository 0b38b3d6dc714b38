#include "library.h"
#include "filepool.h"
#include "librarythread.h"
#include "lineagequery.h"
#include "picturefile.h"
#include "referencestore.h"
#include "unclaimed.h"
#include "runsearch.h"
#include "systemtrash.h"
#include "whenfinished.h"

#include <QDir>

#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

Library::Library(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::make_unique<const LibraryFolder>(QDir::cleanPath(QDir(folder).absolutePath())))
    , m_completions(std::make_shared<Completions>(this))
    , m_files(std::make_shared<FilePool>(m_completions))
    , m_adopted(std::make_shared<AdoptedHere>())
    , m_thread(std::make_unique<LibraryThread>(*m_folder, m_completions, [this](const std::optional<Error> &error) {
        if (error)
            Q_EMIT troubled(*error);
        else
            Q_EMIT recovered();
    }))
{
}

Library::~Library()
{
    m_files->stop();
    m_thread->finish();
    m_completions->close();
}

const QString &Library::folder() const
{
    return m_folder->path();
}

QFuture<Result<OpenReport>> Library::open(const std::optional<QStringList> &inUse)
{
    return m_thread->open(inUse ? std::optional(SweepLimits { *inUse, m_adopted }) : std::nullopt);
}

QFuture<Result<RunRecord>> Library::add(RunRecord record)
{
    return m_thread->write<RunRecord>([record = std::move(record)](Journal &journal) { return journal.add(record); },
                                      [this](const RunRecord &added) {
                                          if (!added.references.empty()) {
                                              m_files->runDetached([folder = *m_folder, references = added.references] {
                                                  claimReferences(folder, references);
                                              });
                                          }
                                          Q_EMIT runAdded(added);
                                      });
}

QFuture<Result<RunRecord>> Library::store(RunRecord record)
{
    return m_thread->write<RunRecord>([record = std::move(record)](Journal &journal) { return journal.store(record); },
                                      [this](const RunRecord &stored) { Q_EMIT runChanged(stored); });
}

QFuture<Result<RunRecord>> Library::amend(const RunId &id, std::function<void(RunRecord &)> change)
{
    return m_thread->write<RunRecord>([id, change = std::move(change)](Journal &journal) { return journal.amend(id, change); },
                                      [this](const RunRecord &stored) { Q_EMIT runChanged(stored); });
}

QFuture<Result<RunRecord>> Library::setNote(const RunId &id, const QString &note)
{
    return amend(id, [note](RunRecord &run) { run.note = note; });
}

QFuture<Result<DeletionChange>> Library::setDeletion(const std::vector<PictureId> &pictures, Deletion deletion)
{
    return m_thread->write<DeletionChange>(
        [pictures, deletion](Journal &journal) { return journal.setDeletion(pictures, deletion); },
        [this](const DeletionChange &change) {
            for (const RunRecord &run : change.runs)
                Q_EMIT runChanged(run);
        });
}

QFuture<Result<DeletionChange>> Library::setTrashed(const std::vector<PictureId> &pictures, bool trashed)
{
    return setDeletion(pictures, trashed ? Deletion::Trashed : Deletion::None);
}

/// What is in the trash, taken out of it in portions: a portion's files are moved, then it is marked.
struct Library::Emptying
{
    struct Item
    {
        PictureId picture;
        QString file; ///< empty: there is none
    };
    /// What of a portion is out of the library, and what ended it.
    struct Moved
    {
        std::vector<PictureId> pictures;
        std::optional<Error> error;
    };

    std::vector<Item> items;
    size_t next = 0;
    int emptied = 0;
    QPromise<Result<int>> promise;

    void take(const std::vector<RunRecord> &runs)
    {
        for (const RunRecord &run : runs) {
            if (run.deletion == Deletion::Trashed)
                items.push_back({ { run.id, 0 }, {} });
            for (const ImageRecord &image : run.images) {
                if (image.deletion == Deletion::Trashed)
                    items.push_back({ { run.id, image.index }, image.file });
            }
        }
    }

    std::vector<Item> portion()
    {
        const auto begin = items.begin() + qsizetype(next);
        next = std::min(next + 100, items.size());
        return { begin, items.begin() + qsizetype(next) };
    }

    void end(const Result<int> &result)
    {
        promise.addResult(result);
        promise.finish();
    }
};

QFuture<Result<int>> Library::emptyTrash()
{
    auto emptying = std::make_shared<Emptying>();
    emptying->promise.start();
    whenFinished(m_thread->read<std::vector<RunRecord>>([](Journal &journal) { return journal.table().trashed(); }), this,
                 [this, emptying](const Result<std::vector<RunRecord>> &runs) {
                     if (!runs) {
                         emptying->end(failure(runs.error()));
                         return;
                     }
                     emptying->take(*runs);
                     emptyNext(emptying);
                 });
    return emptying->promise.future();
}

void Library::emptyNext(const std::shared_ptr<Emptying> &emptying)
{
    if (emptying->next == emptying->items.size()) {
        emptying->end(emptying->emptied);
        return;
    }
    const auto move = [folder = *m_folder, items = emptying->portion()]() -> Result<Emptying::Moved> {
        Emptying::Moved moved;
        for (const Emptying::Item &item : items) {
            const auto gone = item.file.isEmpty() ? Result<void>() : moveToSystemTrash(folder, item.file);
            if (!gone) {
                moved.error = gone.error();
                break;
            }
            moved.pictures.push_back(item.picture);
        }
        return moved;
    };
    whenFinished(m_files->run<Emptying::Moved>(move), this, [this, emptying](const Result<Emptying::Moved> &moved) {
        if (!moved) {
            emptying->end(failure(moved.error()));
            return;
        }
        whenFinished(setDeletion(moved->pictures, Deletion::Emptied), this,
                     [this, emptying, error = moved->error](const Result<DeletionChange> &change) {
                         if (!change || error) {
                             emptying->end(failure(change ? *error : change.error()));
                             return;
                         }
                         emptying->emptied += int(change->changed.size());
                         emptyNext(emptying);
                     });
    });
}

QFuture<Result<RunRecord>> Library::run(const RunId &id)
{
    return m_thread->read<RunRecord>([id](Journal &journal) { return journal.find(id); });
}

QFuture<Result<std::vector<RunRecord>>> Library::openRuns()
{
    return m_thread->read<std::vector<RunRecord>>([](Journal &journal) { return journal.openRuns(); });
}

QFuture<Result<std::vector<RunSummary>>> Library::summaries(qint64 beforeSequence, int count)
{
    const qint64 before = beforeSequence > 0 ? beforeSequence : std::numeric_limits<qint64>::max();
    return m_thread->read<std::vector<RunSummary>>(
        [before, count](Journal &journal) { return journal.table().summariesBefore(before, count); });
}

QFuture<Result<SearchHits>> Library::search(const SearchQuery &query)
{
    return m_thread->read<SearchHits>([query](Journal &journal) { return searchRuns(journal.database(), query); });
}

QFuture<Result<Lineage>> Library::lineage(const RunId &id)
{
    return m_thread->read<Lineage>(
        [id](Journal &journal) { return queryLineage(journal.database(), journal.table(), id, mostLineageRuns); });
}

QFuture<Result<std::vector<RunRecord>>> Library::runs(qint64 afterSequence, int count)
{
    return m_thread->read<std::vector<RunRecord>>(
        [afterSequence, count](Journal &journal) { return journal.table().after(afterSequence, count); });
}

QFuture<Result<QHash<QString, PictureId>>> Library::firstWith(const QStringList &hashes, const RunId &except)
{
    return m_thread->read<QHash<QString, PictureId>>(
        [hashes, except](Journal &journal) { return journal.table().firstWith(hashes, except); });
}

QFuture<Result<QStringList>> Library::claimedRequests(const QStringList &requestIds, const RunId &except)
{
    return m_thread->read<QStringList>(
        [requestIds, except](Journal &journal) { return journal.table().claimedRequests(requestIds, except); });
}

QFuture<Result<ReferenceRecord>> Library::adoptReference(const QString &path, const QString &contentType, QSize size)
{
    return m_files->run<ReferenceRecord>([folder = *m_folder, files = m_files.get(), adopted = m_adopted, path, contentType, size] {
        return adoptReferenceFile(folder, path, contentType, size, *adopted, [files] { return files->isStopping(); });
    });
}

QFuture<Result<ReferenceRecord>> Library::adoptReference(const QByteArray &bytes, const QString &contentType, QSize size)
{
    return m_files->run<ReferenceRecord>([folder = *m_folder, files = m_files.get(), adopted = m_adopted, bytes, contentType, size] {
        return adoptReferenceBytes(folder, bytes, contentType, size, *adopted, [files] { return files->isStopping(); });
    });
}

QFuture<Result<std::optional<UploadRecord>>> Library::upload(const QString &server, const QString &sha256)
{
    return m_thread->read<std::optional<UploadRecord>>(
        [server, sha256](Journal &journal) { return journal.uploads().find(server, sha256); });
}

QFuture<Result<UploadRecord>> Library::keepUpload(const UploadRecord &record)
{
    return m_thread->write<UploadRecord>(
        [record](Journal &journal) {
            return journal.uploads().put(record).map([&record] { return record; });
        },
        nullptr);
}

QFuture<Result<QString>> Library::forgetUpload(const QString &server, const QString &sha256)
{
    return m_thread->write<QString>(
        [server, sha256](Journal &journal) {
            return journal.uploads().remove(server, sha256).map([&sha256] { return sha256; });
        },
        nullptr);
}

std::unique_ptr<IncomingFile> Library::incoming(const RunRecord &record, int index)
{
    return std::make_unique<PictureFile>(*m_folder, m_files, record, index);
}

QString Library::absolute(const QString &relative) const
{
    const QString clean = QDir::cleanPath(relative);
    if (relative.isEmpty() || relative.contains(QChar(0)) || QDir::isAbsolutePath(clean) || clean == u".."_s
        || clean.startsWith(u"../"_s))
        return {};
    const QString path = m_folder->pathOf(clean);
    // What lies behind a symbolic link that leads out is not the library's either; nothing there yet leads nowhere.
    const QString real = QFileInfo(path).canonicalFilePath();
    const QString realFolder = QFileInfo(folder()).canonicalFilePath();
    if (!real.isEmpty() && real != realFolder && !real.startsWith(realFolder + u'/'))
        return {};
    return path;
}

} // namespace plantain
