#include "databaseheader.h"
#include "librarytesting.h"
#include "migrations.h"
#include "statement.h"

#include <QSqlError>
#include <QtEndian>

using namespace plantain;
using namespace plantain::testing;

class MigrationsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statements_data();
    void statements();
    void bundledOnesMakeADatabase();
    void stepsAreAppliedInOrder();
    void aFailingStepChangesNothing();
    void anOlderLibraryIsBackedUp();
    void aLibraryOfVersion1BecomesOneOfToday();
    void anInterruptedMigrationIsDoneAgain();
    void aNewerLibraryIsLeftAlone_data();
    void aNewerLibraryIsLeftAlone();
    void safetyPragmas();
};

namespace {

Database openDatabase(const QString &path)
{
    return valueOf(Database::open(path, Database::Mode::Durable));
}

void makeVersion1(const QString &folder)
{
    const QString text = QString::fromUtf8(readBytes(QStringLiteral(PLANTAIN_SOURCE_DIR "/tests/library/version-0001.sql")));
    Database database = openDatabase(folder + u"/plantain.db"_s);
    for (const QString &statement : statementsOf(text)) {
        if (const auto ran = database.run(statement); !ran)
            qFatal("%s", describe(ran.error()).constData());
    }
    valueOf(database.run(u"PRAGMA application_id = %1"_s.arg(libraryApplicationId)).map([] { return 0; }));
    valueOf(database.setUserVersion(1).map([] { return 0; }));
    writeBytes(folder + u"/library.json"_s, R"({"library": "0001", "version": 1})");
}

void setInHeader(const QString &path, qsizetype offset, quint32 value)
{
    QByteArray bytes = readBytes(path);
    qToBigEndian(value, bytes.data() + offset);
    writeBytes(path, bytes);
}

} // namespace

void MigrationsTest::statements_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("empty") << QString() << QStringList();
    QTest::newRow("comments alone") << u"-- a;\n\n-- b;\n"_s << QStringList();
    QTest::newRow("two") << u"-- c\nA;\n\nB\n(x);\n"_s << QStringList { u"A;"_s, u"B\n(x);"_s };
    QTest::newRow("empty line inside") << u"A (\n\n  x);\n"_s << QStringList { u"A (\n  x);"_s };
    QTest::newRow("trigger") << u"T\nBEGIN\n  x;\n  y;\nEND;\n\nB;\n"_s
                             << QStringList { u"T\nBEGIN\n  x;\n  y;\nEND;"_s, u"B;"_s };
}

void MigrationsTest::statements()
{
    QFETCH(QString, sql);
    QFETCH(QStringList, expected);
    QCOMPARE(statementsOf(sql), expected);
}

void MigrationsTest::bundledOnesMakeADatabase()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    const auto migrations = bundledMigrations();
    QVERIFY(!migrations.empty());
    {
        Database database = openDatabase(path);
        QVERIFY(migrate(database, migrations));
        QCOMPARE(valueOf(database.userVersion()), int(migrations.size()));
        QVERIFY(migrate(database, migrations)); // again: nothing to do
        QCOMPARE(valueOf(database.value(u"PRAGMA integrity_check"_s)).toString(), u"ok"_s);
    }
    const DatabaseHeader header = DatabaseHeader::of(path);
    QVERIFY(header.isDatabase);
    QCOMPARE(header.userVersion, quint32(migrations.size()));
    QCOMPARE(header.applicationId, quint32(libraryApplicationId));
}

void MigrationsTest::stepsAreAppliedInOrder()
{
    const QTemporaryDir folder;
    const std::vector<Migration> two { { u"0001"_s, { u"CREATE TABLE t (a INTEGER)"_s, u"INSERT INTO t VALUES (1)"_s } },
                                       { u"0002"_s, { u"ALTER TABLE t ADD COLUMN b INTEGER"_s, u"UPDATE t SET b = a + 1"_s } } };
    Database database = openDatabase(folder.filePath(u"a.db"_s));
    QVERIFY(migrate(database, { two[0] }));
    QCOMPARE(valueOf(database.userVersion()), 1);
    QVERIFY(migrate(database, two));
    QCOMPARE(valueOf(database.userVersion()), 2);
    QCOMPARE(valueOf(database.value(u"SELECT b FROM t"_s)).toInt(), 2);
}

