#include "librarytesting.h"
#include "sidecars.h"

#include <QSignalSpy>

using namespace plantain;
using namespace plantain::testing;

class LibraryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewLibraryIsMade();
    void everyStateComesBackAsStored_data();
    void everyStateComesBackAsStored();
    void transitions_data();
    void transitions();
    void anIdThatIsNoFileNameIsRefused_data();
    void anIdThatIsNoFileNameIsRefused();
    void whatCannotBeAddedOrStored();
    void openRunsAreThoseNotFinal();
    void aSignalComesBeforeItsFuture();
    void pages();
    void summariesDoNotReadBodies();
    void jobsBeforeAndAfterOpening();
    void openingFails_data();
    void openingFails();
    void destructionFinishesWhatWasAsked();
    void pathsStayInside_data();
    void pathsStayInside();
    void modes();
};

void LibraryTest::aNewLibraryIsMade()
{
    const QTemporaryDir parent;
    const QString folder = parent.filePath(u"some/where/library"_s);
    {
        Library library(folder);
        QVERIFY(!QFileInfo::exists(folder));
        const OpenReport report = done(library.open());
        QVERIFY(report.created);
        QVERIFY(!report.rebuilt);
        QCOMPARE(report.runs, 0);
        QCOMPARE(report.problems, QStringList());
        QVERIFY(QFileInfo::exists(folder + u"/library.json"_s));
    }
    const QByteArray identity = readBytes(folder + u"/library.json"_s);
    Library library(folder);
    const OpenReport report = done(library.open());
    QVERIFY(!report.created);
    QVERIFY(!report.rebuilt);
    QCOMPARE(readBytes(folder + u"/library.json"_s), identity);
}

void LibraryTest::everyStateComesBackAsStored_data()
{
    QTest::addColumn<int>("state");
    for (const RunState state : allStates())
        QTest::newRow(qPrintable(wordOf(state))) << int(state);
}

void LibraryTest::everyStateComesBackAsStored()
{
    QFETCH(int, state);
    const QTemporaryDir folder;
    RunRecord stored;
    {
        Library library(folder.path());
        done(library.open());
        stored = addInState(library, RunState(state));
        QCOMPARE(stored.state, RunState(state));
        QVERIFY(done(library.run(stored.id)) == stored);
    }
    // Its sidecar says the same; but for `fetched`, which has none of its own.
    const auto sidecar = valueOf(Sidecars(LibraryFolder(folder.path())).read(Sidecars::pathOf(stored.id)));
    QCOMPARE(sidecar.record == stored, RunState(state) != RunState::Fetched);

    Library library(folder.path());
    QCOMPARE(done(library.open()).runs, 1);
    QVERIFY(done(library.run(stored.id)) == stored);
    const auto runs = done(library.runs(0, 10));
    QCOMPARE(runs.size(), size_t(1));
    QVERIFY(runs.front() == stored);
    const auto summaries = done(library.summaries(0, 10));
    QCOMPARE(summaries.size(), size_t(1));
    const RunSummary expected = summaryOf(stored);
    const RunSummary &summary = summaries.front();
    QCOMPARE(summary.id, expected.id);
    QCOMPARE(summary.sequence, expected.sequence);
    QCOMPARE(summary.endpoint, expected.endpoint);
    QCOMPARE(summary.server, expected.server);
    QCOMPARE(summary.state, expected.state);
    QCOMPARE(summary.prompt, expected.prompt);
    QCOMPARE(summary.imagesAsked, expected.imagesAsked);
    QVERIFY(summary.images == expected.images);
    QVERIFY(summary.error == expected.error);
    QCOMPARE(summary.cancel, expected.cancel);
    QVERIFY(summary.price == expected.price);
    QCOMPARE(summary.createdAt, expected.createdAt);
    QCOMPARE(summary.endedAt, expected.endedAt);
}

void LibraryTest::transitions_data()
{
    QTest::addColumn<int>("from");
    for (const RunState from : allStates())
        QTest::newRow(qPrintable(wordOf(from))) << int(from);
}

