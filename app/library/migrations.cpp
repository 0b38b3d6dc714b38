#include "migrations.h"

#include <QDir>

using namespace Qt::StringLiterals;

// In a static library, so nobody else registers the files (it must stand outside of any namespace).
static void registerResources()
{
    Q_INIT_RESOURCE(plantain);
}

namespace plantain {

QStringList statementsOf(const QString &sql)
{
    QStringList statements;
    QStringList lines;
    const auto finish = [&] {
        if (!lines.isEmpty())
            statements.append(lines.join(u'\n'));
        lines.clear();
    };
    for (const QString &line : sql.split(u'\n')) {
        if (line.trimmed().isEmpty()) {
            if (!lines.isEmpty() && lines.last().trimmed().endsWith(u';'))
                finish();
        } else if (!line.startsWith(u"--"_s)) {
            lines.append(line);
        }
    }
    finish();
    return statements;
}

std::vector<Migration> migrationsIn(const QString &folder)
{
    std::vector<Migration> migrations;
    const QDir directory(folder);
    for (const QString &name : directory.entryList({ u"*.sql"_s }, QDir::Files, QDir::Name)) {
        QFile file(directory.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            migrations.push_back({ name, statementsOf(QString::fromUtf8(file.readAll())) });
    }
    return migrations;
}

std::vector<Migration> bundledMigrations()
{
    registerResources();
    return migrationsIn(u":/sql"_s);
}

Result<void> migrate(Database &database, const std::vector<Migration> &migrations)
{
    const auto version = database.userVersion();
    if (!version)
        return failure(version.error());
    if (size_t(*version) == migrations.size())
        return {};

    const auto apply = [&]() -> Result<void> {
        if (const auto begun = database.run(u"BEGIN IMMEDIATE"_s); !begun)
            return begun;
        for (size_t i = size_t(*version); i < migrations.size(); ++i) {
            for (const QString &statement : migrations[i].statements) {
                if (auto ran = database.run(statement); !ran) {
                    Error error = ran.error();
                    error.message.prepend(migrations[i].name + u": "_s);
                    return failure(error);
                }
            }
        }
        if (const auto marked = database.run(u"PRAGMA application_id = %1"_s.arg(libraryApplicationId)); !marked)
            return marked;
        if (const auto set = database.setUserVersion(int(migrations.size())); !set)
            return set;
        return database.run(u"COMMIT"_s);
    };
    auto applied = apply();
    if (!applied)
        (void)database.run(u"ROLLBACK"_s); // fails where SQLite has rolled back by itself
    return applied;
}

} // namespace plantain
