#include "picturestore.h"

#include <QFutureWatcher>

#include <algorithm>

namespace plantain {

PictureStore::PictureStore(DecodePool &pool, qint64 memoryBytes, QObject *parent)
    : QObject(parent)
    , m_pool(pool)
    , m_limit(memoryBytes)
{
}

PictureStore::~PictureStore()
{
    for (const Job &job : m_running)
        job.watcher->cancel();
}

SharedPicture PictureStore::picture(const QString &key)
{
    const auto found = std::ranges::find(m_kept, key, &Kept::key);
    if (found == m_kept.end())
        return nullptr;
    std::rotate(m_kept.begin(), found, found + 1);
    return m_kept.front().picture;
}

void PictureStore::want(const QObject *view, const std::vector<PictureRequest> &requests)
{
    if (std::erase_if(m_wanted, [view](const Wanted &wanted) { return wanted.view == view; }) == 0) {
        connect(view, &QObject::destroyed, this, [this, view] {
            std::erase_if(m_wanted, [view](const Wanted &wanted) { return wanted.view == view; });
            planAnew();
        });
    }
    m_wanted.insert(m_wanted.begin(), { view, requests });
    planAnew();
}

const Error *PictureStore::errorOf(const QString &key) const
{
    const auto found = m_errors.constFind(key);
    return found == m_errors.cend() ? nullptr : &*found;
}

void PictureStore::forget(const QString &key)
{
    m_errors.remove(key);
    std::erase_if(m_kept, [&key](const Kept &kept) { return kept.key == key; });
}

qint64 PictureStore::bytes() const
{
    qint64 sum = 0;
    for (const Kept &kept : m_kept)
        sum += kept.picture->bytes();
    return sum;
}

void PictureStore::planAnew()
{
    m_waiting.clear();
    for (const bool ahead : { false, true }) {
        for (const Wanted &wanted : m_wanted) {
            for (const PictureRequest &request : wanted.requests) {
                const auto sameKey = [&request](const PictureRequest &other) { return other.key == request.key; };
                if (request.ahead == ahead && !request.key.isEmpty() && !m_errors.contains(request.key)
                    && !isRunning(request.key) && std::ranges::find(m_kept, request.key, &Kept::key) == m_kept.end()
                    && std::ranges::none_of(m_waiting, sameKey))
                    m_waiting.push_back(request);
            }
        }
    }
    for (const Job &job : m_running) {
        const bool wanted = std::ranges::any_of(m_wanted, [&job](const Wanted &view) {
            return std::ranges::find(view.requests, job.request.key, &PictureRequest::key) != view.requests.end();
        });
        if (!wanted)
            job.watcher->cancel();
    }
    startNext();
}

/// Ahead goes one at a time and only when nothing else is to be done, so that it holds nobody up.
void PictureStore::startNext()
{
    constexpr int beforeThumbnails = 1;
    while (!m_waiting.empty() && int(m_running.size()) < m_pool.threads()) {
        const PictureRequest request = m_waiting.front();
        const auto stillWanted = [](const Job &job) { return !job.watcher->isCanceled(); };
        if (request.ahead && std::ranges::any_of(m_running, stillWanted))
            return;
        m_waiting.erase(m_waiting.begin());
        auto *watcher = new QFutureWatcher<Loaded>(this);
        m_running.push_back({ request, watcher });
        connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] { finished(watcher); });
        watcher->setFuture(m_pool.run<Loaded>(
            [path = request.path](QPromise<Loaded> &promise) {
                auto loaded = loadPictureLevels(path, [&promise] { return promise.isCanceled(); });
                if (!loaded)
                    return;
                promise.addResult(loaded->map([](PictureLevels &levels) -> SharedPicture {
                    return std::make_shared<const PictureLevels>(std::move(levels));
                }));
            },
            request.ahead ? 0 : beforeThumbnails));
    }
}

void PictureStore::finished(QFutureWatcher<Loaded> *watcher)
{
    const auto job = std::ranges::find(m_running, watcher, &Job::watcher);
    const QString key = job->request.key;
    m_running.erase(job);
    watcher->deleteLater();
    const QFuture<Loaded> future = watcher->future();
    if (future.isCanceled() || future.resultCount() == 0) {
        startNext();
        return;
    }
    const Loaded loaded = future.resultAt(0);
    if (loaded)
        keep(key, *loaded);
    else
        m_errors.insert(key, loaded.error());
    startNext();
    if (loaded)
        Q_EMIT ready(key);
    else
        Q_EMIT failed(key, loaded.error());
}

/// Drops what was used longest ago until all fits. What is shown stays; what came ahead of its time goes rather than that.
void PictureStore::keep(const QString &key, SharedPicture picture)
{
    m_kept.insert(m_kept.begin(), { key, std::move(picture) });
    while (bytes() > m_limit) {
        const auto last = std::find_if(m_kept.rbegin(), m_kept.rend(),
                                       [this](const Kept &kept) { return !isShown(kept.key); });
        if (last == m_kept.rend())
            return;
        m_kept.erase(std::next(last).base());
    }
}

bool PictureStore::isRunning(const QString &key) const
{
    return std::ranges::any_of(m_running, [&key](const Job &job) {
        return job.request.key == key && !job.watcher->isCanceled();
    });
}

bool PictureStore::isShown(const QString &key) const
{
    return std::ranges::any_of(m_wanted, [&key](const Wanted &wanted) {
        return std::ranges::any_of(wanted.requests, [&key](const PictureRequest &request) {
            return request.key == key && !request.ahead;
        });
    });
}

} // namespace plantain
