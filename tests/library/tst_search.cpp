#include "librarytesting.h"

using namespace plantain;
using namespace plantain::testing;

/// What is typed finds the runs it is about.
class SearchTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void followsWhatIsStored();
    void anyTextIsAnswered();
    void survivesARebuild();
};

namespace {

RunRecord about(const QString &prompt, int seed, const QString &endpoint = u"fal-ai/nano-banana-2"_s)
{
    RunRecord record = sampleRecord(prompt);
    record.input = Json { { "prompt", prompt.toStdString() }, { "seed", seed } };
    record.endpoint.text = endpoint;
    record.references.clear();
    return record;
}

/// 1 to 5.
void fill(Library &library)
{
    done(library.open());
    RunRecord described = about(u"A red fox in snow"_s, 1);
    done(library.add(described));
    described = about(u"Größe und Café"_s, 2, u"google/other"_s);
    described.description = u"Here is the fox you wanted"_s;
    done(library.add(described));
    done(library.add(about(u"赤い狐と雪"_s, 3)));
    RunRecord referring = about(u"foxes, \"red\" ones"_s, 42);
    referring.references = { { .field = u"image_urls"_s, .sha256 = u"00"_s, .file = u"references/00.png"_s, .originalName = u"harbour at night.png"_s } };
    done(library.add(referring));
    RunRecord old = about(u"an old red barn"_s, 5);
    old.createdAt = QDate(2025, 3, 4).startOfDay().toUTC();
    done(library.add(old));
}

QString found(Library &library, const QString &typed)
{
    QStringList numbers;
    for (const qint64 sequence : done(library.search(parseSearch(typed))))
        numbers << QString::number(sequence);
    return numbers.join(u' ');
}

} // namespace

void SearchTest::finds_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &typed, const QString &expected) { QTest::newRow(name) << typed << expected; };
    row("a word", u"fox"_s, u"1 2 4"_s);
    row("in any case", u"FOX"_s, u"1 2 4"_s);
    row("as one types", u"re"_s, u"1 4 5"_s);
    row("two words", u"red fox"_s, u"1 4"_s);
    row("phrase", u"\"red fox\""_s, u"1"_s);
    row("accents", u"cafe grosse"_s, {});
    row("accents of a letter", u"cafe"_s, u"2"_s);
    row("not", u"red -fox"_s, u"5"_s);
    row("only not", u"-red"_s, u"2 3"_s);
    row("no spaces", u"狐"_s, u"3"_s);
    row("reference", u"reference:harbour"_s, u"4"_s);
    row("a reference is no word", u"harbour"_s, {});
    row("seed", u"seed:42"_s, u"4"_s);
    row("endpoint", u"endpoint:google"_s, u"2"_s);
    row("word and endpoint", u"fox endpoint:nano"_s, u"1 4"_s);
    row("before", u"before:2026-01-01"_s, u"5"_s);
    row("after", u"red after:2026-01-01"_s, u"1 4"_s);
    row("nobody", u"zebra"_s, {});
}

void SearchTest::finds()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    const QTemporaryDir folder;
    Library library(folder.path());
    fill(library);
    QCOMPARE(found(library, typed), expected);
}

void SearchTest::followsWhatIsStored()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    done(library.open());
    RunRecord run = addInState(library, RunState::Accepted);
    QCOMPARE(found(library, u"quokka"_s), QString());
    run = inState(run, RunState::Completed);
    run.description = u"A quokka, smiling"_s;
    done(library.store(run));
    QCOMPARE(found(library, u"quok"_s), QString::number(run.sequence));
    run.description = u"A wombat"_s;
    done(library.store(run));
    QCOMPARE(found(library, u"quokka"_s), QString());
    QCOMPARE(found(library, u"wombat"_s), QString::number(run.sequence));
}

// Nothing that is typed is an error of SQL or of the index.
void SearchTest::anyTextIsAnswered()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    fill(library);
    for (const QString &typed : { u"\""_s, u"a\"b"_s, u"(fox"_s, u"fox)"_s, u"NEAR(a b)"_s, u"prompt:fox"_s, u"*"_s, u"^fox"_s, u"fox AND"_s,
                                  u"'; DROP TABLE runs; --"_s, u"\U0001F98A"_s, u"{x}"_s, u"-"_s, u"a:b:c"_s, QString(u"x"_s).repeated(5000) })
        QVERIFY2(outcome(library.search(parseSearch(typed))).has_value(), qPrintable(typed.left(40)));
}

void SearchTest::survivesARebuild()
{
    const QTemporaryDir folder;
    {
        Library library(folder.path());
        fill(library);
    }
    for (const auto &suffix : { u""_s, u"-wal"_s, u"-shm"_s })
        QFile::remove(folder.filePath(u"plantain.db"_s + suffix));
    Library library(folder.path());
    QVERIFY(done(library.open()).rebuilt);
    QCOMPARE(found(library, u"red fox"_s), u"1 4"_s);
    QCOMPARE(found(library, u"reference:harbour seed:42"_s), u"4"_s);
}

QTEST_GUILESS_MAIN(SearchTest)
#include "tst_search.moc"