void MigrationsTest::aFailingStepChangesNothing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    const Migration good { u"0001_good.sql"_s, { u"CREATE TABLE t (a INTEGER)"_s } };
    const Migration bad { u"0002_bad.sql"_s, { u"CREATE TABLE u (a INTEGER)"_s, u"CREATE NONSENSE"_s } };
    {
        Database database = openDatabase(path);
        QVERIFY(migrate(database, { good }));
        const auto migrated = migrate(database, { good, bad });
        QVERIFY(!migrated);
        QCOMPARE(migrated.error().kind, ErrorKind::Database);
        QVERIFY(migrated.error().message.contains(u"0002_bad.sql"_s));
        QCOMPARE(valueOf(database.userVersion()), 1);
        QVERIFY(database.run(u"INSERT INTO t VALUES (1)"_s)); // and it goes on
        QVERIFY(!database.run(u"SELECT * FROM u"_s));
    }
    QCOMPARE(DatabaseHeader::of(path).userVersion, quint32(1));
}

void MigrationsTest::anOlderLibraryIsBackedUp()
{
    // Version 0 with the tables missing stands for an older schema, as there is no released one yet: the header says
    // it is ours. What is in it must be in the backup.
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"plantain.db"_s);
    {
        Database database = openDatabase(path);
        QVERIFY(database.run(u"PRAGMA application_id = %1"_s.arg(libraryApplicationId)));
        QVERIFY(database.run(u"CREATE TABLE old (a TEXT)"_s));
        QVERIFY(database.useWriteAheadLog());
        QVERIFY(database.run(u"INSERT INTO old VALUES ('kept')"_s));
    }
    {
        Library library(folder.path());
        const OpenReport report = done(library.open());
        QCOMPARE(report.setAside, QString());
        QVERIFY(!report.rebuilt);
        done(library.add(sampleRecord()));
    }
    QCOMPARE(DatabaseHeader::of(path).userVersion, quint32(bundledMigrations().size()));
    const QStringList backups = QDir(folder.path()).entryList({ u"plantain.db.version-0-*"_s });
    QCOMPARE(backups.size(), 1);
    QCOMPARE(DatabaseHeader::of(folder.filePath(backups.front())).userVersion, quint32(0));
    {
        Database backup = openDatabase(folder.filePath(backups.front()));
        QCOMPARE(valueOf(backup.value(u"SELECT a FROM old"_s)).toString(), u"kept"_s);
    }
    // Once is enough.
    Library library(folder.path());
    QCOMPARE(done(library.open()).runs, 1);
    QCOMPARE(QDir(folder.path()).entryList({ u"plantain.db.version-*"_s }), backups);
}

// Rows as that version wrote them; its database lies there as a process that died leaves it, with a log.
void MigrationsTest::aLibraryOfVersion1BecomesOneOfToday()
{
    const QTemporaryDir folder;
    makeVersion1(folder.path());
    {
        Library library(folder.path());
        const OpenReport report = done(library.open());
        QVERIFY(!report.rebuilt);
        QCOMPARE(report.runs, 2);
        const std::vector<RunRecord> runs = done(library.runs(0, 10));
        QCOMPARE(runs[0].prompt(), u"a lighthouse"_s);
        QCOMPARE(runs[0].images.size(), size_t(2));
        QCOMPARE(runs[0].images[1].bytes, 60514);
        QVERIFY(runs[0].images[1].deletion == Deletion::None);
        QVERIFY(runs[1].state == RunState::Failed && runs[1].deletion == Deletion::None);
        // What is new works on what is old.
        const DeletionChange change = done(library.setTrashed({ { runs[0].id, 1 }, { runs[1].id, 0 } }, true));
        QCOMPARE(change.changed.size(), size_t(2));
        QCOMPARE(done(library.search(parseSearch(u"lighthouse"_s))), SearchHits { runs[0].sequence });
    }
    const QStringList backups = QDir(folder.path()).entryList({ u"plantain.db.version-1-*"_s });
    QCOMPARE(backups.size(), 1);
    QCOMPARE(DatabaseHeader::of(folder.filePath(backups.front())).userVersion, quint32(1));
    QCOMPARE(DatabaseHeader::of(folder.filePath(u"plantain.db"_s)).userVersion, quint32(bundledMigrations().size()));
    Library library(folder.path());
    done(library.open());
    const std::vector<RunRecord> runs = done(library.runs(0, 10));
    QVERIFY(runs[0].images[0].deletion == Deletion::None && runs[0].images[1].deletion == Deletion::Trashed);
    QVERIFY(runs[1].deletion == Deletion::Trashed);
}

