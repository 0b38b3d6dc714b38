#include "decodepool.h"
#include "picturefixtures.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

class TestDecodePool : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersWithValues();
    void neverStartsWhatIsCancelledBeforeItsTurn();
    void tellsTheRunningOfACancel();
    void isBounded();
    void endsWhatWaitsWhenItGoes();
};

void TestDecodePool::answersWithValues()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"picture.png"_s);
    QVERIFY(fixtures::drawing({ 40, 24 }).save(path));
    DecodePool pool(2);
    const Result<QImage> image = pool.decode(path, { 20, 20 }).result();
    QVERIFY(image);
    QCOMPARE(image->size(), QSize(20, 12));
    const Result<PictureInfo> info = pool.verify(path).result();
    QVERIFY(info);
    QCOMPARE(info->size, QSize(40, 24));
    QVERIFY(!pool.verify(folder.path()).result());
}

void TestDecodePool::neverStartsWhatIsCancelledBeforeItsTurn()
{
    QSemaphore gate;
    std::atomic<int> started = 0;
    DecodePool pool(1);
    const auto first = pool.run<int>([&](QPromise<int> &promise) {
        gate.acquire();
        promise.addResult(1);
    });
    auto second = pool.run<int>([&](QPromise<int> &promise) {
        ++started;
        promise.addResult(2);
    });
    second.cancel();
    gate.release();
    QCOMPARE(first.result(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), 10000);
    QVERIFY(second.isCanceled());
    QCOMPARE(second.resultCount(), 0);
    QCOMPARE(started.load(), 0);
}

void TestDecodePool::tellsTheRunningOfACancel()
{
    QSemaphore running;
    DecodePool pool(1);
    auto future = pool.run<int>([&](QPromise<int> &promise) {
        running.release();
        while (!promise.isCanceled())
            QThread::yieldCurrentThread();
    });
    running.acquire();
    future.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 10000);
}

void TestDecodePool::isBounded()
{
    std::atomic<int> now = 0, most = 0;
    QSemaphore gate;
    DecodePool pool(2);
    QList<QFuture<int>> futures;
    for (int number = 0; number < 8; ++number) {
        futures << pool.run<int>([&](QPromise<int> &promise) {
            const int here = ++now;
            for (int seen = most; seen < here && !most.compare_exchange_weak(seen, here);) { }
            gate.acquire();
            --now;
            promise.addResult(0);
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(now.load(), 2, 10000);
    gate.release(8);
    for (QFuture<int> &future : futures)
        future.waitForFinished();
    QCOMPARE(most.load(), 2);
}

void TestDecodePool::endsWhatWaitsWhenItGoes()
{
    QSemaphore gate(0), running;
    QFuture<int> first, second;
    {
        DecodePool pool(1);
        first = pool.run<int>([&](QPromise<int> &promise) {
            running.release();
            gate.acquire();
            promise.addResult(1);
        });
        second = pool.run<int>([&](QPromise<int> &promise) { promise.addResult(2); });
        running.acquire();
        gate.release();
        // Leaving waits for the first and may drop the second.
    }
    QVERIFY(first.isFinished());
    QCOMPARE(first.result(), 1);
    QVERIFY(second.isFinished());
}

QTEST_GUILESS_MAIN(TestDecodePool)
#include "tst_decodepool.moc"
