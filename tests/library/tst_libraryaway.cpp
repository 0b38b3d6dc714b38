#include "librarytesting.h"

#include <QProcess>
#include <QSignalSpy>

#include <sys/mount.h>

using namespace plantain;
using namespace plantain::testing;

/// The library's folder goes, comes back, comes back as another copy, or may only be read, while it is open.
class LibraryAwayTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movedAndPutBack();
    void unmountedAndMounted();
    void itsCopyComesBack();
    void anotherLibraryIsNotTakenForIt();
    void maybeOnlyLookedAt();

private:
    static void checkAway(const Result<RunRecord> &result)
    {
        QVERIFY(!result);
        QVERIFY2(result.error().kind == ErrorKind::Disk && result.error().type == u"away"_s, describe(result.error()).constData());
    }
    static void copyFolder(const QString &from, const QString &to)
    {
        QCOMPARE(QProcess::execute(u"cp"_s, { u"-a"_s, from, to }), 0);
    }
};

void LibraryAwayTest::movedAndPutBack()
{
    const QTemporaryDir parent;
    const QString folder = parent.filePath(u"library"_s), elsewhere = parent.filePath(u"elsewhere"_s);
    Library library(folder);
    QSignalSpy troubled(&library, &Library::troubled), recovered(&library, &Library::recovered);
    done(library.open());
    const RunRecord record = addInState(library, RunState::Accepted);
    QVERIFY(QDir().rename(folder, elsewhere));
    const auto before = contentOf(elsewhere);
    checkAway(outcome(library.store(inState(record, RunState::Completed))));
    checkAway(outcome(library.add(sampleRecord())));
    QCOMPARE(troubled.size(), 1);
    QVERIFY(contentOf(elsewhere) == before);
    QVERIFY(!QFileInfo::exists(folder)); // nothing is made in its place
    QVERIFY(done(library.run(record.id)) == record); // what is there can still be looked at

    QVERIFY(QDir().rename(elsewhere, folder));
    QCOMPARE(done(library.store(inState(record, RunState::Completed))).state, RunState::Completed);
    QTRY_COMPARE(recovered.size(), 1);
}

void LibraryAwayTest::unmountedAndMounted()
{
    const QTemporaryDir parent;
    const QString drive = parent.filePath(u"drive"_s), mountPoint = parent.filePath(u"mounted"_s);
    QVERIFY(QDir().mkpath(drive) && QDir().mkpath(mountPoint));
    const auto mount = [&] { return ::mount(qPrintable(drive), qPrintable(mountPoint), nullptr, MS_BIND, nullptr) == 0; };
    if (!mount())
        QSKIP("nothing can be mounted here");
    const auto unmount = [&] { return ::umount2(qPrintable(mountPoint), MNT_DETACH) == 0; };
    {
        Library library(mountPoint + u"/library"_s);
        done(library.open());
        const RunRecord record = addInState(library, RunState::Accepted);
        QVERIFY(unmount());
        checkAway(outcome(library.store(inState(record, RunState::Completed))));
        QVERIFY(QDir(mountPoint).isEmpty());
        QVERIFY(mount());
        QCOMPARE(done(library.store(inState(record, RunState::Completed))).state, RunState::Completed);
    }
    QVERIFY(unmount());
}

void LibraryAwayTest::itsCopyComesBack()
{
    const QTemporaryDir parent;
    const QString folder = parent.filePath(u"library"_s), old = parent.filePath(u"old"_s);
    RunRecord record, later;
    {
        Library library(folder);
        done(library.open());
        record = addInState(library, RunState::Accepted);
        copyFolder(folder, parent.filePath(u"copy"_s));
        QVERIFY(QDir().rename(folder, old));
        QVERIFY(QDir().rename(parent.filePath(u"copy"_s), folder));
        record = done(library.store(inState(record, RunState::Completed)));
        later = done(library.add(sampleRecord()));
    }
    Library library(folder);
    QVERIFY(!done(library.open()).rebuilt);
    QVERIFY(done(library.run(record.id)) == record);
    QVERIFY(done(library.run(later.id)) == later);
    Library former(old);
    done(former.open());
    QCOMPARE(done(former.runs(0, 10)).size(), size_t(1));
    QCOMPARE(done(former.run(record.id)).state, RunState::Accepted);
}

void LibraryAwayTest::anotherLibraryIsNotTakenForIt()
{
    const QTemporaryDir parent;
    const QString folder = parent.filePath(u"library"_s), other = parent.filePath(u"other"_s);
    {
        Library library(other);
        done(library.open());
        addInState(library, RunState::Completed);
    }
    Library library(folder);
    done(library.open());
    const RunRecord record = addInState(library, RunState::Accepted);
    QVERIFY(QDir().rename(folder, parent.filePath(u"away"_s)));
    QVERIFY(QDir().rename(other, folder));
    const auto before = contentOf(folder);
    checkAway(outcome(library.store(inState(record, RunState::Completed))));
    QVERIFY(contentOf(folder) == before);
}

void LibraryAwayTest::maybeOnlyLookedAt()
{
    const QTemporaryDir parent;
    const auto mount = [&](unsigned long flags) {
        return ::mount("none", qPrintable(parent.path()), "tmpfs", flags, "size=24m,mode=0700") == 0;
    };
    if (!mount(0))
        QSKIP("a small file system cannot be mounted here");
    const QString folder = parent.filePath(u"library"_s);
    RunRecord record;
    {
        const QTemporaryDir elsewhere;
        Library library(elsewhere.filePath(u"library"_s));
        done(library.open());
        record = addInState(library, RunState::Completed);
        record = done(library.setNote(record.id, u"mine"_s));
        copyFolder(library.folder(), folder); // as a process leaves it that is killed: much is in the log alone
    }
    QVERIFY(QFileInfo(folder + u"/plantain.db-wal"_s).size() > 0);
    QVERIFY(mount(MS_REMOUNT | MS_RDONLY));
    const auto before = contentOf(folder);
    {
        Library library(folder);
        const OpenReport report = done(library.open());
        QVERIFY(report.onlyLooking);
        QCOMPARE(report.onlyLooking->type, u"readonly"_s);
        QCOMPARE(report.runs, 1);
        QVERIFY(done(library.run(record.id)) == record);
        const auto added = outcome(library.add(sampleRecord()));
        QVERIFY(!added);
        QCOMPARE(added.error().type, u"readonly"_s);
        QVERIFY(done(library.open()).onlyLooking); // still
        QVERIFY(contentOf(folder) == before);

        QVERIFY(mount(MS_REMOUNT));
        QVERIFY(!done(library.open()).onlyLooking); // without a restart
        QVERIFY(done(library.run(record.id)) == record);
        done(library.add(sampleRecord()));
    }
    ::umount2(qPrintable(parent.path()), MNT_DETACH);
}

QTEST_GUILESS_MAIN(LibraryAwayTest)
#include "tst_libraryaway.moc"
