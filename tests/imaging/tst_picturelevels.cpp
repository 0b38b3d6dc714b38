#include "picturefixtures.h"
#include "picturestore.h"

#include <QColorSpace>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

constexpr int patience = 30'000;

} // namespace

/// Pictures for looking at: their levels, and the store that decodes and keeps them.
class TestPictureLevels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void halvesAreMeans();
    void oddSidesRoundUp();
    void smallestLevelThatNeedNotGrow();
    void profilesAreHonoured();
    void tellsTheContainer();
    void stopsWhenCancelled();
    void shownComesBeforeAhead();
    void dropsWhatIsNoLongerWanted();
    void memoryIsBounded();
    void aheadNeverReplacesWhatIsShown();
    void remembersWhyThereIsNone();
    void forgetsViewsThatAreGone();

private:
    QString file(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("a test file could not be written");
        return path;
    }
    PictureRequest request(int number, QSize size, bool ahead = false)
    {
        const QString name = u"%1-%2.png"_s.arg(number).arg(size.width());
        if (!QFile::exists(m_folder.filePath(name)))
            file(name, fixtures::written(fixtures::drawing(size), "png", 90));
        return { name, m_folder.filePath(name), ahead };
    }

    QTemporaryDir m_folder;
    DecodePool m_pool { 2 };
};

void TestPictureLevels::halvesAreMeans()
{
    QImage image(256, 256, QImage::Format_ARGB32_Premultiplied);
    image.fill(0);
    image.setPixel(0, 0, 0xff804020);
    image.setPixel(1, 0, 0xff804020);
    const auto levels = halvings(image);
    QCOMPARE(levels.size(), size_t(2));
    QCOMPARE(levels[1].pixel(1, 1), 0u);
    const auto *line = reinterpret_cast<const QRgb *>(levels[1].constScanLine(0));
    QCOMPARE(line[0], 0x80402010u);
    // A fine checkerboard becomes flat grey instead of the moiré that sampling would make of it.
    QImage board(512, 512, QImage::Format_RGB32);
    for (int y = 0; y < 512; ++y) {
        for (int x = 0; x < 512; ++x)
            board.setPixel(x, y, (x + y) % 2 ? 0xffffffff : 0xff000000);
    }
    const QImage smallest = halvings(board).back();
    for (int x = 0; x < smallest.width(); ++x)
        QCOMPARE(qGray(smallest.pixel(x, x)), 128);
}

void TestPictureLevels::oddSidesRoundUp()
{
    QImage image(301, 7, QImage::Format_RGB32);
    image.fill(0xff112233);
    const auto levels = halvings(image);
    QCOMPARE(levels.size(), size_t(3));
    QCOMPARE(levels[1].size(), QSize(151, 4));
    QCOMPARE(levels[2].size(), QSize(76, 2));
    for (const QImage &level : levels)
        QCOMPARE(level.pixel(level.width() - 1, level.height() - 1), 0xff112233);
}

void TestPictureLevels::smallestLevelThatNeedNotGrow()
{
    const PictureLevels picture { {}, halvings(QImage(1024, 512, QImage::Format_RGB32)) }; // 1024 512 256 128
    for (const auto &[scale, level] : std::initializer_list<std::pair<double, int>> {
             { 8, 0 }, { 1, 0 }, { 0.75, 0 }, { 0.51, 0 }, { 0.5, 1 }, { 0.3, 1 }, { 0.25, 2 }, { 0.125, 3 }, { 0.01, 3 } })
        QCOMPARE(picture.levelFor(scale), level);
    QCOMPARE(picture.bytes(), qint64(4) * (1024 * 512 + 512 * 256 + 256 * 128 + 128 * 64));
}

void TestPictureLevels::profilesAreHonoured()
{
    QImage image(64, 64, QImage::Format_RGB32);
    image.fill(QColor(200, 100, 50));
    image.setColorSpace(QColorSpace::AdobeRgb);
    const QString path = file(u"adobe.png"_s, fixtures::written(image, "png"));
    const auto loaded = loadPictureLevels(path, [] { return false; });
    QVERIFY(loaded && *loaded);
    const QColor shown = (*loaded)->levels.front().pixelColor(10, 10);
    QVERIFY2(shown.red() > 205, qPrintable(shown.name())); // the same colour takes more red in the smaller space
    const QImage expected = image.convertedToColorSpace(QColorSpace::SRgb);
    QVERIFY(qAbs(shown.red() - expected.pixelColor(10, 10).red()) <= 1);
}

void TestPictureLevels::tellsTheContainer()
{
    const QString path = file(u"a.jpg"_s, fixtures::written(fixtures::drawing({ 300, 200 }), "jpg"));
    const auto loaded = loadPictureLevels(path, [] { return false; });
    QVERIFY(loaded && *loaded);
    QCOMPARE((*loaded)->info.format, PictureFormat::Jpeg);
    QCOMPARE((*loaded)->info.bytes, QFileInfo(path).size());
    QCOMPARE((*loaded)->size(), QSize(300, 200));
    QVERIFY(!(*loaded)->hasAlpha());
}

