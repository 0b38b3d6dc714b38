#pragma once

#include "database.h"

#include <QStringList>

#include <vector>

namespace plantain {

/// One step of the schema's history: the statements of resources/sql/NNNN_*.sql, which bring a database from
/// version NNNN - 1 to NNNN. Released files are never edited.
struct Migration
{
    QString name;
    QStringList statements;
};

/// A statement ends with a semicolon at the end of a line that an empty line or the end follows; a trigger's inner
/// lines so need no care. Lines that begin with -- are left out.
QStringList statementsOf(const QString &sql);

/// All files of a folder by name; the newest schema version is their count.
std::vector<Migration> migrationsIn(const QString &folder);
std::vector<Migration> bundledMigrations();

/// Brings the database to the newest version in one transaction. It must be in single-file mode: the user version
/// changes outside of the write-ahead log alone, so the file's header always tells it (DatabaseHeader).
Result<void> migrate(Database &database, const std::vector<Migration> &migrations);

} // namespace plantain
