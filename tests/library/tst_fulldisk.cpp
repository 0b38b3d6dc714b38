#include "incomingfile.h"
#include "librarytesting.h"
#include "sidecars.h"
#include "statement.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace plantain;
using namespace plantain::testing;

/// On a small file system in memory, filled to the brim. Mounting takes root; elsewhere these are skipped, and say so.
class FullDiskTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void storesFailOrAreWhole_data();
    void storesFailOrAreWhole();
    void manyStoresAtOnce();
    void picturesFailOrAreWhole();
    void referencesFailOrAreWhole();
    void openingOnAFullDisk_data();
    void openingOnAFullDisk();
    void rebuildingOnAFullDisk();
    void aReadOnlyDisk();

private:
    QString folder() const { return m_mountPoint->filePath(u"library"_s); }
    void leave(qint64 bytes); ///< fills the disk but for so much
    void emptyAgain();
    void checkWhole(const QString &folder);

    std::optional<QTemporaryDir> m_mountPoint;
    bool m_isMounted = false;
    int m_filler = -1;
};

namespace {

constexpr auto mountOptions = "size=24m,mode=0700";

void checkIsFull(const Error &error)
{
    QVERIFY2(error.kind == ErrorKind::Disk && error.type == u"full"_s, describe(error).constData());
}

} // namespace

