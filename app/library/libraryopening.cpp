#include "libraryopening.h"
#include "databaseheader.h"
#include "migrations.h"
#include "rebuild.h"
#include "statement.h"

#include <QFileInfo>
#include <QSet>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto identityFile = "library.json";
constexpr int layoutVersion = 1; ///< of the folders; the database has a version of its own

// integrity_check (quick_check would not see a wrong id) reads the whole file, which takes seconds for a large one. A
// process that died is no reason to doubt it; damage that shows when it is read is, at the next start.
constexpr qint64 alwaysChecked = 32 * 1024 * 1024;
// File times are coarse.
constexpr qint64 slackSeconds = 60;

Error newer(const QString &what)
{
    return { .kind = ErrorKind::Database, .type = u"newer"_s, .message = what };
}

bool isDamage(const Error &error)
{
    return error.kind == ErrorKind::Database && error.type == u"damaged"_s;
}

/// Looks without writing a byte.
Result<void> refuseNewer(const LibraryFolder &folder)
{
    const DatabaseHeader header = DatabaseHeader::of(folder.pathOf(QString::fromLatin1(databaseFile)));
    const bool isOurs = header.isDatabase && header.applicationId == quint32(libraryApplicationId);
    if (isOurs && header.userVersion > bundledMigrations().size())
        return failure(newer(u"the database has version %1, known is %2"_s.arg(header.userVersion)
                                 .arg(bundledMigrations().size())));
    const auto identity = folder.read(QString::fromLatin1(identityFile), 65536);
    const auto json = identity ? parseJson(*identity) : Result<Json>(failure(identity.error()));
    if (json && integerAt(*json, "version").value_or(0) > layoutVersion)
        return failure(newer(u"the library has version %1, known is %2"_s.arg(*integerAt(*json, "version"))
                                 .arg(layoutVersion)));
    return {};
}

QString identityIn(const Result<QByteArray> &file)
{
    const auto json = file ? parseJson(*file) : Result<Json>(failure(file.error()));
    return json ? stringAt(*json, "library") : QString();
}

Result<void> makeIdentity(const LibraryFolder &folder)
{
    if (!identityIn(folder.read(QString::fromLatin1(identityFile), 65536)).isEmpty())
        return {};
    const Json json { { "library", QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() },
                      { "version", layoutVersion } };
    return replaceFile(folder, QString::fromLatin1(identityFile), toPrettyBytes(json) + '\n');
}

Result<QSet<QString>> schemaOf(Database &database)
{
    Statement statement(database, u"SELECT type, name, tbl_name, sql FROM sqlite_schema"_s);
    QSet<QString> schema;
    const auto read = statement.forEach([&]() -> Result<void> {
        schema.insert(QStringList { statement.text(0), statement.text(1), statement.text(2), statement.text(3) }.join(u' '));
        return {};
    });
    return read.map([&] { return std::move(schema); });
}

Result<QSet<QString>> expectedSchema()
{
    return Database::open(u":memory:"_s, Database::Mode::Building).and_then([](Database &&database) {
        return migrate(database, bundledMigrations()).and_then([&] { return schemaOf(database); });
    });
}

Result<void> check(Database &database, bool whole)
{
    const auto damaged = [](const QString &what) -> Result<void> {
        return failure({ .kind = ErrorKind::Database, .type = u"damaged"_s, .message = what });
    };
    const auto expected = expectedSchema();
    const auto found = schemaOf(database);
    if (!expected || !found)
        return failure((expected ? found : expected).error());
    if (!found->contains(*expected))
        return damaged(u"its tables are not as they were made"_s);

    if (!whole)
        return {};
    const auto checked = database.value(u"PRAGMA integrity_check(1)"_s);
    if (!checked)
        return failure(checked.error());
    return checked->toString() == u"ok"_s ? Result<void>() : damaged(checked->toString());
}

Result<void> backUp(const LibraryFolder &folder, int version)
{
    const QString name = QString::fromLatin1(databaseFile);
    const QString backup = u"%1.version-%2-%3"_s.arg(name).arg(version).arg(
        QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s));
    QFile source(folder.pathOf(name));
    if (!source.open(QIODevice::ReadOnly))
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = source.errorString() });
    auto copy = DurableFile::create(folder, {});
    if (!copy)
        return failure(copy.error());
    while (!source.atEnd()) {
        const QByteArray bytes = source.read(1024 * 1024);
        if (bytes.isEmpty())
            return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = source.errorString() });
        if (const auto written = copy->write(bytes); !written)
            return written;
    }
    return copy->keepAs(backup);
}

Result<void> bringUpToDate(const LibraryFolder &folder, Database &database, const std::vector<Migration> &migrations)
{
    const auto version = database.userVersion();
    if (!version)
        return failure(version.error());
    if (*version < 0 || size_t(*version) > migrations.size())
        return failure(newer(u"the database has version %1"_s.arg(*version)));
    if (size_t(*version) < migrations.size()) {
        if (const auto single = database.useSingleFile(); !single)
            return single;
        if (const auto kept = backUp(folder, *version); !kept)
            return kept;
        if (const auto migrated = migrate(database, migrations); !migrated)
            return migrated;
    }
    return database.useWriteAheadLog();
}

