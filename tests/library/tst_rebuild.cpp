#include "database.h"
#include "librarytesting.h"
#include "sidecars.h"

#include <QRandomGenerator>

#include <functional>

using namespace plantain;
using namespace plantain::testing;

class RebuildTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDamagedDatabaseIsMadeAgain_data();
    void aDamagedDatabaseIsMadeAgain();
    void anyByteMayBeWrong();
    void aKilledProcess_data();
    void aKilledProcess();
    void anInterruptedRenameIsFinished();
    void anInterruptedRebuildBeginsAgain();
    void whatCannotBeReadIsReported();
    void sidecarsAlone();
    void sequencesStay();
    void leftoversAreRemoved();
};

namespace {

using Records = std::vector<RunRecord>;

/// A library with a run in each state.
Records fill(Library &library)
{
    done(library.open());
    Records records;
    for (const RunState state : allStates())
        records.push_back(addInState(library, state));
    return records;
}

Records fill(const QString &folder)
{
    Library library(folder);
    return fill(library);
}

/// What the sidecars give: `fetched` is done again from `completed`.
Records asRebuilt(Records records)
{
    for (RunRecord &record : records) {
        if (record.state == RunState::Fetched) {
            const RunRecord completed = inState(record, RunState::Completed);
            record.state = completed.state;
            record.images = completed.images;
            record.completedAt = {};
        }
    }
    return records;
}

Records withoutTimeOfFetched(Records records)
{
    for (RunRecord &record : records) {
        if (record.state == RunState::Completed && record.sequence == 5)
            record.completedAt = {};
    }
    return records;
}

void copyFolder(const QString &from, const QString &to)
{
    QDirIterator files(from, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString target = to + path.mid(from.size());
        QVERIFY(QDir().mkpath(QFileInfo(target).path()));
        QVERIFY(QFile::copy(path, target));
    }
}

using Damage = std::function<void(const QString &path)>;

Damage overwrite(qsizetype from, qsizetype size, char byte)
{
    return [=](const QString &path) {
        QByteArray bytes = readBytes(path);
        QVERIFY(bytes.size() > from);
        for (qsizetype i = from; i < qMin(bytes.size(), from + size); ++i)
            bytes[i] = char(byte ^ char(i * 7));
        writeBytes(path, bytes);
    };
}

Damage truncate(double part)
{
    return [=](const QString &path) {
        const QByteArray bytes = readBytes(path);
        writeBytes(path, bytes.left(qsizetype(double(bytes.size()) * part)));
    };
}

void foreignDatabase(const QString &path)
{
    QFile::remove(path);
    auto database = valueOf(Database::open(path, Database::Mode::Building));
    QVERIFY(database.run(u"CREATE TABLE theirs (a TEXT)"_s));
}

void dropTable(const QString &path)
{
    auto database = valueOf(Database::open(path, Database::Mode::Durable));
    QVERIFY(database.run(u"DROP TABLE images"_s));
}

} // namespace

Q_DECLARE_METATYPE(Damage)

void RebuildTest::aDamagedDatabaseIsMadeAgain_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<bool>("isSetAside");
    QTest::newRow("deleted") << Damage([](const QString &path) { QVERIFY(QFile::remove(path)); }) << false;
    QTest::newRow("0 bytes") << truncate(0) << true;
    QTest::newRow("10 bytes") << Damage([](const QString &path) { writeBytes(path, readBytes(path).left(10)); }) << true;
    QTest::newRow("half") << truncate(0.5) << true;
    QTest::newRow("last page short") << truncate(0.999) << true;
    QTest::newRow("header overwritten") << overwrite(0, 100, 0) << true;
    QTest::newRow("first page overwritten") << overwrite(100, 3996, 0x55) << true;
    QTest::newRow("garbage in the middle") << overwrite(4096, 3 * 4096, 0x33) << true;
    QTest::newRow("text") << Damage([](const QString &path) { writeBytes(path, "hello\n"); }) << true;
    QTest::newRow("of another program") << Damage(foreignDatabase) << true;
    QTest::newRow("a table missing") << Damage(dropTable) << true;
    QTest::newRow("a foreign log beside none") << Damage([](const QString &path) {
        QVERIFY(QFile::rename(path, path + u"-wal"_s));
    }) << true;
}

