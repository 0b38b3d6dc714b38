#include "rebuild.h"
#include "diskerror.h"
#include "migrations.h"
#include "sidecars.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QSet>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto unfinishedFile = "plantain.db.new";
constexpr int problemsNamed = 20;

QString said(const char *text)
{
    return QCoreApplication::translate("Library", text);
}

/// Names the first few, counts the rest.
class ProblemList
{
public:
    void add(const QString &problem)
    {
        if (++m_count <= problemsNamed)
            m_problems.append(problem);
    }
    QStringList take()
    {
        if (m_count > problemsNamed)
            m_problems.append(said(QT_TRANSLATE_NOOP("Library", "%1 more like these.")).arg(m_count - problemsNamed));
        return m_problems;
    }

private:
    QStringList m_problems;
    int m_count = 0;
};

QString unreadable(const QString &file, const Error &error)
{
    return said(QT_TRANSLATE_NOOP("Library", "%1 could not be read: %2")).arg(file, error.message);
}

QStringList picturesWithout(const QSet<QString> &owned, const LibraryFolder &folder)
{
    ProblemList problems;
    const qsizetype rootLength = folder.pathOf({}).size();
    QDirIterator files(folder.pathOf(u"images"_s), QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next().mid(rootLength);
        if (!owned.contains(file))
            problems.add(said(QT_TRANSLATE_NOOP("Library", "No run is known for the picture %1.")).arg(file));
    }
    return problems.take();
}

Result<Rebuilt> fill(const LibraryFolder &folder, Database &database)
{
    if (const auto migrated = migrate(database, bundledMigrations()); !migrated)
        return failure(migrated.error());
    const Sidecars sidecars(folder);
    RunTable table(database);

    // In order of sequence, which the names do not give when the clock was set back. Only the order is kept in
    // memory: a hundred thousand records with their replies would be too much.
    struct Place
    {
        qint64 sequence;
        QString file;
    };
    std::vector<Place> places;
    QSet<QString> owned;
    ProblemList problems;
    for (const auto &[file, id] : sidecars.list()) {
        const auto run = sidecars.read(file);
        if (!run) {
            problems.add(unreadable(file, run.error()));
            continue;
        }
        places.push_back({ run->record.sequence, file });
        for (const ImageRecord &image : run->record.images)
            owned.insert(image.file);
    }
    std::stable_sort(places.begin(), places.end(),
                     [](const Place &one, const Place &other) { return one.sequence < other.sequence; });

    if (const auto begun = database.run(u"BEGIN"_s); !begun)
        return failure(begun.error());
    Rebuilt rebuilt;
    for (const Place &place : places) {
        const auto run = sidecars.read(place.file);
        if (!run) {
            problems.add(unreadable(place.file, run.error()));
            continue;
        }
        if (const auto inserted = table.insert(run->record, run->revision); !inserted)
            return failure(inserted.error());
        ++rebuilt.runs;
    }
    if (const auto committed = database.run(u"COMMIT"_s); !committed)
        return failure(committed.error());
    rebuilt.problems = problems.take() + picturesWithout(owned, folder);
    return rebuilt;
}

Result<void> syncFile(const LibraryFolder &folder, const QString &name)
{
    const auto directory = folder.open({}, LibraryFolder::Missing::Refuse);
    if (!directory)
        return failure(directory.error());
    const FileDescriptor file(::openat(directory->number(), name.toLatin1().constData(), O_RDWR | O_NOFOLLOW | O_CLOEXEC));
    if (!file.isOpen() || ::fchmod(file.number(), 0600) != 0 || ::fsync(file.number()) != 0)
        return failure(diskError(errno, name));
    return {};
}

} // namespace

Result<Rebuilt> rebuildDatabase(const LibraryFolder &folder)
{
    const QString unfinished = QString::fromLatin1(unfinishedFile);
    const auto build = [&]() -> Result<Rebuilt> {
        if (const auto removed = folder.remove(unfinished); !removed)
            return failure(removed.error());
        auto rebuilt = Database::open(folder.pathOf(unfinished), Database::Mode::Building)
                           .and_then([&](Database &&database) { return fill(folder, database); });
        if (!rebuilt)
            return rebuilt;
        if (const auto synced = syncFile(folder, unfinished); !synced)
            return failure(synced.error());
        if (const auto renamed = folder.rename(unfinished, QString::fromLatin1(databaseFile)); !renamed)
            return failure(renamed.error());
        return rebuilt;
    };
    auto built = build();
    if (!built)
        (void)folder.remove(unfinished); // the first error is the one to tell
    return built;
}

Result<Rebuilt> reconcile(const LibraryFolder &folder, Database &database, const std::vector<RunId> &interrupted,
                          const QDateTime &since)
{
    const Sidecars sidecars(folder);
    RunTable table(database);
    const auto known = table.known();
    if (!known)
        return failure(known.error());

    Rebuilt rebuilt;
    ProblemList problems;
    if (const auto begun = database.run(u"BEGIN IMMEDIATE"_s); !begun)
        return failure(begun.error());
    const auto takeIn = [&]() -> Result<void> {
        for (const auto &[file, id] : sidecars.list(since)) {
            const auto row = known->constFind(id);
            const bool isMissing = row == known->constEnd();
            if (!isMissing && !row->has_value())
                continue;
            auto run = sidecars.read(file);
            if (!run) {
                problems.add(unreadable(file, run.error()));
                continue;
            }
            if (!isMissing && run->revision <= **row)
                continue;
            if (isMissing) {
                if (const auto inserted = table.insert(run->record, run->revision); !inserted)
                    return failure(inserted.error());
            } else {
                const auto place = table.place(id);
                if (!place)
                    return failure(place.error());
                run->record.sequence = (*place)->sequence;
                if (const auto updated = table.update(run->record, run->revision); !updated)
                    return failure(updated.error());
            }
            ++rebuilt.runs;
        }
        return database.run(u"COMMIT"_s);
    };
    if (const auto taken = takeIn(); !taken) {
        (void)database.run(u"ROLLBACK"_s); // fails where SQLite has rolled back by itself
        return failure(taken.error());
    }
    if (const auto emptied = database.emptyLog(); !emptied)
        return failure(emptied.error());

    for (const RunId &id : interrupted) {
        const auto run = table.find(id);
        if (!run)
            return failure(run.error());
        if (!*run)
            continue;
        if (const auto written = sidecars.write((*run)->record, (*run)->revision); !written)
            return failure(written.error());
    }
    rebuilt.problems = problems.take();
    return rebuilt;
}

Result<QString> setAside(const LibraryFolder &folder)
{
    const QString name = QString::fromLatin1(databaseFile);
    const QString aside
        = name + u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s);
    bool any = false;
    // Also what belongs to a database that is gone: a foreign log would be played into the new one. The database goes
    // last, so that an interrupted call does not leave its log alone.
    for (const QString &suffix : { u"-wal"_s, u"-shm"_s, u"-journal"_s, u""_s }) {
        if (!folder.exists(name + suffix))
            continue;
        if (const auto renamed = folder.rename(name + suffix, aside + suffix); !renamed)
            return failure(renamed.error());
        any = true;
    }
    return any ? aside : QString();
}

} // namespace plantain
