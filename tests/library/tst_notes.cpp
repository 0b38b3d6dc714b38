#include "librarytesting.h"
#include "sidecars.h"

using namespace plantain;
using namespace plantain::testing;

/// What a person writes beside a run, while the run goes its own way.
class NotesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stayThroughARun_data();
    void stayThroughARun();
    void changeNothingElse_data();
    void changeNothingElse();
    void comeBackFromSidecars();
    void ofARunThatIsNotThere();
    void areStoredWhenTheLibraryGoes();
};

namespace {

RunRecord sidecarOf(const QString &folder, const RunId &id)
{
    return valueOf(Sidecars(LibraryFolder(folder)).read(Sidecars::pathOf(id))).record;
}

const QString note = u"plan: <b>warmer</b> light \U0001F98A\nverdict: keep 2"_s;

} // namespace

void NotesTest::stayThroughARun_data()
{
    QTest::addColumn<int>("writtenAt");
    for (size_t step = 0; step < wayTo(RunState::Done).size(); ++step)
        QTest::newRow(qPrintable(wordOf(wayTo(RunState::Done)[step]))) << int(step);
}

// The one who takes the run through its states has a copy from before the note.
void NotesTest::stayThroughARun()
{
    QFETCH(int, writtenAt);
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    RunRecord mine = done(library.add(sampleRecord()));
    const std::vector<RunState> way = wayTo(RunState::Done);
    for (size_t step = 0; step < way.size(); ++step) {
        if (step > 0) {
            mine = inState(mine, way[step]);
            done(library.store(mine));
        }
        if (int(step) == writtenAt)
            done(library.setNote(mine.id, note));
        QCOMPARE(done(library.run(mine.id)).note, int(step) >= writtenAt ? note : QString());
        QCOMPARE(done(library.run(mine.id)).state, way[step]);
    }
    QCOMPARE(mine.note, QString());
    QCOMPARE(sidecarOf(folder.path(), mine.id).note, note);
}

void NotesTest::changeNothingElse_data()
{
    QTest::addColumn<int>("state");
    for (const RunState state : allStates())
        QTest::newRow(qPrintable(wordOf(state))) << int(state);
}

void NotesTest::changeNothingElse()
{
    QFETCH(int, state);
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    RunRecord expected = addInState(library, RunState(state));
    RunRecord announced;
    connect(&library, &Library::runChanged, this, [&announced](const RunRecord &run) { announced = run; });
    expected.note = note;
    QVERIFY(done(library.setNote(expected.id, note)) == expected);
    QVERIFY(announced == expected);
    QVERIFY(done(library.run(expected.id)) == expected);
    QVERIFY(sidecarOf(folder.path(), expected.id) == expected);
    done(library.setNote(expected.id, {}));
    QCOMPARE(done(library.run(expected.id)).note, QString());
}

void NotesTest::comeBackFromSidecars()
{
    const QTemporaryDir folder;
    RunId finished, open;
    {
        Library library(folder.path());
        done(library.open());
        finished = addInState(library, RunState::Done).id;
        open = addInState(library, RunState::Accepted).id;
        done(library.setNote(finished, note));
        done(library.setNote(open, u"half way"_s));
    }
    for (const auto &suffix : { u""_s, u"-wal"_s, u"-shm"_s })
        QFile::remove(folder.filePath(u"plantain.db"_s + suffix));
    Library library(folder.path());
    QVERIFY(done(library.open()).rebuilt);
    QCOMPARE(done(library.run(finished)).note, note);
    const RunRecord goesOn = done(library.run(open));
    QCOMPARE(goesOn.note, u"half way"_s);
    RunRecord stale = goesOn;
    stale.note = u"older"_s;
    QCOMPARE(done(library.store(inState(stale, RunState::Completed))).note, u"half way"_s);
}

void NotesTest::ofARunThatIsNotThere()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    const auto stored = outcome(library.setNote(newRunId(), note));
    QVERIFY(!stored);
    QCOMPARE(stored.error().type, u"missing"_s);
}

void NotesTest::areStoredWhenTheLibraryGoes()
{
    const QTemporaryDir folder;
    RunId id;
    {
        Library library(folder.path());
        done(library.open());
        id = addInState(library, RunState::Done).id;
        (void)library.setNote(id, note);
    }
    Library library(folder.path());
    done(library.open());
    QCOMPARE(done(library.run(id)).note, note);
}

QTEST_GUILESS_MAIN(NotesTest)
#include "tst_notes.moc"