void RebuildTest::aDamagedDatabaseIsMadeAgain()
{
    QFETCH(Damage, damage);
    QFETCH(bool, isSetAside);
    const QTemporaryDir folder;
    const Records records = asRebuilt(fill(folder.path()));
    const QString path = folder.filePath(u"plantain.db"_s);
    damage(path);
    const QByteArray damagedBytes = readBytes(path);
    const bool wasThere = QFileInfo::exists(path);
    {
        Library library(folder.path());
        const OpenReport report = done(library.open());
        QVERIFY(report.rebuilt);
        QVERIFY(!report.created);
        QCOMPARE(report.runs, int(records.size()));
        QCOMPARE(report.problems, QStringList());
        QCOMPARE(!report.setAside.isEmpty(), isSetAside);
        if (wasThere)
            QCOMPARE(readBytes(folder.filePath(report.setAside)), damagedBytes);
        QVERIFY(withoutTimeOfFetched(done(library.runs(0, 100))) == records);
        QVERIFY(outcome(library.add(sampleRecord())));
    }
    Library library(folder.path());
    const OpenReport report = done(library.open());
    QVERIFY(!report.rebuilt);
    QCOMPARE(report.setAside, QString());
    QCOMPARE(report.runs, int(records.size()) + 1);
}

void RebuildTest::anyByteMayBeWrong()
{
    const QTemporaryDir folder;
    const Records records = fill(folder.path());
    const QString path = folder.filePath(u"plantain.db"_s);
    const QByteArray good = readBytes(path);
    // The header first, then places all over the file.
    for (qsizetype at = 0; at < good.size(); at += at < 100 ? 9 : good.size() / 60) {
        QByteArray bytes = good;
        bytes[at] = char(~bytes[at]);
        writeBytes(path, bytes);
        QFile::remove(folder.filePath(u"plantain.db-wal"_s));
        {
            Library library(folder.path());
            const auto opened = outcome(library.open());
            if (!opened) {
                // A flipped byte may make it look newer, nothing else.
                QVERIFY2(opened.error().type == u"newer"_s, describe(opened.error()).constData());
                QVERIFY(at >= 60 && at < 64);
            } else {
                // Text may be wrong where SQLite cannot see it; runs may not be missing.
                QVERIFY2(opened->runs == int(records.size()),
                         qPrintable(u"byte %1: %2 runs"_s.arg(at).arg(opened->runs)));
                const auto added = outcome(library.add(sampleRecord()));
                QVERIFY2(added, qPrintable(u"byte %1: %2"_s.arg(at).arg(added ? QString() : added.error().message)));
            }
        }
        // The run added here shall not be in the next round.
        for (const auto &[file, id] : Sidecars(LibraryFolder(folder.path())).list()) {
            if (std::none_of(records.begin(), records.end(), [&](const RunRecord &record) { return record.id == id; }))
                QFile::remove(folder.filePath(file));
        }
        for (const QString &name : QDir(folder.path()).entryList({ u"plantain.db*"_s, u"library.json"_s }, QDir::Files))
            QFile::remove(folder.filePath(name));
    }
}

void RebuildTest::aKilledProcess_data()
{
    QTest::addColumn<Damage>("damageToLog");
    QTest::addColumn<bool>("isWhole");
    QTest::newRow("log there") << Damage([](const QString &) {}) << true;
    QTest::newRow("log missing") << Damage([](const QString &log) { QVERIFY(QFile::remove(log)); }) << false;
    QTest::newRow("log empty") << truncate(0) << false;
    QTest::newRow("log cut") << truncate(0.5) << false;
    QTest::newRow("log header overwritten") << overwrite(0, 32, 0x11) << false;
    QTest::newRow("log overwritten") << overwrite(0, 10000000, 0x11) << false;
}