void TestPictureLevels::stopsWhenCancelled()
{
    const QString path = request(1, { 2000, 2000 }).path;
    int asked = 0;
    QVERIFY(!loadPictureLevels(path, [&asked] { return ++asked > 3; }));
    const int whole = [&path] {
        int times = 0;
        loadPictureLevels(path, [&times] {
            ++times;
            return false;
        });
        return times;
    }();
    QVERIFY2(asked < whole / 2, qPrintable(u"%1 of %2"_s.arg(asked).arg(whole))); // half-way, not at the end
}

void TestPictureLevels::shownComesBeforeAhead()
{
    PictureStore store(m_pool);
    QSignalSpy ready(&store, &PictureStore::ready);
    store.want(this, { request(1, { 300, 300 }, true), request(2, { 300, 300 }, true), request(3, { 1500, 1500 }) });
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 3, patience);
    QCOMPARE(ready.at(0).at(0).toString(), request(3, { 1500, 1500 }).key);
    QCOMPARE(store.picture(request(2, { 300, 300 }).key)->size(), QSize(300, 300));
    QCOMPARE(store.pending(), 0);
    store.want(this, { request(3, { 1500, 1500 }) }); // there already
    QCOMPARE(store.pending(), 0);
}

void TestPictureLevels::dropsWhatIsNoLongerWanted()
{
    PictureStore store(m_pool);
    QSignalSpy ready(&store, &PictureStore::ready);
    for (int number = 10; number < 20; ++number)
        store.want(this, { request(number, { 1500, 1500 }), request(number + 1, { 1500, 1500 }, true) });
    store.want(this, { request(1, { 300, 300 }) });
    QTRY_COMPARE_WITH_TIMEOUT(store.pending(), 0, patience);
    QCOMPARE(ready.size(), 1);
    QCOMPARE(ready.at(0).at(0).toString(), request(1, { 300, 300 }).key);
}

void TestPictureLevels::memoryIsBounded()
{
    const qint64 one = PictureLevels { {}, halvings(QImage(300, 300, QImage::Format_RGB32)) }.bytes();
    PictureStore store(m_pool, 3 * one);
    for (int number = 1; number <= 6; ++number) {
        store.want(this, { request(number, { 300, 300 }) });
        QTRY_VERIFY_WITH_TIMEOUT(store.pending() == 0, patience);
        QVERIFY(store.bytes() <= 3 * one);
    }
    QVERIFY(!store.picture(request(3, { 300, 300 }).key));
    QVERIFY(store.picture(request(4, { 300, 300 }).key)); // used last now
    store.want(this, { request(7, { 300, 300 }) });
    QTRY_VERIFY_WITH_TIMEOUT(store.pending() == 0, patience);
    QVERIFY(store.picture(request(4, { 300, 300 }).key));
    QVERIFY(!store.picture(request(5, { 300, 300 }).key));
}

void TestPictureLevels::aheadNeverReplacesWhatIsShown()
{
    PictureStore store(m_pool, 1000);
    QSignalSpy ready(&store, &PictureStore::ready);
    store.want(this, { request(1, { 300, 300 }), request(2, { 300, 300 }, true), request(3, { 300, 300 }, true) });
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 3, patience);
    QCOMPARE(store.pending(), 0); // and it does not go round and round
    QVERIFY(store.picture(request(1, { 300, 300 }).key));
    QVERIFY(!store.picture(request(2, { 300, 300 }).key));
}

void TestPictureLevels::remembersWhyThereIsNone()
{
    PictureStore store(m_pool);
    QSignalSpy failed(&store, &PictureStore::failed);
    const PictureRequest gone { u"gone"_s, m_folder.filePath(u"gone.png"_s) };
    const PictureRequest broken { u"broken"_s, file(u"broken.png"_s, "no picture at all") };
    store.want(this, { gone, broken });
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, patience);
    QCOMPARE(store.errorOf(gone.key)->type, u"missing"_s);
    QCOMPARE(store.errorOf(broken.key)->kind, ErrorKind::BadPicture);
    store.want(this, { broken });
    QCOMPARE(store.pending(), 0);
    file(u"broken.png"_s, fixtures::written(fixtures::drawing({ 20, 20 }), "png"));
    store.forget(broken.key);
    store.want(this, { broken });
    QTRY_VERIFY_WITH_TIMEOUT(store.picture(broken.key), patience);
}

void TestPictureLevels::forgetsViewsThatAreGone()
{
    PictureStore store(m_pool);
    QSignalSpy ready(&store, &PictureStore::ready);
    auto view = std::make_unique<QObject>();
    store.want(view.get(), { request(30, { 2000, 2000 }) });
    view.reset();
    QTRY_COMPARE_WITH_TIMEOUT(store.pending(), 0, patience);
    QCOMPARE(ready.size(), 0);
}

QTEST_GUILESS_MAIN(TestPictureLevels)
#include "tst_picturelevels.moc"
