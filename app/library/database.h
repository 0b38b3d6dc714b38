#pragma once

#include "result.h"

#include <QSqlDatabase>
#include <QVariant>

namespace plantain {

/// One SQLite connection. Made, used and destroyed on one thread: another one would fail quietly (reliability.md A15).
/// Errors: Database "damaged", "locked" or "io"; Disk "full", "readonly" or "io" where SQLite met the disk.
/// After an error the statements behind it must not run: their errors would mean nothing (A16).
class Database
{
public:
    /// Durable: what the library works on. Building: a new file that is thrown away unless it becomes whole, so without
    /// a journal; the caller syncs it.
    enum class Mode { Durable, Building };
    static Result<Database> open(const QString &path, Mode mode);
    Database(Database &&other) noexcept;
    Database &operator=(Database &&other) noexcept;
    ~Database();

    /// One statement that gives no rows.
    Result<void> run(const QString &sql, const QVariantList &values = {});
    /// The first column of the first row; an invalid value when there is no row.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});

    Result<int> userVersion();
    Result<void> setUserVersion(int version);

    /// Write-ahead log where the file system can have one, else a journal file that is truncated.
    Result<void> useWriteAheadLog();
    /// What is in the log goes into the main file.
    Result<void> emptyLog();
    /// All content in the one file: before copying it, and before anything that changes the user version.
    Result<void> useSingleFile();

    const QSqlDatabase &connection() const { return m_connection; }

private:
    explicit Database(QSqlDatabase connection);
    Result<void> prepare(Mode mode);
    Result<QString> setJournalMode(const QString &mode);

    QSqlDatabase m_connection;
};

/// "PLTN": marks our files among SQLite's (`file` shows it).
inline constexpr int libraryApplicationId = 0x504c544e;

} // namespace plantain