/// The database that is there; "damaged" when it has to be made again.
Result<Database> openExisting(const LibraryFolder &folder, bool isDoubted)
{
    const QString path = folder.pathOf(QString::fromLatin1(databaseFile));
    const DatabaseHeader header = DatabaseHeader::of(path);
    if (!header.isDatabase || header.applicationId != quint32(libraryApplicationId))
        return failure({ .kind = ErrorKind::Database, .type = u"damaged"_s, .message = u"not a database of ours"_s });
    const bool hasLog = QFileInfo(path + u"-wal"_s).size() > 0 || QFileInfo(path + u"-journal"_s).size() > 0;
    if (!hasLog && QFileInfo(path).size() < header.bytes)
        return failure({ .kind = ErrorKind::Database, .type = u"damaged"_s, .message = u"its end is missing"_s });
    auto database = Database::open(path, Database::Mode::Durable);
    if (!database)
        return database;
    if (const auto ready = bringUpToDate(folder, *database, bundledMigrations()); !ready)
        return failure(ready.error());
    const bool whole = isDoubted || QFileInfo(path).size() <= alwaysChecked;
    if (const auto checked = check(*database, whole); !checked)
        return failure(checked.error());
    return database;
}

Result<OpenLibrary> openForWork(const LibraryFolder &folder, const std::optional<SweepLimits> &sweep)
{
    // Before anything is written, and again behind the lock.
    if (const auto allowed = refuseNewer(folder); !allowed)
        return failure(allowed.error());
    if (const auto made = folder.make(); !made)
        return failure(made.error());
    auto lock = LibraryLock::take(folder);
    if (!lock)
        return failure(lock.error());
    if (const auto allowed = refuseNewer(folder); !allowed)
        return failure(allowed.error());
    OpenReport report;
    report.created = !folder.exists(QString::fromLatin1(identityFile)) && !folder.exists(QString::fromLatin1(databaseFile));
    if (const auto identity = makeIdentity(folder); !identity)
        return failure(identity.error());

    const bool lookCloser = lock->lastEnd() != LibraryLock::LastEnd::InOrder;
    const QDateTime since = lock->lastBegin().isValid() ? lock->lastBegin().addSecs(-slackSeconds) : QDateTime();
    const std::vector<RunId> interrupted = lookCloser ? removeLeftovers(folder, since) : std::vector<RunId>();
    auto database = folder.exists(QString::fromLatin1(databaseFile))
        ? openExisting(folder, lock->lastEnd() == LibraryLock::LastEnd::SawDamage)
        : Result<Database>(failure({ .kind = ErrorKind::Database, .type = u"damaged"_s, .message = u"missing"_s }));
    if (!database && !isDamage(database.error()))
        return failure(database.error());
    Result<Rebuilt> repaired;
    if (database) {
        if (lookCloser)
            repaired = reconcile(folder, *database, interrupted, since);
    } else {
        const auto aside = setAside(folder);
        if (!aside)
            return failure(aside.error());
        report.setAside = *aside;
        repaired = rebuildDatabase(folder);
        report.created = report.created && repaired && repaired->runs == 0;
        report.rebuilt = !report.created;
        database = repaired ? openExisting(folder, false) : failure(repaired.error());
    }
    if (!database)
        return failure(database.error());
    if (!repaired)
        return failure(repaired.error());
    report.problems = repaired->problems;

    if (sweep && report.problems.isEmpty()) // a sidecar that could not be read may speak of anything
        sweepUnclaimed(folder, *database, *sweep);
    auto journal = std::make_unique<Journal>(*std::move(database), folder);
    const auto runs = journal->table().count();
    if (!runs)
        return failure(runs.error());
    report.runs = *runs;
    return OpenLibrary { nullptr, *std::move(lock), std::move(journal), report, identityOf(folder) };
}

/// `why`: nothing may be written there. SQLite needs to write even to read what its log holds, so it gets a copy.
Result<OpenLibrary> openForLooking(const LibraryFolder &folder, const Error &why)
{
    auto lock = LibraryLock::look(folder);
    if (!lock)
        return failure(lock.error());
    auto copy = std::make_unique<QTemporaryDir>();
    const QString name = QString::fromLatin1(databaseFile);
    for (const QString &suffix : { u""_s, u"-wal"_s, u"-journal"_s }) {
        const bool isNeeded = suffix.isEmpty() || folder.exists(name + suffix);
        if (isNeeded && !QFile::copy(folder.pathOf(name + suffix), copy->filePath(name + suffix)))
            return failure(why);
        QFile::setPermissions(copy->filePath(name + suffix), QFile::ReadOwner | QFile::WriteOwner);
    }
    auto database = Database::open(copy->filePath(name), Database::Mode::Durable);
    if (!database)
        return failure(database.error());
    if (const auto migrated = migrate(*database, bundledMigrations()); !migrated)
        return failure(migrated.error());
    if (const auto checked = check(*database, false); !checked)
        return failure(checked.error());
    auto journal = std::make_unique<Journal>(*std::move(database), folder);
    const auto runs = journal->table().count();
    if (!runs)
        return failure(runs.error());
    OpenReport report;
    report.runs = *runs;
    report.onlyLooking = why;
    return OpenLibrary { std::move(copy), *std::move(lock), std::move(journal), report, identityOf(folder) };
}

} // namespace

QString identityOf(const LibraryFolder &folder)
{
    return identityIn(folder.read(QString::fromLatin1(identityFile), 65536));
}

Result<OpenLibrary> openLibrary(const LibraryFolder &folder, const std::optional<SweepLimits> &sweep)
{
    auto opened = openForWork(folder, sweep);
    const bool mayNotWrite = !opened && opened.error().kind == ErrorKind::Disk && opened.error().type == u"readonly"_s;
    if (!mayNotWrite || identityOf(folder).isEmpty() || !folder.exists(QString::fromLatin1(databaseFile)))
        return opened;
    if (auto looking = openForLooking(folder, opened.error()); looking || looking.error().kind == ErrorKind::LibraryInUse)
        return looking;
    return opened;
}

} // namespace plantain