void LibraryTest::transitions()
{
    QFETCH(int, from);
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    for (const RunState to : allStates()) {
        const RunRecord before = addInState(library, RunState(from));
        RunRecord after = before;
        after.state = to;
        after.description = u"changed"_s;
        const auto stored = outcome(library.store(after));
        const auto found = done(library.run(before.id));
        if (mayFollow(RunState(from), to)) {
            QVERIFY2(stored, qPrintable(wordOf(to)));
            QVERIFY(found == after);
        } else {
            QVERIFY2(!stored, qPrintable(wordOf(to)));
            QCOMPARE(stored.error().kind, ErrorKind::Database);
            QCOMPARE(stored.error().type, u"transition"_s);
            QVERIFY(found == before);
            const auto sidecar = valueOf(Sidecars(LibraryFolder(folder.path())).read(Sidecars::pathOf(before.id)));
            if (before.state != RunState::Fetched)
                QVERIFY(sidecar.record == before);
        }
    }
}

void LibraryTest::anIdThatIsNoFileNameIsRefused_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("up") << u"../../escape"_s;
    QTest::newRow("absolute") << u"/tmp/escape"_s;
    QTest::newRow("nul") << u"a\0b"_s;
    QTest::newRow("newline") << u"a\n"_s;
    QTest::newRow("long") << QString(300, u'a');
}

void LibraryTest::anIdThatIsNoFileNameIsRefused()
{
    QFETCH(QString, id);
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    RunRecord record = sampleRecord();
    record.id.text = id;
    const auto added = outcome(library.add(record));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, ErrorKind::Database);
    QCOMPARE(done(library.runs(0, 10)).size(), size_t(0));
}

void LibraryTest::whatCannotBeAddedOrStored()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());

    const auto stored = outcome(library.store(sampleRecord()));
    QVERIFY(!stored);
    QCOMPARE(stored.error().type, u"missing"_s);
    const auto found = outcome(library.run(newRunId()));
    QVERIFY(!found);
    QCOMPARE(found.error().type, u"missing"_s);

    const RunRecord record = done(library.add(sampleRecord()));
    QSignalSpy added(&library, &Library::runAdded);
    QVERIFY(!outcome(library.add(record))); // twice
    QCOMPARE(added.size(), 0);
    QVERIFY(done(library.run(record.id)) == record);
    QVERIFY(outcome(library.add(sampleRecord())));
    QCOMPARE(done(library.runs(0, 10)).size(), size_t(2));
}

void LibraryTest::openRunsAreThoseNotFinal()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    std::vector<RunRecord> expected;
    for (const RunState state : allStates()) {
        const RunRecord record = addInState(library, state);
        if (!isFinal(state))
            expected.push_back(record);
    }
    QCOMPARE(expected.size(), size_t(5));
    QVERIFY(done(library.openRuns()) == expected);
}

void LibraryTest::aSignalComesBeforeItsFuture()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    QStringList order;
    QThread *thread = nullptr;
    connect(&library, &Library::runAdded, this, [&](const RunRecord &record) {
        order << u"added %1"_s.arg(record.sequence);
        thread = QThread::currentThread();
    });
    connect(&library, &Library::runChanged, this, [&](const RunRecord &record) { order << wordOf(record.state); });

    const RunRecord sample = sampleRecord();
    auto added = library.add(sample).then(this, [&](const Result<RunRecord> &) { order << u"add finished"_s; });
    auto stored = library.store(inState(sample, RunState::Sending)).then(this, [&](const Result<RunRecord> &) {
        order << u"store finished"_s;
    });
    auto refused = library.store(inState(sample, RunState::Done)).then(this, [&](const Result<RunRecord> &result) {
        order << (result ? u"stored"_s : u"refused"_s);
    });
    auto found = library.run(sample.id).then(this, [&](const Result<RunRecord> &result) {
        order << u"found "_s + (result ? wordOf(result->state) : QString());
    });
    QVERIFY(order.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(found.isFinished(), patience);
    QCOMPARE(order,
             (QStringList { u"added 1"_s, u"add finished"_s, u"sending"_s, u"store finished"_s, u"refused"_s,
                            u"found sending"_s }));
    QCOMPARE(thread, QThread::currentThread());
}

