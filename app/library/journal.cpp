#include "journal.h"
#include "picturename.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

// It names a file, and has to come back from a sidecar as it went in.
bool isUsable(const RunId &id)
{
    return !id.isEmpty() && runRecordFromJson(Json { { "run", id.text.toStdString() } }).has_value();
}

Deletion *markOf(RunRecord &record, int index)
{
    if (!isSeenByImages(record.state, record.images))
        return &record.deletion;
    const auto image = std::find_if(record.images.begin(), record.images.end(),
                                    [index](const ImageRecord &each) { return each.index == index; });
    return image == record.images.end() ? nullptr : &image->deletion;
}

} // namespace

Journal::Journal(Database database, const LibraryFolder &folder)
    : m_folder(folder)
    , m_database(std::move(database))
    , m_table(m_database)
    , m_uploads(m_database)
    , m_sidecars(folder)
{
}

Result<void> Journal::begin()
{
    m_prepared.clear();
    return m_database.run(u"BEGIN IMMEDIATE"_s);
}

Result<void> Journal::savepoint()
{
    m_preparedAtSavepoint = m_prepared.size();
    return m_database.run(u"SAVEPOINT job"_s);
}

Result<void> Journal::rollbackToSavepoint()
{
    while (m_prepared.size() > m_preparedAtSavepoint)
        m_prepared.pop_back();
    return m_database.run(u"ROLLBACK TO job"_s);
}

Result<void> Journal::commit()
{
    if (const auto committed = m_database.run(u"COMMIT"_s); !committed)
        return committed;
    // The change is stored whatever becomes of the names.
    const QSet<RunId> behind = m_sidecars.publish(std::exchange(m_prepared, {}));
    finishSidecars();
    m_behind.unite(behind);
    return {};
}

bool Journal::finishSidecars()
{
    for (const RunId &id : std::exchange(m_behind, {})) {
        const auto run = m_table.find(id);
        if (!run || (*run && !m_sidecars.write((*run)->record, (*run)->revision)))
            m_behind.insert(id);
    }
    return m_behind.isEmpty();
}

void Journal::rollback()
{
    m_prepared.clear();
    (void)m_database.run(u"ROLLBACK"_s); // fails where SQLite has rolled back by itself
}

Result<RunRecord> Journal::add(RunRecord record)
{
    if (!isUsable(record.id))
        return failure({ .kind = ErrorKind::Database, .type = u"id"_s, .message = u"not the id of a run"_s });
    if (!record.createdAt.isValid())
        record.createdAt = QDateTime::currentDateTimeUtc();
    record.sequence = 0;
    const auto sequence = m_table.insert(record, 1);
    if (!sequence)
        return failure(sequence.error());
    record.sequence = *sequence;
    if (const auto prepared = prepareSidecar(record, 1); !prepared)
        return failure(prepared.error());
    return record;
}

Result<RunRecord> Journal::store(RunRecord record)
{
    const auto place = m_table.place(record.id);
    if (!place)
        return failure(place.error());
    if (!*place)
        return failure({ .kind = ErrorKind::Database, .type = u"missing"_s, .message = u"no such run: "_s + record.id.text });
    const RunPlace stored = **place;
    if (!mayFollow(stored.state, record.state)) {
        return failure({ .kind = ErrorKind::Database,
                         .type = u"transition"_s,
                         .message = u"%1 may not follow %2"_s.arg(wordOf(record.state), wordOf(stored.state)) });
    }

    record.sequence = stored.sequence;
    record.createdAt = stored.createdAt;
    stored.persons.putInto(record);
    const qint64 revision = stored.revision + 1;
    if (const auto updated = m_table.update(record, revision); !updated)
        return failure(updated.error());
    if (needsSidecar(stored, record)) {
        if (const auto prepared = prepareSidecar(record, revision); !prepared)
            return failure(prepared.error());
    }
    if (record.state == RunState::Accepted && stored.state != RunState::Accepted)
        makePictureFolder(record);
    return record;
}

Result<RunRecord> Journal::amend(const RunId &id, const std::function<void(RunRecord &)> &edit)
{
    auto run = stored(id);
    if (!run)
        return failure(run.error());
    RunRecord edited = run->record;
    edit(edited);
    PersonsPart::of(edited).putInto(run->record);
    if (const auto changed = change(*run); !changed)
        return failure(changed.error());
    return std::move(run->record);
}

Result<DeletionChange> Journal::setDeletion(const std::vector<PictureId> &pictures, Deletion deletion)
{
    const Deletion before = deletion == Deletion::Trashed ? Deletion::None : Deletion::Trashed;
    std::map<RunId, std::vector<PictureId>> byRun;
    for (const PictureId &picture : pictures)
        byRun[picture.run].push_back(picture);

    DeletionChange all;
    for (const auto &[id, ofRun] : byRun) {
        auto run = stored(id);
        if (!run)
            return failure(run.error());
        RunRecord &record = run->record;
        if (!mayBeDeleted(record.state)) {
            all.stillOpen += int(ofRun.size());
            continue;
        }
        const size_t changedBefore = all.changed.size();
        for (const PictureId &picture : ofRun) {
            Deletion *mark = markOf(record, picture.index);
            if (!mark || *mark != before)
                continue;
            *mark = deletion;
            all.changed.push_back(picture);
        }
        if (all.changed.size() == changedBefore)
            continue;
        if (const auto changed = change(*run); !changed)
            return failure(changed.error());
        all.runs.push_back(std::move(record));
    }
    return all;
}

Result<StoredRun> Journal::stored(const RunId &id)
{
    auto run = m_table.find(id);
    if (!run)
        return failure(run.error());
    if (!*run)
        return failure({ .kind = ErrorKind::Database, .type = u"missing"_s, .message = u"no such run: "_s + id.text });
    return **std::move(run);
}

/// Of what is the person's own, at any state of the run.
Result<void> Journal::change(StoredRun &run)
{
    ++run.revision;
    if (const auto updated = m_table.update(run.record, run.revision); !updated)
        return updated;
    return prepareSidecar(run.record, run.revision);
}

// So that the first picture of a day does not make the GUI thread wait for syncs. It tries again if this fails.
void Journal::makePictureFolder(const RunRecord &record) const
{
    (void)m_folder.open(pictureFolderOf(record), LibraryFolder::Missing::Make);
}

bool Journal::needsSidecar(const RunPlace &before, const RunRecord &after) const
{
    const bool isStep = after.state != before.state && after.state != RunState::Fetched;
    return isStep || after.cancel != before.cancel || isFinal(after.state);
}

Result<RunRecord> Journal::find(const RunId &id)
{
    return stored(id).map([](StoredRun &&run) { return std::move(run.record); });
}

Result<std::vector<RunRecord>> Journal::openRuns()
{
    auto runs = m_table.open();
    if (runs) {
        for (const RunRecord &run : *runs)
            makePictureFolder(run);
    }
    return runs;
}

Result<void> Journal::prepareSidecar(const RunRecord &record, qint64 revision)
{
    auto file = m_sidecars.prepare(record, revision);
    if (!file)
        return failure(file.error());
    m_prepared.push_back(*std::move(file));
    return {};
}

} // namespace plantain
