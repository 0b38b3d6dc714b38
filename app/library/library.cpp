#include "library.h"
#include "filepool.h"
#include "librarythread.h"
#include "picturefile.h"
#include "referencestore.h"
#include "runsearch.h"

#include <QDir>

#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

Library::Library(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::make_unique<const LibraryFolder>(QDir::cleanPath(QDir(folder).absolutePath())))
    , m_completions(std::make_shared<Completions>(this))
    , m_files(std::make_shared<FilePool>(m_completions))
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

QFuture<Result<OpenReport>> Library::open()
{
    return m_thread->open();
}

QFuture<Result<RunRecord>> Library::add(RunRecord record)
{
    return m_thread->write<RunRecord>([record = std::move(record)](Journal &journal) { return journal.add(record); },
                                      [this](const RunRecord &added) { Q_EMIT runAdded(added); });
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

QFuture<Result<std::vector<RunRecord>>> Library::runs(qint64 afterSequence, int count)
{
    return m_thread->read<std::vector<RunRecord>>(
        [afterSequence, count](Journal &journal) { return journal.table().after(afterSequence, count); });
}

QFuture<Result<ReferenceRecord>> Library::adoptReference(const QString &path, const QString &contentType, QSize size)
{
    return m_files->run<ReferenceRecord>([folder = *m_folder, files = m_files.get(), path, contentType, size] {
        return adoptReferenceFile(folder, path, contentType, size, [files] { return files->isStopping(); });
    });
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
