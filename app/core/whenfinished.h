#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <type_traits>
#include <utility>

namespace plantain {

/// Calls `then(result)` on the thread of `context` once the future has its result, from the event loop; never when the
/// context is gone by then or the future ends without one. The future returned has what `then` returns.
/// In place of QFuture::then(context, ...), which on Qt 6.4.2 asserts that the context lives and reads it on the thread
/// that finishes the future.
template <class T, class Then>
auto whenFinished(const QFuture<T> &future, QObject *context, Then then)
{
    using Returned = std::invoke_result_t<Then, const T &>;
    auto promise = std::make_shared<QPromise<Returned>>();
    promise->start();
    auto *watcher = new QFutureWatcher<T>(context);
    // A lambda with the watcher as context goes with it, and the promise with the lambda.
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, watcher, [watcher, promise, then = std::move(then)]() mutable {
            watcher->deleteLater();
            if (watcher->future().resultCount() == 0) {
                promise->future().cancel();
            } else if constexpr (std::is_void_v<Returned>) {
                then(watcher->result());
            } else {
                promise->addResult(then(watcher->result()));
            }
            promise->finish();
        });
    watcher->setFuture(future);
    return promise->future();
}

} // namespace plantain