void FullDiskTest::init()
{
    m_mountPoint.emplace();
    if (::geteuid() != 0)
        QSKIP("only root can mount a small file system");
    if (::mount("none", qPrintable(m_mountPoint->path()), "tmpfs", 0, mountOptions) != 0)
        QSKIP(qPrintable(u"a small file system cannot be mounted here: "_s + qt_error_string(errno)));
    m_isMounted = true;
    m_filler = ::open(qPrintable(m_mountPoint->filePath(u"filler"_s)), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    QVERIFY(m_filler >= 0);
}

void FullDiskTest::cleanup()
{
    if (m_filler >= 0)
        ::close(std::exchange(m_filler, -1));
    if (std::exchange(m_isMounted, false))
        ::umount2(qPrintable(m_mountPoint->path()), MNT_DETACH);
    m_mountPoint.reset();
}

void FullDiskTest::leave(qint64 bytes)
{
    QVERIFY(::lseek(m_filler, 0, SEEK_END) >= 0);
    for (const int size : { 1024 * 1024, 4096 }) {
        const QByteArray piece(size, 'x');
        while (::write(m_filler, piece.constData(), size_t(size)) > 0) { }
    }
    QCOMPARE(errno, ENOSPC);
    QCOMPARE(::ftruncate(m_filler, qMax(off_t(0), ::lseek(m_filler, 0, SEEK_END) - off_t(bytes))), 0);
}

void FullDiskTest::emptyAgain()
{
    QCOMPARE(::ftruncate(m_filler, 0), 0);
}

void FullDiskTest::checkWhole(const QString &path)
{
    auto database = valueOf(Database::open(path + u"/plantain.db"_s, Database::Mode::Durable));
    QCOMPARE(valueOf(database.value(u"PRAGMA integrity_check"_s)).toString(), u"ok"_s);
    const Sidecars sidecars { LibraryFolder(path) };
    for (const auto &[file, id] : sidecars.list())
        QVERIFY(sidecars.read(file));
    QVERIFY(QStringList(contentOf(path).keys()).filter(u".part"_s).isEmpty());
}

void FullDiskTest::storesFailOrAreWhole_data()
{
    QTest::addColumn<int>("replySize");
    QTest::newRow("small record") << 100;
    QTest::newRow("large reply") << 60000;
}

void FullDiskTest::storesFailOrAreWhole()
{
    QFETCH(int, replySize);
    int failures = 0;
    int successes = 0;
    {
        Library library(folder());
        done(library.open());
        // From no room at all to enough: each write on the way meets the end of the disk once.
        for (int pages = 0; pages < 64; ++pages) {
            const RunRecord before = addInState(library, RunState::Accepted);
            RunRecord after = inState(before, RunState::Completed);
            after.reply = QByteArray(replySize, 'r');
            leave(pages * 4096);
            const auto stored = outcome(library.store(after));
            const auto added = outcome(library.add(sampleRecord()));
            const auto found = outcome(library.run(before.id)); // looking goes on
            QVERIFY2(found, found ? "" : describe(found.error()).constData());
            if (stored) {
                ++successes;
                QVERIFY(*found == after);
            } else {
                ++failures;
                checkIsFull(stored.error());
                QVERIFY(*found == before);
            }
            if (!added)
                checkIsFull(added.error());
            emptyAgain();
            // It goes on without a restart.
            if (!stored)
                QVERIFY(done(library.store(after)) == after);
            QVERIFY(done(library.run(before.id)) == after);
            const auto sidecar = valueOf(Sidecars(LibraryFolder(folder())).read(Sidecars::pathOf(before.id)));
            QVERIFY(sidecar.record == after);
        }
    }
    QVERIFY(failures > 0);
    QVERIFY(successes > 0);
    checkWhole(folder());
}

void FullDiskTest::manyStoresAtOnce()
{
    std::vector<RunRecord> expected;
    int failures = 0;
    {
        Library library(folder());
        done(library.open());
        for (const int pages : { 0, 5, 20, 40, 80, 160 }) {
            leave(pages * 4096);
            std::vector<QFuture<Result<RunRecord>>> asked;
            for (int i = 0; i < 30; ++i)
                asked.push_back(library.add(sampleRecord(QString(3000, u'p'))));
            for (const auto &future : asked) {
                if (const auto added = outcome(future))
                    expected.push_back(*added);
                else
                    ++failures;
            }
            emptyAgain();
        }
        QVERIFY(failures > 0);
        QVERIFY(!expected.empty());
        QVERIFY(done(library.runs(0, 1000)) == expected);
    }
    checkWhole(folder());
    QCOMPARE(Sidecars(LibraryFolder(folder())).list().size(), expected.size());
}

void FullDiskTest::picturesFailOrAreWhole()
{
    Library library(folder());
    done(library.open());
    const RunRecord record = addInState(library, RunState::Completed);
    int failures = 0;
    int successes = 0;
    const QByteArray piece(16384, 'p');
    for (int pages = 0; pages < 40; pages += 3) {
        leave(pages * 4096);
        auto incoming = library.incoming(record, pages); // a name of its own each time
        std::optional<Error> error;
        for (int i = 0; i < 4 && !error; ++i)
            error = incoming->append(piece);
        const auto kept = outcome(incoming->keep(u"png"_s));
        if (error) {
            ++failures;
            checkIsFull(*error);
            QVERIFY(!kept);
            checkIsFull(kept.error());
        } else if (kept) {
            ++successes;
            QCOMPARE(readBytes(library.absolute(kept->file)), piece.repeated(4));
        } else {
            checkIsFull(kept.error());
        }
        incoming.reset();
        emptyAgain();
        const QString pictures = QFileInfo(folder() + u'/' + u"images"_s).filePath();
        int files = 0;
        const auto content = contentOf(pictures);
        for (auto entry = content.begin(); entry != content.end(); ++entry)
            files += entry.value() != "folder";
        QCOMPARE(files, successes);
    }
    QVERIFY(failures > 0);
    QVERIFY(successes > 0);
}

void FullDiskTest::referencesFailOrAreWhole()
{
    Library library(folder());
    done(library.open());
    const QTemporaryDir outside;
    writeBytes(outside.filePath(u"a.png"_s), QByteArray(100000, 'r'));
    const auto adopt = [&] { return outcome(library.adoptReference(outside.filePath(u"a.png"_s), u"image/png"_s, {})); };
    leave(40000);
    const auto adopted = adopt();
    QVERIFY(!adopted);
    checkIsFull(adopted.error());
    QCOMPARE(contentOf(folder() + u"/references"_s).size(), 0);
    emptyAgain();
    QCOMPARE(valueOf(adopt()).bytes, qint64(100000));
}

void FullDiskTest::openingOnAFullDisk_data()
{
    QTest::addColumn<int>("pages");
    for (const int pages : { 0, 1, 2, 4, 8, 16, 24, 32, 48, 64 })
        QTest::addRow("%d pages", pages) << pages;
}

void FullDiskTest::openingOnAFullDisk()
{
    QFETCH(int, pages);
    // A new one either becomes whole or is made the next time.
    leave(pages * 4096);
    {
        Library library(folder());
        const auto opened = outcome(library.open());
        if (!opened)
            checkIsFull(opened.error());
    }
    emptyAgain();
    std::vector<RunRecord> records;
    {
        Library library(folder());
        QCOMPARE(done(library.open()).runs, 0);
        for (int i = 0; i < 5; ++i)
            records.push_back(addInState(library, RunState::Completed));
    }
    // One that is there can be looked at.
    leave(pages * 4096);
    {
        Library library(folder());
        const auto opened = outcome(library.open());
        if (!opened)
            checkIsFull(opened.error());
        else
            QVERIFY(done(library.runs(0, 100)) == records);
    }
    emptyAgain();
    {
        Library library(folder());
        QVERIFY(!done(library.open()).rebuilt);
        QVERIFY(done(library.runs(0, 100)) == records);
    }
    checkWhole(folder());
}

void FullDiskTest::rebuildingOnAFullDisk()
{
    std::vector<RunRecord> records;
    {
        Library library(folder());
        done(library.open());
        for (int i = 0; i < 20; ++i)
            records.push_back(addInState(library, RunState::Completed));
    }
    QVERIFY(QFile::remove(folder() + u"/plantain.db"_s));
    leave(8 * 4096);
    {
        Library library(folder());
        const auto opened = outcome(library.open());
        QVERIFY(!opened);
        checkIsFull(opened.error());
        // Asked again when there is room, without a restart.
        emptyAgain();
        const OpenReport report = done(library.open());
        QVERIFY(report.rebuilt);
        QVERIFY(done(library.runs(0, 100)) == records);
    }
    checkWhole(folder());
}

void FullDiskTest::aReadOnlyDisk()
{
    RunRecord record;
    {
        Library library(folder());
        done(library.open());
        record = addInState(library, RunState::Completed);
    }
    QVERIFY(::close(std::exchange(m_filler, -1)) == 0);
    QCOMPARE(::mount("none", qPrintable(m_mountPoint->path()), nullptr, MS_REMOUNT | MS_RDONLY, mountOptions), 0);
    {
        Library library(folder());
        const OpenReport report = done(library.open());
        QVERIFY(report.onlyLooking);
        QCOMPARE(report.onlyLooking->type, u"readonly"_s);
        QVERIFY(done(library.run(record.id)) == record);
        const auto added = outcome(library.add(sampleRecord()));
        QVERIFY(!added);
        QCOMPARE(added.error().type, u"readonly"_s);
        auto incoming = library.incoming(record, 0);
        const auto error = incoming->append("x");
        QVERIFY(error);
        QCOMPARE(error->type, u"readonly"_s);
    }
    QCOMPARE(::mount("none", qPrintable(m_mountPoint->path()), nullptr, MS_REMOUNT, mountOptions), 0);
    Library library(folder());
    done(library.open());
    QVERIFY(done(library.run(record.id)) == record);
}

QTEST_GUILESS_MAIN(FullDiskTest)
#include "tst_fulldisk.moc"
