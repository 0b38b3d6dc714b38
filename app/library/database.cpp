#include "database.h"
#include "statement.h"

#include <QAtomicInt>
#include <QSqlError>

using namespace Qt::StringLiterals;

namespace plantain {

Database::Database(QSqlDatabase connection)
    : m_connection(std::move(connection))
{
}

Database::Database(Database &&other) noexcept
    : m_connection(std::exchange(other.m_connection, QSqlDatabase()))
{
}

Database &Database::operator=(Database &&other) noexcept
{
    std::swap(m_connection, other.m_connection);
    return *this;
}

Database::~Database()
{
    const QString name = m_connection.connectionName();
    if (name.isEmpty())
        return;
    m_connection.close();
    m_connection = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Result<Database> Database::open(const QString &path, Mode mode)
{
    static QAtomicInt count;
    Database database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"library-%1"_s.arg(count.fetchAndAddRelaxed(1))));
    database.m_connection.setDatabaseName(path);
    database.m_connection.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!database.m_connection.open())
        return failure(databaseError(database.m_connection.lastError()));
    if (const auto prepared = database.prepare(mode); !prepared)
        return failure(prepared.error());
    return database;
}

Result<void> Database::prepare(Mode mode)
{
    // The exclusive lock comes before anything is read: two connections to a write-ahead log can corrupt it in
    // SQLite before 3.50.7 (reliability.md R33), and with it no shared memory file is needed.
    QStringList pragmas { u"locking_mode = EXCLUSIVE"_s, u"trusted_schema = OFF"_s, u"cell_size_check = ON"_s,
                          u"foreign_keys = ON"_s, u"temp_store = MEMORY"_s };
    if (mode == Mode::Building)
        pragmas << u"journal_mode = OFF"_s << u"synchronous = OFF"_s;
    else
        pragmas << u"synchronous = FULL"_s;
    for (const QString &pragma : pragmas) {
        if (const auto result = run(u"PRAGMA "_s + pragma); !result)
            return result;
    }
    return {};
}

Result<void> Database::run(const QString &sql, const QVariantList &values)
{
    Statement statement(*this, sql);
    for (const QVariant &value : values)
        statement.bind(value);
    return statement.run();
}

Result<QVariant> Database::value(const QString &sql, const QVariantList &values)
{
    Statement statement(*this, sql);
    for (const QVariant &value : values)
        statement.bind(value);
    const auto row = statement.next();
    if (!row)
        return failure(row.error());
    return *row ? statement.value(0) : QVariant();
}

Result<int> Database::userVersion()
{
    return value(u"PRAGMA user_version"_s).map([](const QVariant &version) { return version.toInt(); });
}

Result<void> Database::setUserVersion(int version)
{
    return run(u"PRAGMA user_version = %1"_s.arg(version));
}

Result<QString> Database::setJournalMode(const QString &mode)
{
    return value(u"PRAGMA journal_mode = %1"_s.arg(mode)).map([](const QVariant &now) { return now.toString(); });
}

Result<void> Database::useWriteAheadLog()
{
    const auto mode = setJournalMode(u"WAL"_s);
    if (!mode)
        return failure(mode.error());
    if (*mode == u"wal"_s)
        return {};
    return setJournalMode(u"TRUNCATE"_s).map([](const QString &) {});
}

Result<void> Database::emptyLog()
{
    return value(u"PRAGMA wal_checkpoint(TRUNCATE)"_s).map([](const QVariant &) {});
}

Result<void> Database::useSingleFile()
{
    return setJournalMode(u"DELETE"_s).map([](const QString &) {});
}

} // namespace plantain
