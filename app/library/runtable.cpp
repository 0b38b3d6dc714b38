#include "runtable.h"

#include "lineagequery.h"
#include "runsearch.h"
#include "statement.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::array states { RunState::Intent,  RunState::Sending, RunState::Accepted, RunState::Completed,
                              RunState::Fetched, RunState::Done,    RunState::Refused,  RunState::Failed,
                              RunState::Cancelled, RunState::Unknown };

bool canChange(RunState state)
{
    return std::any_of(states.begin(), states.end(), [&](RunState next) { return next != state && mayFollow(state, next); });
}

// Our own text: it wraps what was within the limits when it came.
constexpr JsonLimits ownJson { .bytes = 1024 * 1024 * 1024, .depth = 80 };

Error damaged(const QString &what)
{
    return { .kind = ErrorKind::Database, .type = u"damaged"_s, .message = what };
}

QString textOf(const Json &json)
{
    return QString::fromUtf8(toBytes(json));
}

QString recordColumn(RunRecord record)
{
    record.sent.clear();
    record.reply.clear();
    return textOf(toJson(record));
}

QString summaryColumn(const RunRecord &record)
{
    RunRecord brief;
    brief.id = record.id;
    brief.endpoint = record.endpoint;
    brief.server = record.server;
    brief.state = record.state;
    brief.images = record.images;
    brief.error = record.error;
    brief.cancel = record.cancel;
    brief.price = record.price;
    brief.createdAt = record.createdAt;
    brief.sentAt = record.sentAt;
    brief.endedAt = record.endedAt;
    brief.note = record.note;
    brief.votes = record.votes;
    brief.deletion = record.deletion;
    return textOf(toJson(brief));
}

QString deletionColumn(Deletion deletion)
{
    const QString word = wordOf(deletion);
    return word.isNull() ? u""_s : word; // a null string would be NULL
}

QVariant seedColumn(const RunRecord &record)
{
    const auto seed = integerAt(record.input, "seed");
    return seed ? QVariant(*seed) : QVariant(QMetaType(QMetaType::LongLong));
}

QString timeColumn(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : u""_s;
}

Result<RunRecord> recordOf(const QString &column)
{
    const auto json = parseJson(column.toUtf8(), ownJson);
    if (!json)
        return failure(damaged(json.error().message));
    return runRecordFromJson(*json).map_error([](const Error &error) { return damaged(error.message); });
}

} // namespace

PersonsPart PersonsPart::of(const RunRecord &record)
{
    PersonsPart part { record.note, record.votes, record.deletion, {}, {} };
    for (const ImageRecord &image : record.images) {
        if (!image.marks.isEmpty())
            part.marks.insert(image.index, image.marks);
        if (image.deletion != Deletion::None)
            part.deleted.insert(image.index, { image.deletion, image.file });
    }
    return part;
}

void PersonsPart::putInto(RunRecord &record) const
{
    record.note = note;
    record.votes = votes;
    record.deletion = deletion;
    for (ImageRecord &image : record.images) {
        image.marks = marks.value(image.index);
        const Deleted gone = deleted.value(image.index);
        const bool isThereAgain = gone.deletion == Deletion::Emptied && gone.file != image.file;
        image.deletion = isThereAgain ? Deletion::None : gone.deletion;
    }
}

