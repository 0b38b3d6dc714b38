#include "librarytesting.h"

#include <QtEndian>

using namespace plantain;
using namespace plantain::testing;

namespace {

/// Commits in a write-ahead log: frames that carry the size of the database (sqlite.org/fileformat2.html#walformat).
int commitsIn(const QByteArray &log)
{
    if (log.size() < 32)
        return 0;
    const auto numberAt = [&](qsizetype offset) { return qFromBigEndian<quint32>(log.constData() + offset); };
    const qsizetype pageSize = numberAt(8);
    int commits = 0;
    for (qsizetype frame = 32; frame + 24 + pageSize <= log.size(); frame += 24 + pageSize) {
        const bool isOfThisLog = log.mid(frame + 8, 8) == log.mid(16, 8);
        commits += isOfThisLog && numberAt(frame + 4) != 0;
    }
    return commits;
}

} // namespace

class GroupCommitTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitingWritesShareACommit();
    void oneFailureSpoilsNoOther();
    void readsSeeTheWritesBefore();
};

void GroupCommitTest::waitingWritesShareACommit()
{
    constexpr int count = 50;
    const QTemporaryDir folder;
    std::vector<RunRecord> records;
    {
        Library library(folder.path());
        done(library.open());
        std::vector<QFuture<Result<RunRecord>>> added;
        for (int i = 0; i < count; ++i)
            added.push_back(library.add(sampleRecord()));
        for (const auto &future : added)
            records.push_back(done(future));

        const int before = commitsIn(readBytes(folder.filePath(u"plantain.db-wal"_s)));
        QVERIFY(before > 0); // else the log is not where this test looks
        std::vector<QFuture<Result<RunRecord>>> stored;
        for (RunRecord &record : records)
            stored.push_back(library.store(record = inState(record, RunState::Sending)));
        for (const auto &future : stored)
            done(future);
        const int after = commitsIn(readBytes(folder.filePath(u"plantain.db-wal"_s)));
        // The first may go alone before the others are asked for; a commit for each would be 50.
        QVERIFY2(after - before <= count / 2, qPrintable(u"%1 commits"_s.arg(after - before)));
        QVERIFY(after > before);
    }
    Library library(folder.path());
    QCOMPARE(done(library.open()).runs, count);
    for (const RunRecord &record : records)
        QVERIFY(done(library.run(record.id)) == record);
}

void GroupCommitTest::oneFailureSpoilsNoOther()
{
    const QTemporaryDir folder;
    QList<RunId> good;
    QList<RunId> bad;
    {
        Library library(folder.path());
        done(library.open());
        std::vector<std::pair<QFuture<Result<RunRecord>>, bool>> asked;
        for (int i = 0; i < 60; ++i) {
            RunRecord record = sampleRecord();
            const bool isGood = i % 3 != 1;
            if (!isGood)
                record.id.text = i % 2 ? u"../%1"_s.arg(i) : u"not good %1"_s.arg(i);
            (isGood ? good : bad).append(record.id);
            asked.emplace_back(library.add(record), isGood);
            if (i % 10 == 0)
                asked.emplace_back(library.store(inState(record, RunState::Done)), false); // not from intent
            if (i % 10 == 3)
                asked.emplace_back(library.store(inState(record, RunState::Cancelled)), isGood);
        }
        for (const auto &[future, isGood] : asked)
            QCOMPARE(outcome(future).has_value(), isGood);
        // Numbers of those that failed are free again.
        const auto runs = done(library.runs(0, 1000));
        QCOMPARE(runs.size(), size_t(good.size()));
        QCOMPARE(runs.back().sequence, qint64(good.size()));
    }
    // What was rolled back left no sidecar, named or not.
    const auto content = contentOf(folder.filePath(u"runs"_s));
    QCOMPARE(content.size(), good.size() + 2);
    Library library(folder.path());
    QCOMPARE(done(library.open()).runs, int(good.size()));
    for (int i = 0; i < good.size(); ++i)
        QVERIFY(outcome(library.run(good[i])));
}

void GroupCommitTest::readsSeeTheWritesBefore()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    const RunRecord record = sampleRecord();
    auto none = library.run(record.id);
    library.add(record);
    auto intent = library.run(record.id);
    library.store(inState(record, RunState::Sending));
    library.store(inState(record, RunState::Unknown));
    auto unknown = library.run(record.id);
    auto open = library.openRuns();
    QVERIFY(!outcome(none));
    QCOMPARE(done(intent).state, RunState::Intent);
    QCOMPARE(done(unknown).state, RunState::Unknown);
    QCOMPARE(done(open).size(), size_t(0));
}

QTEST_GUILESS_MAIN(GroupCommitTest)
#include "tst_groupcommit.moc"