void LibraryTest::pages()
{
    constexpr int count = 5000;
    const QTemporaryDir folder;
    QList<RunId> ids;
    {
        Library library(folder.path());
        done(library.open());
        ids.append(done(library.add(sampleRecord(u"prompt 0"_s))).id);
    }
    {
        // Straight into the database: five thousand syncs would take their time.
        auto database = valueOf(Database::open(folder.filePath(u"plantain.db"_s), Database::Mode::Durable));
        RunTable table(database);
        valueOf(database.run(u"BEGIN"_s).map([] { return true; }));
        for (int i = 1; i < count; ++i) {
            const RunRecord record = sampleRecord(u"prompt %1"_s.arg(i));
            ids.append(record.id);
            QCOMPARE(valueOf(table.insert(record, 1)), qint64(i + 1));
        }
        valueOf(database.run(u"COMMIT"_s).map([] { return true; }));
    }
    Library library(folder.path());
    QCOMPARE(done(library.open()).runs, count);

    int seen = 0;
    qint64 before = 0;
    while (true) {
        const auto page = done(library.summaries(before, 700));
        if (page.empty())
            break;
        for (const RunSummary &summary : page) {
            QCOMPARE(summary.id, ids[count - 1 - seen]);
            QCOMPARE(summary.sequence, qint64(count - seen));
            QCOMPARE(summary.prompt, u"prompt %1"_s.arg(count - 1 - seen));
            ++seen;
        }
        before = page.back().sequence;
    }
    QCOMPARE(seen, count);

    seen = 0;
    qint64 after = 0;
    while (true) {
        const auto page = done(library.runs(after, 999));
        if (page.empty())
            break;
        for (const RunRecord &record : page)
            QCOMPARE(record.id, ids[seen++]);
        after = page.back().sequence;
    }
    QCOMPARE(seen, count);
    QCOMPARE(done(library.summaries(0, 0)).size(), size_t(0));
    QCOMPARE(done(library.summaries(0, -1)).size(), size_t(0));
    QCOMPARE(done(library.runs(count, 10)).size(), size_t(0));
    QCOMPARE(done(library.summaries(1, 10)).size(), size_t(0));
}

void LibraryTest::summariesDoNotReadBodies()
{
    // Were the bodies read or parsed, this damage would show; run() meets it.
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    RunRecord record = addInState(library, RunState::Accepted);
    record = inState(record, RunState::Completed);
    record.reply = QByteArray(20 * 1024 * 1024, 'x');
    record = done(library.store(record));
    QVERIFY(done(library.run(record.id)) == record);
    const auto summaries = done(library.summaries(0, 1));
    QCOMPARE(summaries.front().state, RunState::Completed);
    QVERIFY(summaries.front().images == record.images);
}

void LibraryTest::jobsBeforeAndAfterOpening()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    const auto early = outcome(library.add(sampleRecord()));
    QVERIFY(!early);
    QCOMPARE(early.error().kind, ErrorKind::Database);
    // Asked in one go: they wait for the opening.
    auto opened = library.open();
    auto added = library.add(sampleRecord());
    QVERIFY(outcome(opened));
    QVERIFY(outcome(added));
    QCOMPARE(done(library.open()).created, true); // again: the same report
}

void LibraryTest::openingFails_data()
{
    QTest::addColumn<QString>("blockedBy");
    QTest::newRow("a file where the folder belongs") << u"library"_s;
    QTest::newRow("a folder where the database belongs") << u"library/plantain.db/x"_s;
    QTest::newRow("a folder where the lock belongs") << u"library/plantain.lock/x"_s;
}

