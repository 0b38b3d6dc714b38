#include "librarytesting.h"

using namespace plantain;
using namespace plantain::testing;

/// Which pictures the library has had before.
class DuplicatesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheFirst();
    void whatIsGoneIsNotTold();
    void aMadeAgainIndexTellsThemToo();
};

namespace {

/// A finished run with pictures of these hashes.
RunRecord addWith(Library &library, const QStringList &hashes)
{
    RunRecord record = sampleRecord();
    record.state = RunState::Done;
    for (const QString &hash : hashes) {
        const auto number = int(record.images.size());
        record.images.push_back({ .index = number, .file = u"images/%1-%2.png"_s.arg(record.id.text).arg(number), .sha256 = hash });
    }
    return done(library.add(record));
}

} // namespace

void DuplicatesTest::tellsTheFirst()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    const RunRecord one = addWith(library, { u"aa"_s, u"bb"_s });
    const RunRecord two = addWith(library, { u"bb"_s, u"cc"_s, u"bb"_s });
    const auto first = done(library.firstWith({ u"aa"_s, u"bb"_s, u"cc"_s, u"dd"_s }, newRunId()));
    QCOMPARE(first.size(), 3);
    QVERIFY(first[u"aa"_s] == (PictureId { one.id, 0 }));
    QVERIFY(first[u"bb"_s] == (PictureId { one.id, 1 }));
    QVERIFY(first[u"cc"_s] == (PictureId { two.id, 1 }));
    const auto others = done(library.firstWith({ u"aa"_s, u"bb"_s }, one.id)); // the run itself is none
    QCOMPARE(others.size(), 1);
    QVERIFY(others[u"bb"_s] == (PictureId { two.id, 0 }));
}

void DuplicatesTest::whatIsGoneIsNotTold()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    RunRecord gone = sampleRecord();
    gone.state = RunState::Done;
    gone.images = { { .index = 0, .file = u"images/a.png"_s, .sha256 = u"aa"_s, .deletion = Deletion::Emptied },
                    { .index = 1, .file = u"images/b.png"_s, .sha256 = u"bb"_s, .deletion = Deletion::Trashed } };
    done(library.add(gone));
    const auto first = done(library.firstWith({ u"aa"_s, u"bb"_s }, newRunId()));
    QVERIFY(!first.contains(u"aa"_s));
    QVERIFY(first.contains(u"bb"_s)); // in the trash it can still be looked at
}

void DuplicatesTest::aMadeAgainIndexTellsThemToo()
{
    const QTemporaryDir folder;
    RunRecord one;
    {
        Library library(folder.path());
        done(library.open());
        one = addWith(library, { u"aa"_s });
    }
    for (const auto &suffix : { u""_s, u"-wal"_s, u"-shm"_s })
        QFile::remove(folder.filePath(u"plantain.db"_s + suffix));
    Library library(folder.path());
    QVERIFY(done(library.open()).rebuilt);
    QVERIFY(done(library.firstWith({ u"aa"_s }, newRunId()))[u"aa"_s] == (PictureId { one.id, 0 }));
}

QTEST_GUILESS_MAIN(DuplicatesTest)
#include "tst_duplicates.moc"
