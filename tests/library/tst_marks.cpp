#include "librarytesting.h"
#include "sidecars.h"

using namespace plantain;
using namespace plantain::testing;

/// What a person says of pictures lives with them: in the database and in the sidecar.
class MarksTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stayWhileARunGoesOn();
    void comeBackFromSidecars();
    void nothingElseIsAmended();
    void areListed();
    void standBesideDeletions();
    void foreignOnesAreJudged();
};

namespace {

const Marks marked { .rating = 4, .flag = Flag::Keep, .label = ColourLabel::Blue, .collections = { u"Covers"_s, u"赤"_s },
                     .readings = { { u"FRESH \"BREAD\""_s, Reading::Wrong, Ninth::UpperRight }, { u"開"_s, Reading::Missing } } };

RunRecord mark(Library &library, const RunId &id, int index, const Marks &marks)
{
    return done(library.amend(id, [index, marks](RunRecord &run) {
        for (ImageRecord &image : run.images) {
            if (image.index == index)
                image.marks = marks;
        }
    }));
}

Vote voteFor(const RunId &other)
{
    return { .image = 0, .otherRun = other, .otherImage = 1, .verdict = Verdict::Second,
             .at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC) };
}

} // namespace

// The one who takes the run through its states has a copy from before the marks.
void MarksTest::stayWhileARunGoesOn()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    const RunRecord mine = addInState(library, RunState::Completed);
    const int index = mine.images.back().index;
    mark(library, mine.id, index, marked);
    done(library.amend(mine.id, [&](RunRecord &run) { run.votes = { voteFor(mine.id) }; }));
    const RunRecord stored = done(library.store(inState(inState(mine, RunState::Fetched), RunState::Fetched)));
    QCOMPARE(stored.images.back().marks, marked);
    QCOMPARE(stored.images.front().marks, Marks());
    QCOMPARE(stored.votes, std::vector { voteFor(mine.id) });
}

void MarksTest::comeBackFromSidecars()
{
    const QTemporaryDir folder;
    RunId id;
    {
        Library library(folder.path());
        done(library.open());
        const RunRecord run = addInState(library, RunState::Done);
        id = run.id;
        mark(library, id, run.images.front().index, marked);
        done(library.amend(id, [&](RunRecord &changed) { changed.votes = { voteFor(id) }; }));
    }
    for (const auto &suffix : { u""_s, u"-wal"_s, u"-shm"_s })
        QFile::remove(folder.filePath(u"plantain.db"_s + suffix));
    Library library(folder.path());
    QVERIFY(done(library.open()).rebuilt);
    QCOMPARE(done(library.run(id)).images.front().marks, marked);
    QCOMPARE(done(library.run(id)).votes, std::vector { voteFor(id) });
    QCOMPARE(done(library.summaries(0, 10)).front().images.front().marks, marked);
}

void MarksTest::nothingElseIsAmended()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    const RunRecord run = addInState(library, RunState::Done);
    const RunRecord stored = done(library.amend(run.id, [](RunRecord &changed) {
        changed.state = RunState::Failed;
        changed.description = u"other"_s;
        changed.images.clear();
    }));
    QVERIFY(stored == run);
    QVERIFY(done(library.run(run.id)) == run);
}

void MarksTest::areListed()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    const RunRecord run = addInState(library, RunState::Done);
    mark(library, run.id, run.images.front().index, marked);
    const std::vector<RunSummary> listed = done(library.summaries(0, 10));
    QCOMPARE(listed.front().images.front().marks, marked);
    const QByteArray file = valueOf(LibraryFolder(folder.path()).read(Sidecars::pathOf(run.id), 1 << 20));
    QVERIFY(file.contains("\"rating\": 4"));
    QVERIFY(file.contains("\"flag\": \"keep\""));
    QVERIFY(file.contains("\"reading\": \"wrong\"") && file.contains("\"place\": \"upper right\""));
}

// Neither takes anything from the other, nor does a run that goes on.
void MarksTest::standBesideDeletions()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    const RunRecord run = addInState(library, RunState::Done);
    const int index = run.images.front().index;
    done(library.setTrashed({ { run.id, index } }, true));
    mark(library, run.id, index, marked);
    done(library.setNote(run.id, u"good"_s));
    const RunRecord trashed = done(library.store(run));
    QVERIFY(trashed.images.front().deletion == Deletion::Trashed);
    QCOMPARE(trashed.images.front().marks, marked);
    done(library.setTrashed({ { run.id, index } }, false));
    const RunRecord back = done(library.run(run.id));
    QVERIFY(back.images.front().deletion == Deletion::None);
    QCOMPARE(back.images.front().marks, marked);
    QCOMPARE(back.note, u"good"_s);
}

void MarksTest::foreignOnesAreJudged()
{
    const Json json = Json::parse(R"({"rating": 9, "flag": "burn", "label": 7, "collections": ["b", "a", "a", 3, "  "]})");
    QCOMPARE(marksAt(json), (Marks { .collections = { u"a"_s, u"b"_s } }));
    const Json readings = Json::parse(R"({"readings": [7, {"text": "a", "reading": "right", "place": "moon"}, {"text": "b"},
        {"reading": "wrong"}, {"text": "c", "reading": "burnt"}, {"text": "a", "reading": "missing", "place": "top"}]})");
    QCOMPARE(marksAt(readings), (Marks { .readings = { { u"a"_s, Reading::Missing, Ninth::Top } } }));
    QCOMPARE(marksAt(Json::parse(R"({"readings": {"text": "a"}})")), Marks());
    Json written = Json::object();
    putMarks(written, {});
    QVERIFY(written.empty());
    putMarks(written, marked);
    QCOMPARE(marksAt(written), marked);
}

QTEST_GUILESS_MAIN(MarksTest)
#include "tst_marks.moc"
