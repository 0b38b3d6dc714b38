#include "thumbnailstore.h"

#include "thumbnailfile.h"

#include <QFutureWatcher>

#include <algorithm>

namespace plantain {

struct ThumbnailStore::Job
{
    ThumbnailRequest request;
    QFutureWatcher<Made> *watcher = nullptr; ///< a child of the store
};

struct ThumbnailStore::Wanted
{
    const QObject *view = nullptr;
    std::vector<ThumbnailRequest> requests;
};

ThumbnailSize thumbnailSizeFor(int devicePixels)
{
    return devicePixels <= int(ThumbnailSize::Small) ? ThumbnailSize::Small : ThumbnailSize::Large;
}

ThumbnailStore::ThumbnailStore(const QString &cacheFolder, DecodePool &pool, qint64 memoryBytes, QObject *parent)
    : QObject(parent)
    , m_folder(cacheFolder)
    , m_pool(pool)
    , m_memory(memoryBytes)
{
}

ThumbnailStore::~ThumbnailStore()
{
    for (Job &job : m_running)
        job.watcher->cancel();
}

QPixmap ThumbnailStore::thumbnail(const QString &key, const QString &path, ThumbnailSize size)
{
    if (const QPixmap *pixmap = m_memory.object(cacheKey(key, size)))
        return *pixmap;
    if (!m_errors.contains(key)) {
        enqueue({ key, path, size });
        startNext();
    }
    const auto other = size == ThumbnailSize::Large ? ThumbnailSize::Small : ThumbnailSize::Large;
    const QPixmap *pixmap = m_memory.object(cacheKey(key, other));
    return pixmap ? *pixmap : QPixmap();
}

void ThumbnailStore::want(const QObject *view, const std::vector<ThumbnailRequest> &requests)
{
    const auto known = std::find_if(m_wanted.begin(), m_wanted.end(),
                                    [view](const Wanted &wanted) { return wanted.view == view; });
    if (known == m_wanted.end())
        connect(view, &QObject::destroyed, this, [this, view] { forgetView(view); });
    else
        m_wanted.erase(known);
    m_wanted.insert(m_wanted.begin(), { view, requests });
    planAnew();
}

void ThumbnailStore::forgetView(const QObject *view)
{
    std::erase_if(m_wanted, [view](const Wanted &wanted) { return wanted.view == view; });
    planAnew();
}

void ThumbnailStore::planAnew()
{
    m_waiting.clear();
    for (const Wanted &wanted : m_wanted) {
        for (const ThumbnailRequest &request : wanted.requests)
            enqueue(request);
    }
    for (Job &job : m_running) {
        if (!isWanted(job.request))
            job.watcher->cancel();
    }
    startNext();
}

const Error *ThumbnailStore::errorOf(const QString &key) const
{
    const auto found = m_errors.constFind(key);
    return found == m_errors.cend() ? nullptr : &*found;
}

void ThumbnailStore::forget(const QString &key)
{
    m_errors.remove(key);
    m_memory.remove(cacheKey(key, ThumbnailSize::Small));
    m_memory.remove(cacheKey(key, ThumbnailSize::Large));
}

int ThumbnailStore::pending() const
{
    return int(m_waiting.size() + m_running.size());
}

QString ThumbnailStore::cacheKey(const QString &key, ThumbnailSize size)
{
    return key + u'-' + QString::number(int(size));
}

void ThumbnailStore::enqueue(const ThumbnailRequest &request)
{
    if (request.key.isEmpty() || m_errors.contains(request.key) || isRunning(request)
        || m_memory.contains(cacheKey(request.key, request.size))
        || std::find(m_waiting.begin(), m_waiting.end(), request) != m_waiting.end())
        return;
    m_waiting.push_back(request);
}

/// No more than the pool has threads for, so that what waits can still be dropped or overtaken.
void ThumbnailStore::startNext()
{
    while (!m_waiting.empty() && int(m_running.size()) < m_pool.threads()) {
        const ThumbnailRequest request = m_waiting.front();
        m_waiting.erase(m_waiting.begin());
        const auto work = [folder = m_folder, request](QPromise<Made> &promise) {
            const auto cancelled = [&promise] { return promise.isCanceled(); };
            if (auto made = thumbnailFromFolder(folder, request.key, request.path, int(request.size), cancelled))
                promise.addResult(std::move(*made));
        };
        auto *watcher = new QFutureWatcher<Made>(this);
        m_running.push_back({ request, watcher });
        connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] { finished(watcher); });
        watcher->setFuture(m_pool.run<Made>(work));
    }
}

void ThumbnailStore::finished(QFutureWatcher<Made> *watcher)
{
    const auto job = std::find_if(m_running.begin(), m_running.end(),
                                  [watcher](const Job &running) { return running.watcher == watcher; });
    const ThumbnailRequest request = job->request;
    m_running.erase(job);
    watcher->deleteLater();

    const QFuture<Made> future = watcher->future();
    if (future.resultCount() == 0) {
        startNext();
        return;
    }
    const Made made = future.resultAt(0);
    if (made) {
        auto *pixmap = new QPixmap(QPixmap::fromImage(*made));
        m_memory.insert(cacheKey(request.key, request.size), pixmap, qsizetype(pixmap->width()) * pixmap->height() * 4);
    } else {
        m_errors.insert(request.key, made.error());
    }
    startNext();
    if (made)
        Q_EMIT ready(request.key);
    else
        Q_EMIT failed(request.key, made.error());
}

bool ThumbnailStore::isWanted(const ThumbnailRequest &request) const
{
    return std::any_of(m_wanted.begin(), m_wanted.end(), [&request](const Wanted &wanted) {
        return std::find(wanted.requests.begin(), wanted.requests.end(), request) != wanted.requests.end();
    });
}

bool ThumbnailStore::isRunning(const ThumbnailRequest &request) const
{
    return std::any_of(m_running.begin(), m_running.end(), [&request](const Job &job) {
        return job.request == request && !job.watcher->isCanceled();
    });
}

} // namespace plantain
