#include "decodepool.h"

#include <QThread>

#include <sys/resource.h>
#include <unistd.h>

namespace plantain {

DecodePool::DecodePool(int threads, Rank rank)
    : m_rank(rank)
{
    m_pool.setMaxThreadCount(threads > 0 ? threads : qBound(1, QThread::idealThreadCount(), 4));
}

DecodePool::~DecodePool()
{
    m_pool.clear(); // a promise that is dropped unfinished ends its future as cancelled
    m_pool.waitForDone();
}

// QThread's priorities do nothing here but for the lowest, which a busy machine never lets run.
void DecodePool::letOthersGoFirst()
{
    constexpr int niceness = 19; // at 10 they took a tenth of what a run was waiting for
    ::setpriority(PRIO_PROCESS, id_t(::gettid()), niceness); // Linux: of this thread alone
}

QFuture<Result<QImage>> DecodePool::decode(const QString &path, QSize fitInto)
{
    return run<Result<QImage>>(
        [path, fitInto](QPromise<Result<QImage>> &promise) { promise.addResult(decodePictureFile(path, fitInto)); });
}

QFuture<Result<PictureInfo>> DecodePool::verify(const QString &path)
{
    constexpr int beforeThumbnails = 1; // a run waits for it
    return run<Result<PictureInfo>>(
        [path](QPromise<Result<PictureInfo>> &promise) { promise.addResult(verifyPicture(path)); }, beforeThumbnails);
}

} // namespace plantain
