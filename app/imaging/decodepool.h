#pragma once

#include "imagedecoder.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>

namespace plantain {

/// The bounded pool in which pictures are decoded. Only values cross: give it pure functions. A future that is
/// cancelled before its turn is never started. Any thread; destroying it drops what waits and lets the running end.
class DecodePool final
{
public:
    enum class Rank { Normal, Background }; ///< Background: others of this machine go first

    /// 0: as many as the machine has cores, at most four.
    explicit DecodePool(int threads = 0, Rank rank = Rank::Normal);
    ~DecodePool();
    Q_DISABLE_COPY_MOVE(DecodePool)

    int threads() const { return m_pool.maxThreadCount(); }

    QFuture<Result<QImage>> decode(const QString &path, QSize fitInto = {});
    QFuture<Result<PictureInfo>> verify(const QString &path); ///< goes before everything else that waits

    /// `work` takes a QPromise<T>& and adds one result, or none when it sees isCanceled().
    template <class T, class Work>
    QFuture<T> run(Work work, int priority = 0)
    {
        auto promise = std::make_shared<QPromise<T>>();
        QFuture<T> future = promise->future();
        promise->start();
        m_pool.start(
            [promise, work = std::move(work), rank = m_rank]() mutable {
                if (rank == Rank::Background)
                    letOthersGoFirst();
                if (!promise->isCanceled())
                    work(*promise);
                promise->finish();
            },
            priority);
        return future;
    }

private:
    static void letOthersGoFirst(); ///< on a thread of the pool

    const Rank m_rank;
    QThreadPool m_pool;
};

} // namespace plantain