Result<qint64> RunTable::insert(const RunRecord &record, qint64 revision)
{
    RunRecord stored = record;
    if (stored.sequence > 0) {
        const auto taken = m_database.value(u"SELECT 1 FROM runs WHERE sequence = ?"_s, { stored.sequence });
        if (!taken)
            return failure(taken.error());
        if (taken->isValid())
            stored.sequence = 0;
    }
    if (stored.sequence <= 0) {
        const auto last = m_database.value(u"SELECT seq FROM sqlite_sequence WHERE name = 'runs'"_s);
        if (!last)
            return failure(last.error());
        stored.sequence = last->toLongLong() + 1;
    }

    Statement statement(m_database,
                        u"INSERT INTO runs (sequence, id, revision, state, endpoint, created, prompt, images_asked, "
                        "summary, description, reference_names, seed, deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    statement.bind(stored.sequence).bind(stored.id.text).bind(revision).bind(wordOf(stored.state));
    statement.bind(stored.endpoint.text).bind(timeColumn(stored.createdAt)).bind(stored.prompt());
    statement.bind(stored.imagesAsked()).bind(summaryColumn(stored));
    statement.bind(stored.description).bind(RunWords::of(stored).referenceNames).bind(seedColumn(stored));
    statement.bind(deletionColumn(stored.deletion));
    if (const auto ran = statement.run(); !ran)
        return failure(ran.error());
    if (const auto written = m_database.run(u"INSERT INTO bodies (sequence, record) VALUES (?, '')"_s, { stored.sequence });
        !written)
        return failure(written.error());
    if (const auto indexed = addWords(m_database, stored.sequence, RunWords::of(stored)); !indexed)
        return failure(indexed.error());
    if (const auto linked = addLineage(m_database, stored); !linked)
        return failure(linked.error());
    if (const auto written = writeBodies(stored); !written)
        return failure(written.error());
    if (const auto written = writeImages(stored); !written)
        return failure(written.error());
    return stored.sequence;
}

Result<void> RunTable::update(const RunRecord &record, qint64 revision)
{
    const RunWords words = RunWords::of(record);
    if (const auto indexed = changeWords(record.sequence, words); !indexed)
        return indexed;
    Statement statement(m_database,
                        u"UPDATE runs SET revision = ?, state = ?, endpoint = ?, created = ?, prompt = ?, "
                        "images_asked = ?, summary = ?, description = ?, reference_names = ?, seed = ?, deleted = ? "
                        "WHERE sequence = ?"_s);
    statement.bind(revision).bind(wordOf(record.state)).bind(record.endpoint.text).bind(timeColumn(record.createdAt));
    statement.bind(record.prompt()).bind(record.imagesAsked()).bind(summaryColumn(record));
    statement.bind(record.description).bind(words.referenceNames).bind(seedColumn(record));
    statement.bind(deletionColumn(record.deletion)).bind(record.sequence);
    if (const auto ran = statement.run(); !ran)
        return ran;
    if (const auto written = writeBodies(record); !written)
        return written;
    return writeImages(record);
}

/// Most steps of a run leave its texts alone.
Result<void> RunTable::changeWords(qint64 sequence, const RunWords &words)
{
    Statement statement(m_database, u"SELECT prompt, description, reference_names FROM runs WHERE sequence = ?"_s);
    statement.bind(sequence);
    const auto row = statement.next();
    if (!row)
        return failure(row.error());
    const RunWords before { statement.text(0), statement.text(1), statement.text(2) };
    if (!*row || before == words)
        return {};
    if (const auto removed = removeWords(m_database, sequence, before); !removed)
        return removed;
    return addWords(m_database, sequence, words);
}

Result<void> RunTable::writeBodies(const RunRecord &record)
{
    if (const auto written = m_database.run(u"UPDATE bodies SET record = ? WHERE sequence = ?"_s,
                                            { recordColumn(record), record.sequence });
        !written)
        return written;
    // Compared in place: a reply of many megabytes is not written again with every step of its run.
    for (const auto &[column, bytes] : { std::pair(u"sent"_s, record.sent), std::pair(u"reply"_s, record.reply) }) {
        const QVariant value = bytes.isEmpty() ? QVariant(QMetaType(QMetaType::QByteArray)) : QVariant(bytes);
        const auto written
            = m_database.run(u"UPDATE bodies SET %1 = ? WHERE sequence = ? AND %1 IS NOT ?"_s.arg(column),
                             { value, record.sequence, value });
        if (!written)
            return written;
    }
    return {};
}

Result<void> RunTable::writeImages(const RunRecord &record)
{
    if (const auto removed = m_database.run(u"DELETE FROM images WHERE sequence = ?"_s, { record.sequence }); !removed)
        return removed;
    int position = 0;
    for (const ImageRecord &image : record.images) {
        Statement statement(m_database,
                            u"INSERT INTO images (sequence, position, file, sha256, content_type, width, height, bytes, "
                            "deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
        statement.bind(record.sequence).bind(position++).bind(image.file).bind(image.sha256).bind(image.contentType);
        statement.bind(image.size.width()).bind(image.size.height()).bind(image.bytes);
        statement.bind(deletionColumn(image.deletion));
        if (const auto ran = statement.run(); !ran)
            return ran;
    }
    return {};
}

Result<std::optional<RunPlace>> RunTable::place(const RunId &id)
{
    Statement statement(m_database, u"SELECT sequence, revision, state, created, summary FROM runs WHERE id = ?"_s);
    statement.bind(id.text);
    const auto row = statement.next();
    if (!row)
        return failure(row.error());
    if (!*row)
        return std::nullopt;
    const auto state = runStateOf(statement.text(2));
    if (!state)
        return failure(damaged(u"unknown state "_s + statement.text(2)));
    const auto brief = recordOf(statement.text(4));
    if (!brief)
        return failure(brief.error());
    return RunPlace { .sequence = statement.number(0),
                      .revision = statement.number(1),
                      .state = *state,
                      .cancel = brief->cancel,
                      .createdAt = QDateTime::fromString(statement.text(3), Qt::ISODateWithMs),
                      .persons = PersonsPart::of(*brief) };
}

Result<std::vector<StoredRun>> RunTable::select(const QString &condition, const QVariantList &values)
{
    Statement statement(m_database,
                        u"SELECT runs.sequence, runs.revision, bodies.record, bodies.sent, bodies.reply FROM runs "
                        "JOIN bodies ON bodies.sequence = runs.sequence "_s
                            + condition);
    for (const QVariant &value : values)
        statement.bind(value);
    std::vector<StoredRun> runs;
    const auto read = statement.forEach([&] {
        return recordOf(statement.text(2)).map([&](RunRecord &&record) {
            record.sequence = statement.number(0);
            record.sent = statement.value(3).toByteArray();
            record.reply = statement.value(4).toByteArray();
            runs.push_back({ std::move(record), statement.number(1) });
        });
    });
    return read.map([&] { return std::move(runs); });
}

Result<std::optional<StoredRun>> RunTable::find(const RunId &id)
{
    auto runs = select(u"WHERE runs.id = ?"_s, { id.text });
    if (!runs)
        return failure(runs.error());
    return runs->empty() ? std::nullopt : std::optional(std::move(runs->front()));
}

namespace {

Result<std::vector<RunRecord>> recordsOf(Result<std::vector<StoredRun>> runs)
{
    if (!runs)
        return failure(runs.error());
    std::vector<RunRecord> records;
    records.reserve(runs->size());
    for (StoredRun &run : *runs)
        records.push_back(std::move(run.record));
    return records;
}

} // namespace

Result<std::vector<RunRecord>> RunTable::open()
{
    QStringList placeholders;
    QVariantList words;
    for (const RunState state : states) {
        if (!isFinal(state)) {
            placeholders.append(u"?"_s);
            words.append(wordOf(state));
        }
    }
    return recordsOf(
        select(u"WHERE runs.state IN (%1) ORDER BY runs.sequence"_s.arg(placeholders.join(u", "_s)), words));
}

Result<std::vector<RunRecord>> RunTable::briefly(const std::vector<qint64> &sequences)
{
    std::vector<RunRecord> runs;
    for (const qint64 sequence : sequences) {
        Statement statement(m_database, u"SELECT record FROM bodies WHERE sequence = ?"_s);
        const auto row = statement.bind(sequence).next();
        if (!row)
            return failure(row.error());
        if (!*row)
            continue;
        auto record = recordOf(statement.text(0));
        if (!record)
            return failure(record.error());
        record->sequence = sequence;
        runs.push_back(*std::move(record));
    }
    return runs;
}

Result<std::vector<RunRecord>> RunTable::after(qint64 sequence, int count)
{
    return recordsOf(select(u"WHERE runs.sequence > ? ORDER BY runs.sequence LIMIT ?"_s, { sequence, qMax(0, count) }));
}

Result<std::vector<RunSummary>> RunTable::summariesBefore(qint64 sequence, int count)
{
    Statement statement(m_database,
                        u"SELECT sequence, prompt, images_asked, summary FROM runs WHERE sequence < ? "
                        "ORDER BY sequence DESC LIMIT ?"_s);
    statement.bind(sequence).bind(qMax(0, count));
    std::vector<RunSummary> summaries;
    const auto read = statement.forEach([&] {
        return recordOf(statement.text(3)).map([&](RunRecord &&brief) {
            RunSummary summary = summaryOf(brief);
            summary.sequence = statement.number(0);
            summary.prompt = statement.text(1);
            summary.imagesAsked = int(statement.number(2));
            summaries.push_back(std::move(summary));
        });
    });
    return read.map([&] { return std::move(summaries); });
}

Result<std::vector<RunRecord>> RunTable::trashed()
{
    Statement statement(m_database,
                        u"SELECT summary FROM runs WHERE deleted = 'trashed' OR sequence IN "
                        "(SELECT sequence FROM images WHERE deleted = 'trashed') ORDER BY sequence"_s);
    std::vector<RunRecord> runs;
    const auto read = statement.forEach(
        [&] { return recordOf(statement.text(0)).map([&](RunRecord &&brief) { runs.push_back(std::move(brief)); }); });
    return read.map([&] { return std::move(runs); });
}

Result<QHash<QString, PictureId>> RunTable::firstWith(const QStringList &hashes, const RunId &except)
{
    QHash<QString, PictureId> first;
    for (const QString &hash : hashes) {
        Statement statement(m_database,
                            u"SELECT runs.id, images.position FROM images JOIN runs USING (sequence) WHERE images.sha256 = ? "
                            "AND runs.id <> ? AND images.deleted <> 'emptied' ORDER BY images.sequence LIMIT 1"_s);
        statement.bind(hash).bind(except.text);
        const auto row = statement.next();
        if (!row)
            return failure(row.error());
        if (*row)
            first.insert(hash, { { statement.text(0) }, int(statement.number(1)) });
    }
    return first;
}

// Reads every record, once: asked for when a person looks one run up, and not worth a column of its own.
Result<QStringList> RunTable::claimedRequests(const QStringList &requestIds, const RunId &except)
{
    const QString places = QStringList(requestIds.size(), u"?"_s).join(u", "_s);
    Statement statement(m_database,
                        u"SELECT DISTINCT json_extract(bodies.record, '$.request_id') AS request FROM bodies "
                        "JOIN runs USING (sequence) WHERE runs.id <> ? AND request IN (%1)"_s.arg(places));
    statement.bind(except.text);
    for (const QString &requestId : requestIds)
        statement.bind(requestId);
    QStringList claimed;
    const auto read = statement.forEach([&]() -> Result<void> {
        claimed << statement.text(0);
        return {};
    });
    return read.map([&] { return std::move(claimed); });
}

Result<int> RunTable::count()
{
    return m_database.value(u"SELECT count(*) FROM runs"_s).map([](const QVariant &count) { return count.toInt(); });
}

Result<RunTable::Known> RunTable::known()
{
    Statement statement(m_database, u"SELECT id, state, revision FROM runs"_s);
    Known known;
    const auto read = statement.forEach([&]() -> Result<void> {
        const bool mayChange = canChange(runStateOf(statement.text(1)).value_or(RunState::Unknown));
        known.insert({ statement.text(0) }, mayChange ? std::optional(statement.number(2)) : std::nullopt);
        return {};
    });
    return read.map([&] { return std::move(known); });
}

} // namespace plantain
