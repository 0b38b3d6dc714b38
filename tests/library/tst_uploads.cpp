#include "librarytesting.h"

using namespace plantain;
using namespace plantain::testing;
using namespace std::chrono_literals;

/// What the library remembers of files on servers.
class UploadsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areKeptPerFileAndServer();
    void partsAreKept();
    void areForgotten();
    void theirTimeIsOver();
    void goWithTheDatabase();
};

namespace {

const QDateTime noon(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);

UploadRecord upload(const QString &sha256, const QString &server = u"fal"_s, const QDateTime &asked = noon)
{
    return { .sha256 = sha256, .server = server, .asked = asked, .lifetime = 24h,
             .url = QUrl(u"https://v3b.fal.media/files/b/%1/a%2Fb.png?x=%20y"_s.arg(sha256)), .begun = {} };
}

} // namespace

void UploadsTest::areKeptPerFileAndServer()
{
    const QTemporaryDir folder;
    {
        Library library(folder.path());
        done(library.open());
        QCOMPARE(done(library.upload(u"fal"_s, u"aa"_s)), std::nullopt);
        for (const UploadRecord &record : { upload(u"aa"_s), upload(u"bb"_s), upload(u"aa"_s, u"https://example.com"_s) })
            QCOMPARE(done(library.keepUpload(record)), record);
        UploadRecord newer = upload(u"aa"_s);
        newer.url = QUrl(u"https://v3b.fal.media/newer"_s);
        done(library.keepUpload(newer));
    }
    Library library(folder.path());
    done(library.open());
    QCOMPARE(done(library.upload(u"fal"_s, u"aa"_s))->url, QUrl(u"https://v3b.fal.media/newer"_s));
    QCOMPARE(done(library.upload(u"fal"_s, u"bb"_s)), upload(u"bb"_s));
    QCOMPARE(done(library.upload(u"https://example.com"_s, u"aa"_s)), upload(u"aa"_s, u"https://example.com"_s));
    QCOMPARE(done(library.upload(u"https://example.com"_s, u"bb"_s)), std::nullopt);
}

void UploadsTest::partsAreKept()
{
    const QTemporaryDir folder;
    UploadRecord record = upload(u"aa"_s);
    record.url.clear();
    record.begun = PartsUpload { .file = QUrl(u"https://v3b.fal.media/files/b/1/a.png"_s),
                                 .upload = QUrl(u"https://v3b.fal.media/up/a.png?sig=a%2Fb%3D"_s), .partBytes = 10 << 20, .parts = {} };
    {
        Library library(folder.path());
        done(library.open());
        done(library.keepUpload(record));
        record.begun->parts = { { 2, u"\"two\""_s }, { 1, u"one ü"_s } };
        done(library.keepUpload(record));
    }
    Library library(folder.path());
    done(library.open());
    QCOMPARE(done(library.upload(u"fal"_s, u"aa"_s)), record);
    QVERIFY(!record.isThere(noon));
}

void UploadsTest::areForgotten()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    done(library.keepUpload(upload(u"aa"_s)));
    done(library.keepUpload(upload(u"aa"_s, u"sandbox"_s)));
    done(library.forgetUpload(u"fal"_s, u"aa"_s));
    done(library.forgetUpload(u"fal"_s, u"zz"_s)); // nothing is no error
    QCOMPARE(done(library.upload(u"fal"_s, u"aa"_s)), std::nullopt);
    QVERIFY(done(library.upload(u"sandbox"_s, u"aa"_s)).has_value());
}

void UploadsTest::theirTimeIsOver()
{
    const UploadRecord record = upload(u"aa"_s);
    QVERIFY(record.isThere(noon));
    QVERIFY(record.isThere(noon.addSecs(24 * 3600 - 1)));
    QVERIFY(!record.isThere(noon.addSecs(24 * 3600)));
    QVERIFY(record.isThere(noon.addSecs(23 * 3600 - 1), 1h));
    QVERIFY(!record.isThere(noon.addSecs(23 * 3600), 1h));

    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    done(library.keepUpload(record));
    done(library.keepUpload(upload(u"bb"_s, u"fal"_s, noon.addSecs(3600))));
    QVERIFY(done(library.upload(u"fal"_s, u"aa"_s)).has_value());
    done(library.keepUpload(upload(u"cc"_s, u"fal"_s, noon.addSecs(24 * 3600))));
    QCOMPARE(done(library.upload(u"fal"_s, u"aa"_s)), std::nullopt);
    QVERIFY(done(library.upload(u"fal"_s, u"bb"_s)).has_value());
}

/// The runs come back from their sidecars; what was uploaded is uploaded once more.
void UploadsTest::goWithTheDatabase()
{
    const QTemporaryDir folder;
    {
        Library library(folder.path());
        done(library.open());
        done(library.add(sampleRecord()));
        done(library.keepUpload(upload(u"aa"_s)));
    }
    QVERIFY(QFile::remove(folder.filePath(u"plantain.db"_s)));
    Library library(folder.path());
    QVERIFY(done(library.open()).rebuilt);
    QCOMPARE(done(library.runs(0, 10)).size(), size_t(1));
    QCOMPARE(done(library.upload(u"fal"_s, u"aa"_s)), std::nullopt);
    done(library.keepUpload(upload(u"aa"_s)));
}

QTEST_GUILESS_MAIN(UploadsTest)
#include "tst_uploads.moc"
