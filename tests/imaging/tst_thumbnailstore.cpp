#include "picturefixtures.h"
#include "thumbnailfile.h"
#include "thumbnailstore.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

constexpr int patience = 20000;

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace

class TestThumbnailStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void answersAtOnceAndSaysReadyOnce();
    void standsInWithTheOtherSize();
    void findsItInTheFolder_data();
    void findsItInTheFolder();
    void makesADamagedOneAgain_data();
    void makesADamagedOneAgain();
    void leavesNoTemporaryFiles();
    void keepsTransparency();
    void remembersWhyThereIsNone();
    void dropsWhatIsNoLongerWanted();
    void servesSeveralViews();
    void worksWithoutAFolder();
    void forgetsTheLeastUsed();
    void storesUnderHashesOnly_data();
    void storesUnderHashesOnly();

private:
    struct Original
    {
        QString key, path;
    };
    Original original(QSize size, bool alpha = false, int number = 0)
    {
        QImage image = fixtures::drawing(size, alpha);
        image.setPixel(0, 0, qRgb(number, number, number));
        const QByteArray bytes = fixtures::written(image, "png");
        const QString path = m_folder->filePath(u"original-%1.png"_s.arg(number));
        QFile file(path);
        file.open(QIODevice::WriteOnly);
        file.write(bytes);
        return { hashOf(bytes), path };
    }
    QString cache() const { return m_folder->filePath(u"cache"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    DecodePool m_pool { 2 };
};

void TestThumbnailStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestThumbnailStore::answersAtOnceAndSaysReadyOnce()
{
    const Original picture = original({ 1200, 600 });
    ThumbnailStore store(cache(), m_pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    for (int again = 0; again < 5; ++again)
        QVERIFY(store.thumbnail(picture.key, picture.path, ThumbnailSize::Small).isNull());
    QCOMPARE(store.pending(), 1);
    QVERIFY(ready.wait(patience));
    QCOMPARE(store.thumbnail(picture.key, picture.path, ThumbnailSize::Small).size(), QSize(256, 128));
    QCOMPARE(store.pending(), 0);
    QCOMPARE(ready.size(), 1);
    QCOMPARE(ready[0][0].toString(), picture.key);
}

void TestThumbnailStore::standsInWithTheOtherSize()
{
    const Original picture = original({ 1200, 600 });
    ThumbnailStore store(cache(), m_pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    store.thumbnail(picture.key, picture.path, ThumbnailSize::Small);
    QVERIFY(ready.wait(patience));
    QCOMPARE(store.thumbnail(picture.key, picture.path, ThumbnailSize::Large).size(), QSize(256, 128));
    QVERIFY(ready.wait(patience));
    QCOMPARE(store.thumbnail(picture.key, picture.path, ThumbnailSize::Large).size(), QSize(512, 256));
    QCOMPARE(thumbnailSizeFor(256), ThumbnailSize::Small);
    QCOMPARE(thumbnailSizeFor(257), ThumbnailSize::Large);
    QCOMPARE(thumbnailSizeFor(4000), ThumbnailSize::Large);
}

void TestThumbnailStore::findsItInTheFolder_data()
{
    QTest::addColumn<ThumbnailSize>("size");
    QTest::newRow("same size") << ThumbnailSize::Small;
    QTest::newRow("other size") << ThumbnailSize::Large; // one decode makes both
}

void TestThumbnailStore::findsItInTheFolder()
{
    QFETCH(ThumbnailSize, size);
    const Original picture = original({ 1200, 600 });
    {
        ThumbnailStore store(cache(), m_pool);
        QSignalSpy ready(&store, &ThumbnailStore::ready);
        store.thumbnail(picture.key, picture.path, ThumbnailSize::Small);
        QVERIFY(ready.wait(patience));
    }
    QVERIFY(QFile::remove(picture.path)); // so it can come from the folder alone
    ThumbnailStore second(cache(), m_pool);
    QSignalSpy ready(&second, &ThumbnailStore::ready);
    second.thumbnail(picture.key, picture.path, size);
    QVERIFY(ready.wait(patience));
    QCOMPARE(second.thumbnail(picture.key, picture.path, size).width(), int(size));
}

void TestThumbnailStore::makesADamagedOneAgain_data()
{
    QTest::addColumn<QByteArray>("damage");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << fixtures::written(fixtures::drawing({ 256, 128 }), "jpeg").left(500);
    QTest::newRow("garbage") << QByteArray(5000, 'x');
    QTest::newRow("too large") << fixtures::written(fixtures::drawing({ 600, 300 }), "jpeg");
}

void TestThumbnailStore::makesADamagedOneAgain()
{
    QFETCH(QByteArray, damage);
    const Original picture = original({ 1200, 600 });
    const QString stored = thumbnailFile(cache(), picture.key, 256);
    QVERIFY(QDir().mkpath(QFileInfo(stored).path()));
    QFile file(stored);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(damage);
    file.close();

    ThumbnailStore store(cache(), m_pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    store.thumbnail(picture.key, picture.path, ThumbnailSize::Small);
    QVERIFY(ready.wait(patience));
    QCOMPARE(store.thumbnail(picture.key, picture.path, ThumbnailSize::Small).size(), QSize(256, 128));
    const auto again = decodePictureFile(stored);
    QVERIFY(again);
    QCOMPARE(again->size(), QSize(256, 128));
}

void TestThumbnailStore::leavesNoTemporaryFiles()
{
    ThumbnailStore store(cache(), m_pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    for (int number = 1; number <= 6; ++number) {
        const Original picture = original({ 300, 200 }, false, number);
        store.thumbnail(picture.key, picture.path, ThumbnailSize::Small);
    }
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 6, patience);
    int files = 0;
    for (QDirIterator all(cache(), QDir::Files, QDirIterator::Subdirectories); all.hasNext(); ++files)
        QCOMPARE(QFileInfo(all.next()).fileName().size(), 64);
    QCOMPARE(files, 12);
}

void TestThumbnailStore::keepsTransparency()
{
    const Original picture = original({ 600, 600 }, true);
    ThumbnailStore store(cache(), m_pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    store.thumbnail(picture.key, picture.path, ThumbnailSize::Small);
    QVERIFY(ready.wait(patience));
    QVERIFY(store.thumbnail(picture.key, picture.path, ThumbnailSize::Small).hasAlphaChannel());
    QVERIFY(decodePictureFile(thumbnailFile(cache(), picture.key, 256))->hasAlphaChannel());
}

void TestThumbnailStore::remembersWhyThereIsNone()
{
    const Original picture { hashOf("none"), m_folder->filePath(u"none.png"_s) };
    ThumbnailStore store(cache(), m_pool);
    QSignalSpy failed(&store, &ThumbnailStore::failed);
    QVERIFY(store.thumbnail(picture.key, picture.path, ThumbnailSize::Small).isNull());
    QVERIFY(failed.wait(patience));
    QCOMPARE(failed[0][1].value<Error>().type, u"missing"_s);
    QVERIFY(store.errorOf(picture.key));
    QVERIFY(store.thumbnail(picture.key, picture.path, ThumbnailSize::Small).isNull());
    QCOMPARE(store.pending(), 0); // not tried at every repaint

    QVERIFY(fixtures::drawing({ 40, 40 }).save(picture.path));
    store.forget(picture.key);
    QVERIFY(!store.errorOf(picture.key));
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    store.thumbnail(picture.key, picture.path, ThumbnailSize::Small);
    QVERIFY(ready.wait(patience));
    QCOMPARE(store.thumbnail(picture.key, picture.path, ThumbnailSize::Small).size(), QSize(40, 40));
}

void TestThumbnailStore::dropsWhatIsNoLongerWanted()
{
    QList<Original> pictures;
    for (int number = 0; number < 20; ++number)
        pictures << original({ 300, 200 }, false, number);
    DecodePool pool(1);
    QSemaphore gate;
    const auto blocker = pool.run<int>([&gate](QPromise<int> &) { gate.acquire(); });

    ThumbnailStore store(cache(), pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    std::vector<ThumbnailRequest> first, second;
    for (int number = 0; number < 10; ++number)
        first.push_back({ pictures[number].key, pictures[number].path, ThumbnailSize::Small });
    for (int number = 19; number >= 10; --number)
        second.push_back({ pictures[number].key, pictures[number].path, ThumbnailSize::Small });
    QObject view;
    store.want(&view, first);
    QCOMPARE(store.pending(), 10);
    store.want(&view, second);
    QCOMPARE(store.pending(), 11); // the one handed to the pool is cancelled, not gone
    gate.release();
    QTRY_COMPARE_WITH_TIMEOUT(store.pending(), 0, patience);
    QStringList order, expected;
    for (const auto &arguments : ready)
        order << arguments[0].toString();
    for (const ThumbnailRequest &request : second)
        expected << request.key;
    QCOMPARE(order, expected);
}

void TestThumbnailStore::servesSeveralViews()
{
    QList<Original> pictures;
    for (int number = 0; number < 4; ++number)
        pictures << original({ 300, 200 }, false, number);
    const auto request = [&pictures](int number) {
        return ThumbnailRequest { pictures[number].key, pictures[number].path, ThumbnailSize::Small };
    };
    DecodePool pool(1);
    QSemaphore gate;
    const auto blocker = pool.run<int>([&gate](QPromise<int> &) { gate.acquire(); });

    ThumbnailStore store(cache(), pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    QObject gallery;
    auto closed = std::make_unique<QObject>();
    auto details = std::make_unique<QObject>();
    store.want(&gallery, { request(0), request(1) });
    store.want(closed.get(), { request(3) });
    store.want(details.get(), { request(2) });
    closed.reset();
    store.want(&gallery, { request(0), request(1) }); // drops nothing that the other view wants
    gate.release();
    QTRY_COMPARE_WITH_TIMEOUT(store.pending(), 0, patience);
    QStringList made;
    for (const auto &arguments : ready)
        made << arguments[0].toString();
    QCOMPARE(made, QStringList({ pictures[0].key, pictures[1].key, pictures[2].key }));
}

void TestThumbnailStore::worksWithoutAFolder()
{
    const Original picture = original({ 300, 200 });
    QFile inTheWay(cache());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    ThumbnailStore store(cache(), m_pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    store.thumbnail(picture.key, picture.path, ThumbnailSize::Small);
    QVERIFY(ready.wait(patience));
    QCOMPARE(store.thumbnail(picture.key, picture.path, ThumbnailSize::Small).width(), 256);
}

void TestThumbnailStore::forgetsTheLeastUsed()
{
    const Original one = original({ 256, 256 }, false, 1), two = original({ 256, 256 }, false, 2);
    ThumbnailStore store(cache(), m_pool, 256 * 256 * 4);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    store.thumbnail(one.key, one.path, ThumbnailSize::Small);
    QVERIFY(ready.wait(patience));
    store.thumbnail(two.key, two.path, ThumbnailSize::Small);
    QVERIFY(ready.wait(patience));
    QVERIFY(!store.thumbnail(two.key, two.path, ThumbnailSize::Small).isNull());
    QVERIFY(store.thumbnail(one.key, one.path, ThumbnailSize::Small).isNull());
    QVERIFY(ready.wait(patience));
    QVERIFY(!store.thumbnail(one.key, one.path, ThumbnailSize::Small).isNull());
}

void TestThumbnailStore::storesUnderHashesOnly_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("path") << u"../../../../etc/passwd"_s;
    QTest::newRow("short") << u"abc"_s;
    QTest::newRow("upper case") << QString(64, u'A');
    QTest::newRow("64 characters of a path") << u"../"_s.repeated(21) + u'x';
}

void TestThumbnailStore::storesUnderHashesOnly()
{
    QFETCH(QString, key);
    QCOMPARE(thumbnailFile(cache(), key, 256), QString());
    QCOMPARE(thumbnailFile(cache(), QString(64, u'a'), 256), cache() + u"/256/aa/"_s + QString(64, u'a'));
    const Original picture = original({ 300, 200 });
    ThumbnailStore store(cache(), m_pool);
    QSignalSpy ready(&store, &ThumbnailStore::ready);
    store.thumbnail(key, picture.path, ThumbnailSize::Small);
    QVERIFY(ready.wait(patience));
    QVERIFY(!store.thumbnail(key, picture.path, ThumbnailSize::Small).isNull());
    QVERIFY(!QFileInfo::exists(cache()));
}

QTEST_MAIN(TestThumbnailStore)
#include "tst_thumbnailstore.moc"