// Ended between the backup and the end of the transaction: the database is as it was, with a hot journal perhaps.
void MigrationsTest::anInterruptedMigrationIsDoneAgain()
{
    const auto migrations = bundledMigrations();
    size_t statementCount = 0;
    for (size_t i = 1; i < migrations.size(); ++i)
        statementCount += migrations[i].statements.size();
    for (size_t applied = 0; applied <= statementCount; ++applied) {
        const QTemporaryDir folder, copy;
        makeVersion1(folder.path());
        {
            Database database = openDatabase(folder.filePath(u"plantain.db"_s));
            QVERIFY(database.useSingleFile());
            QVERIFY(database.run(u"PRAGMA cache_spill = 1"_s));
            QVERIFY(database.run(u"BEGIN IMMEDIATE"_s));
            size_t ran = 0;
            for (size_t i = 1; i < migrations.size(); ++i) {
                for (const QString &statement : migrations[i].statements) {
                    if (ran++ < applied)
                        QVERIFY(database.run(statement));
                }
            }
            // What lies on the disk at this moment is what a killed process leaves.
            for (const QString &name : QDir(folder.path()).entryList(QDir::Files))
                QVERIFY(QFile::copy(folder.filePath(name), copy.filePath(name)));
        }
        Library library(copy.path());
        const OpenReport report = done(library.open());
        QVERIFY(!report.rebuilt);
        QCOMPARE(report.runs, 2);
        QCOMPARE(done(library.setTrashed({ { done(library.runs(0, 1)).front().id, 0 } }, true)).changed.size(), size_t(1));
    }
}

void MigrationsTest::aNewerLibraryIsLeftAlone_data()
{
    QTest::addColumn<QString>("newer");
    QTest::addColumn<bool>("closedInOrder");
    QTest::newRow("database") << u"database"_s << true;
    QTest::newRow("database, not closed in order") << u"database"_s << false;
    QTest::newRow("layout") << u"layout"_s << true;
    QTest::newRow("database without what else we know") << u"alone"_s << true;
}

void MigrationsTest::aNewerLibraryIsLeftAlone()
{
    QFETCH(QString, newer);
    QFETCH(bool, closedInOrder);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"plantain.db"_s);
    {
        Library library(folder.path());
        done(library.open());
        addInState(library, RunState::Completed);
    }
    if (newer == u"layout"_s)
        writeBytes(folder.filePath(u"library.json"_s), R"({"library": "x", "version": 2})");
    else
        setInHeader(path, 60, quint32(bundledMigrations().size()) + 1);
    if (newer == u"alone"_s) {
        QVERIFY(QFile::remove(folder.filePath(u"library.json"_s)));
        QVERIFY(QFile::remove(folder.filePath(u"plantain.lock"_s)));
        QVERIFY(QDir(folder.filePath(u"runs"_s)).removeRecursively());
    }
    if (!closedInOrder) {
        writeBytes(folder.filePath(u"plantain.lock"_s), "1 plantain\n");
        writeBytes(folder.filePath(u"plantain.db-wal"_s), "the log of a newer one");
        writeBytes(folder.filePath(u".plantain-x-0123456789abcdef.part"_s), "");
    }

    const auto before = contentOf(folder.path());
    Library library(folder.path());
    const auto opened = outcome(library.open());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Database);
    QCOMPARE(opened.error().type, u"newer"_s);
    QCOMPARE(outcome(library.add(sampleRecord())).error().type, u"newer"_s);
    QCOMPARE(contentOf(folder.path()), before);
}

void MigrationsTest::safetyPragmas()
{
    const QTemporaryDir folder;
    Database database = openDatabase(folder.filePath(u"a.db"_s));
    QVERIFY(database.useWriteAheadLog());
    const QMap<QString, QString> expected { { u"journal_mode"_s, u"wal"_s },        { u"synchronous"_s, u"2"_s },
                                            { u"locking_mode"_s, u"exclusive"_s },  { u"foreign_keys"_s, u"1"_s },
                                            { u"trusted_schema"_s, u"0"_s },        { u"cell_size_check"_s, u"1"_s } };
    for (auto pragma = expected.begin(); pragma != expected.end(); ++pragma)
        QCOMPARE(valueOf(database.value(u"PRAGMA "_s + pragma.key())).toString(), pragma.value());
    // A second connection is kept out, and says so.
    QVERIFY(database.run(u"CREATE TABLE t (a INTEGER)"_s));
    auto second = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"second"_s);
    second.setDatabaseName(folder.filePath(u"a.db"_s));
    QVERIFY(second.open());
    {
        QSqlQuery query(second);
        QVERIFY(!query.exec(u"SELECT * FROM t"_s));
        QCOMPARE(databaseError(query.lastError()).type, u"locked"_s);
    }
    second = QSqlDatabase();
    QSqlDatabase::removeDatabase(u"second"_s);
}

QTEST_GUILESS_MAIN(MigrationsTest)
#include "tst_migrations.moc"