void RebuildTest::aKilledProcess()
{
    QFETCH(Damage, damageToLog);
    QFETCH(bool, isWhole);
    const QTemporaryDir folder;
    const QTemporaryDir copy;
    Records records;
    {
        Library library(folder.path());
        records = fill(library);
        // What a killed process leaves is what stands on the disk while it runs.
        copyFolder(folder.path(), copy.path());
    }
    damageToLog(copy.filePath(u"plantain.db-wal"_s));
    Library library(copy.path());
    const OpenReport report = done(library.open());
    QCOMPARE(report.problems, QStringList());
    QCOMPARE(report.runs, int(records.size()));
    const Records found = done(library.runs(0, 100));
    if (isWhole) {
        QVERIFY(found == records);
    } else {
        // A lost log takes back what was committed, unseen by SQLite. No run may fall back to before its submit.
        for (const RunRecord &record : records) {
            const auto now = std::find_if(found.begin(), found.end(), [&](const RunRecord &run) { return run.id == record.id; });
            QVERIFY(now != found.end());
            if (record.state != RunState::Fetched || now->state != RunState::Completed)
                QCOMPARE(now->state, record.state);
            QCOMPARE(now->requestId, record.requestId);
            QCOMPARE(now->reply, record.reply);
        }
    }
}

