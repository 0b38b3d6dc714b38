#include "database.h"
#include "librarytesting.h"

using namespace plantain;
using namespace plantain::testing;

/// The lineage of a run out of a library, found without reading all of it.
class LineageQueryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void familyIsFound();
    void treatedFilesAreFound();
    void aRunThatIsNotThere();
    void tooManyAreSaid();
    void survivesTheLossOfTheDatabase();
    void olderLibrariesHaveOne();

private:
    RunRecord add(const QStringList &given = {}, const std::optional<RunOrigin> &origin = {})
    {
        RunRecord record = sampleRecord(u"run %1"_s.arg(++m_number));
        record.origin = origin;
        record.references.clear();
        for (const QString &content : given)
            record.references.push_back({ .field = u"image_urls"_s, .index = int(record.references.size()), .sha256 = content });
        return done(m_library->add(record));
    }
    /// A run whose two pictures have the contents NAME0 and NAME1.
    RunRecord made(const QString &name, const QStringList &given = {}, const std::optional<RunOrigin> &origin = {})
    {
        RunRecord record = add(given, origin);
        for (const RunState state : { RunState::Sending, RunState::Accepted, RunState::Completed, RunState::Fetched, RunState::Done }) {
            record = inState(record, state);
            for (ImageRecord &image : record.images) {
                image.sha256 = name + QString::number(image.index);
                image.file = u"images/%1.png"_s.arg(image.sha256);
                image.error.reset();
            }
            record = done(m_library->store(record));
        }
        return record;
    }
    static QStringList promptsOf(const Lineage &lineage)
    {
        QStringList prompts;
        for (const LineageRun &run : lineage.runs)
            prompts << run.record.prompt();
        return prompts;
    }
    std::vector<std::vector<LineageLink>> linksOf(const RunId &id)
    {
        std::vector<std::vector<LineageLink>> links;
        for (const LineageRun &run : done(m_library->lineage(id)).runs)
            links.push_back(run.parents);
        return links;
    }
    void reopen()
    {
        m_library.reset();
        m_library = std::make_unique<Library>(m_folder->path());
        done(m_library->open());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Library> m_library;
    int m_number = 0;
};

void LineageQueryTest::init()
{
    m_number = 0;
    m_folder = std::make_unique<QTemporaryDir>();
    m_library = std::make_unique<Library>(m_folder->path());
    done(m_library->open());
}

void LineageQueryTest::cleanup()
{
    m_library.reset();
    m_folder.reset();
}

void LineageQueryTest::familyIsFound()
{
    const RunRecord a = made(u"a"_s);
    made(u"x"_s);
    made(u"b"_s, { u"a1"_s }, RunOrigin { OriginStep::Edit, { a.id, 1 } });
    const RunRecord c = made(u"c"_s, {}, RunOrigin { OriginStep::Vary, { a.id, 0 } });
    const RunRecord d = add({ u"b0"_s, u"c1"_s });
    for (const RunId &id : { a.id, c.id, d.id }) {
        const Lineage lineage = done(m_library->lineage(id));
        QCOMPARE(promptsOf(lineage), QStringList({ u"run 1"_s, u"run 3"_s, u"run 4"_s, u"run 5"_s }));
        QVERIFY(lineage.isWhole);
        using Links = std::vector<LineageLink>;
        QCOMPARE(lineage.runs[1].parents, Links({ { 0, 1, OriginStep::Edit } }));
        QCOMPARE(lineage.runs[2].parents, Links({ { 0, 0, OriginStep::Vary } }));
        QCOMPARE(lineage.runs[3].parents, Links({ { 1, 0, OriginStep::Reference }, { 2, 1, OriginStep::Reference } }));
        QVERIFY(lineage.runs[0].record.sent.isEmpty()); // may be many megabytes, and nobody asks for it
    }
}

void LineageQueryTest::treatedFilesAreFound()
{
    made(u"a"_s);
    RunRecord treated = sampleRecord(u"treated"_s);
    treated.references = { { .field = u"image_urls"_s, .index = 0, .sha256 = u"t"_s, .givenSha256 = u"a0"_s } };
    treated = done(m_library->add(treated));
    const RunRecord again = add({ u"t"_s }); // the library's own copy, recalled
    const Lineage lineage = done(m_library->lineage(again.id));
    QCOMPARE(promptsOf(lineage), QStringList({ u"run 1"_s, u"treated"_s, u"run 2"_s }));
    QCOMPARE(lineage.runs[2].parents, std::vector<LineageLink>({ { 0, 0, OriginStep::Reference } }));
    QCOMPARE(promptsOf(done(m_library->lineage(done(m_library->runs(0, 1)).front().id))), promptsOf(lineage));
}

void LineageQueryTest::aRunThatIsNotThere()
{
    const auto lineage = outcome(m_library->lineage({ u"nobody"_s }));
    QVERIFY(!lineage);
    QCOMPARE(lineage.error().type, u"missing"_s);
}

void LineageQueryTest::tooManyAreSaid()
{
    const RunRecord root = made(u"a"_s);
    std::vector<QFuture<Result<RunRecord>>> added;
    for (size_t number = 0; number < Library::mostLineageRuns + 5; ++number) {
        RunRecord child = sampleRecord();
        child.references.front().sha256 = u"a0"_s;
        added.push_back(m_library->add(child));
    }
    const RunRecord last = done(added.back());
    const Lineage lineage = done(m_library->lineage(last.id));
    QVERIFY(!lineage.isWhole);
    QCOMPARE(lineage.runs.size(), Library::mostLineageRuns);
    QVERIFY(lineage.placeOf(last.id)); // nearest first
    QVERIFY(lineage.placeOf(root.id));
}

void LineageQueryTest::survivesTheLossOfTheDatabase()
{
    const RunRecord a = made(u"a"_s);
    made(u"b"_s, { u"a1"_s }, RunOrigin { OriginStep::Edit, { a.id, 1 } });
    RunRecord treated = sampleRecord(u"treated"_s);
    treated.references = { { .field = u"image_urls"_s, .index = 0, .sha256 = u"t"_s, .givenSha256 = u"b0"_s } };
    treated.origin = RunOrigin { OriginStep::Promote, { a.id, 0 } };
    treated = done(m_library->add(treated));
    const auto before = linksOf(a.id);
    QCOMPARE(before.size(), size_t(3));
    m_library.reset();
    for (const QString &name : QDir(m_folder->path()).entryList({ u"plantain.db*"_s }))
        QVERIFY(QFile::remove(m_folder->filePath(name)));
    reopen();
    QCOMPARE(linksOf(a.id), before);
    QCOMPARE(linksOf(treated.id), before);
}

// What was given is in the records of old; what was said of it is not.
void LineageQueryTest::olderLibrariesHaveOne()
{
    const RunRecord a = made(u"a"_s);
    const RunRecord b = add({ u"a1"_s });
    const auto before = linksOf(b.id);
    QCOMPARE(before.size(), size_t(2));
    m_library.reset();
    {
        Database database = valueOf(Database::open(m_folder->filePath(u"plantain.db"_s), Database::Mode::Durable));
        for (const QString &table : { u"origins"_s, u"given"_s, u"treated"_s })
            QVERIFY(database.run(u"DROP TABLE "_s + table));
        QVERIFY(database.setUserVersion(4));
    }
    reopen();
    QCOMPARE(linksOf(a.id), before);
}

QTEST_GUILESS_MAIN(LineageQueryTest)
#include "tst_lineagequery.moc"