void LibraryTest::openingFails()
{
    QFETCH(QString, blockedBy);
    const QTemporaryDir parent;
    QVERIFY(QDir(parent.path()).mkpath(QFileInfo(blockedBy).path()));
    writeBytes(parent.filePath(blockedBy), "in the way");
    Library library(parent.filePath(u"library"_s));
    auto opened = library.open();
    auto added = library.add(sampleRecord());
    const auto result = outcome(opened);
    if (blockedBy.contains(u"plantain.db"_s)) {
        // Not a database: set aside like any other damage.
        QVERIFY(result);
        QVERIFY(result->rebuilt);
        QCOMPARE(readBytes(parent.filePath(u"library/"_s + result->setAside + u"/x"_s)), QByteArray("in the way"));
        return;
    }
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Disk);
    const auto early = outcome(added);
    QVERIFY(!early);
    QVERIFY(early.error() == result.error());
    QCOMPARE(readBytes(parent.filePath(blockedBy)), QByteArray("in the way"));
}

void LibraryTest::destructionFinishesWhatWasAsked()
{
    const QTemporaryDir folder;
    QList<RunId> ids;
    int finished = 0;
    int chained = 0;
    {
        auto library = std::make_unique<Library>(folder.path());
        auto opened = library->open();
        for (int i = 0; i < 100; ++i) {
            const RunRecord record = sampleRecord();
            ids.append(record.id);
            auto *raw = library.get();
            library->add(record)
                .then(this,
                      [&, raw](const Result<RunRecord> &added) {
                          finished += added.has_value();
                          // Too late: it must fail and not hang.
                          return raw->store(inState(*added, RunState::Sending));
                      })
                .unwrap()
                .then(this, [&](const Result<RunRecord> &stored) { chained += !stored.has_value(); });
        }
        library.reset();
    }
    QCOMPARE(finished, 100);
    QCOMPARE(chained, 100);
    Library library(folder.path());
    done(library.open());
    for (const RunId &id : ids)
        QCOMPARE(done(library.run(id)).state, RunState::Intent);
}

void LibraryTest::pathsStayInside_data()
{
    QTest::addColumn<QString>("relative");
    QTest::addColumn<bool>("isInside");
    QTest::newRow("picture") << u"images/2026/11/22/a.png"_s << true;
    QTest::newRow("not there") << u"images/none.png"_s << true;
    QTest::newRow("dots inside") << u"images/../images/a..b.png"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("up") << u"../outside"_s << false;
    QTest::newRow("up within") << u"images/../../outside"_s << false;
    QTest::newRow("only up") << u".."_s << false;
    QTest::newRow("absolute") << u"/etc/passwd"_s << false;
    QTest::newRow("nul") << u"images/a\0.png"_s << false;
    QTest::newRow("link out") << u"link/hostname"_s << false;
    QTest::newRow("link to file") << u"filelink"_s << false;
}

void LibraryTest::pathsStayInside()
{
    QFETCH(QString, relative);
    QFETCH(bool, isInside);
    const QTemporaryDir folder;
    const QTemporaryDir elsewhere;
    writeBytes(elsewhere.filePath(u"hostname"_s), "x");
    QVERIFY(QFile::link(elsewhere.path(), folder.filePath(u"link"_s)));
    QVERIFY(QFile::link(elsewhere.filePath(u"hostname"_s), folder.filePath(u"filelink"_s)));
    const Library library(folder.path());
    const QString path = library.absolute(relative);
    if (isInside)
        QVERIFY(path.startsWith(folder.path() + u'/'));
    else
        QCOMPARE(path, QString());
}

void LibraryTest::modes()
{
    const QTemporaryDir parent;
    Library library(parent.filePath(u"library"_s));
    done(library.open());
    done(library.add(sampleRecord()));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther
        | QFile::ExeOther;
    QVERIFY(!(QFileInfo(library.folder()).permissions() & others));
    const auto content = contentOf(library.folder());
    QVERIFY(content.size() > 5);
    for (auto entry = content.begin(); entry != content.end(); ++entry) {
        if (!entry.key().endsWith(u"-wal"_s))
            QVERIFY2(!(QFileInfo(entry.key()).permissions() & others), qPrintable(entry.key()));
    }
}

QTEST_GUILESS_MAIN(LibraryTest)
#include "tst_library.moc"