void RebuildTest::anInterruptedRenameIsFinished()
{
    const QTemporaryDir folder;
    const QTemporaryDir copy;
    RunRecord record;
    QByteArray older;
    {
        Library library(folder.path());
        done(library.open());
        record = addInState(library, RunState::Fetched);
        older = readBytes(folder.filePath(Sidecars::pathOf(record.id)));
        record = done(library.store(inState(record, RunState::Done)));
        copyFolder(folder.path(), copy.path());
    }
    // Killed between the commit and the rename of the sidecar.
    const QString sidecar = copy.filePath(Sidecars::pathOf(record.id));
    writeBytes(QFileInfo(sidecar).path() + u"/.plantain-%1-0123456789abcdef.part"_s.arg(record.id.text), readBytes(sidecar));
    writeBytes(sidecar, older);
    {
        Library library(copy.path());
        done(library.open());
        QVERIFY(done(library.run(record.id)) == record);
    }
    const auto now = valueOf(Sidecars(LibraryFolder(copy.path())).read(Sidecars::pathOf(record.id)));
    QVERIFY(now.record == record);
    QCOMPARE(QDir(QFileInfo(sidecar).path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void RebuildTest::anInterruptedRebuildBeginsAgain()
{
    const QTemporaryDir folder;
    const Records records = fill(folder.path());
    QVERIFY(QFile::rename(folder.filePath(u"plantain.db"_s), folder.filePath(u"plantain.db.new"_s)));
    writeBytes(folder.filePath(u"plantain.db.new"_s), readBytes(folder.filePath(u"plantain.db.new"_s)).left(5000));
    Library library(folder.path());
    QCOMPARE(done(library.open()).runs, int(records.size()));
    QVERIFY(!QFileInfo::exists(folder.filePath(u"plantain.db.new"_s)));
}

void RebuildTest::whatCannotBeReadIsReported()
{
    const QTemporaryDir folder;
    const Records records = fill(folder.path());
    QVERIFY(QFile::remove(folder.filePath(u"plantain.db"_s)));
    const auto pathOf = [&](size_t i) { return folder.filePath(Sidecars::pathOf(records[i].id)); };
    writeBytes(pathOf(0), "{\"run\": ");
    writeBytes(pathOf(1), QByteArray(100000, '['));
    writeBytes(pathOf(2), readBytes(pathOf(3))); // another one's
    QVERIFY(QDir(folder.path()).mkpath(u"images/2026/11/22"_s));
    writeBytes(folder.filePath(u"images/2026/11/22/081500-a-red-fox-1.png"_s), "of a run");
    writeBytes(folder.filePath(u"images/2026/11/22/stray.png"_s), "of none");

    Library library(folder.path());
    const OpenReport report = done(library.open());
    QVERIFY(report.rebuilt);
    QCOMPARE(report.runs, int(records.size()) - 3);
    QCOMPARE(report.problems.size(), 4);
    for (const size_t i : { size_t(0), size_t(1), size_t(2) })
        QVERIFY(!report.problems.filter(records[i].id.text).isEmpty());
    QCOMPARE(report.problems.filter(u"stray.png"_s).size(), 1);
    QCOMPARE(report.problems.filter(u"red-fox"_s).size(), 0);
    // Nothing of it is taken away.
    QCOMPARE(readBytes(pathOf(0)), QByteArray("{\"run\": "));
    QVERIFY(QFileInfo::exists(folder.filePath(u"images/2026/11/22/stray.png"_s)));
}

void RebuildTest::sidecarsAlone()
{
    // A person moved the readable part to another machine.
    const QTemporaryDir folder;
    const QTemporaryDir copy;
    const Records records = asRebuilt(fill(folder.path()));
    copyFolder(folder.filePath(u"runs"_s), copy.filePath(u"runs"_s));
    Library library(copy.path());
    const OpenReport report = done(library.open());
    QVERIFY(report.rebuilt);
    QVERIFY(!report.created);
    QVERIFY(withoutTimeOfFetched(done(library.runs(0, 100))) == records);
}

void RebuildTest::sequencesStay()
{
    const QTemporaryDir folder;
    const Records records = fill(folder.path());
    const Sidecars sidecars { LibraryFolder(folder.path()) };
    RunRecord late = records[0];
    late.sequence = 5000;
    QVERIFY(sidecars.write(late, 7));
    RunRecord twin = records[1]; // two with one number, as when two libraries were put together
    twin.sequence = records[2].sequence;
    QVERIFY(sidecars.write(twin, 7));
    QVERIFY(QFile::remove(folder.filePath(u"plantain.db"_s)));

    Library library(folder.path());
    QCOMPARE(done(library.open()).runs, int(records.size()));
    QCOMPARE(done(library.run(late.id)).sequence, qint64(5000));
    QSet<qint64> sequences;
    for (const RunRecord &record : done(library.runs(0, 100)))
        sequences.insert(record.sequence);
    QCOMPARE(sequences.size(), records.size());
    QVERIFY(done(library.add(sampleRecord())).sequence > 5000);
}

void RebuildTest::leftoversAreRemoved()
{
    const QTemporaryDir folder;
    const Records records = fill(folder.path());
    const QStringList leftovers { u"images/2026/11/22/.plantain-a-0123456789abcdef.part"_s,
                                  u"references/.plantain--0123456789abcdef.part"_s,
                                  u"runs/2026/11/.plantain-b-0123456789abcdef.part"_s,
                                  u".plantain--0123456789abcdef.part"_s };
    const QStringList others { u"images/2026/11/22/.plantain-a.part"_s, u"images/my.part"_s, u"references/a.png"_s };
    for (const QString &file : leftovers + others) {
        QVERIFY(QDir(folder.path()).mkpath(QFileInfo(file).path()));
        writeBytes(folder.filePath(file), "x");
    }
    writeBytes(folder.filePath(u"plantain.lock"_s), "1 plantain\n"); // not closed in order
    Library library(folder.path());
    QCOMPARE(done(library.open()).runs, int(records.size()));
    for (const QString &file : leftovers)
        QVERIFY2(!QFileInfo::exists(folder.filePath(file)), qPrintable(file));
    for (const QString &file : others)
        QVERIFY2(QFileInfo::exists(folder.filePath(file)), qPrintable(file));
}

QTEST_GUILESS_MAIN(RebuildTest)
#include "tst_rebuild.moc"
