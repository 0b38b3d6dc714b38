#include "lineagequery.h"

#include "statement.h"

#include <QSet>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

// The content of a picture is that of the file a run was given, or of what that file was made from, by whatever run.
const QString parents = u"SELECT runs.sequence FROM origins JOIN runs ON runs.id = origins.run WHERE origins.sequence = ? "
                        "UNION SELECT images.sequence FROM given JOIN images ON images.sha256 = given.sha256 WHERE given.sequence = ? "
                        "UNION SELECT images.sequence FROM given JOIN treated ON treated.sha256 = given.sha256 "
                        "JOIN images ON images.sha256 = treated.given_sha256 WHERE given.sequence = ? LIMIT ?"_s;
const QString children = u"SELECT origins.sequence FROM runs JOIN origins ON origins.run = runs.id WHERE runs.sequence = ? "
                         "UNION SELECT given.sequence FROM images JOIN given ON given.sha256 = images.sha256 WHERE images.sequence = ? "
                         "UNION SELECT given.sequence FROM images JOIN treated ON treated.given_sha256 = images.sha256 "
                         "JOIN given ON given.sha256 = treated.sha256 WHERE images.sequence = ? LIMIT ?"_s;

/// Walks from run to run, each once, until there are too many.
class Family
{
public:
    Family(Database &database, size_t mostRuns)
        : m_database(database)
        , m_most(mostRuns)
    {
    }

    /// Adds what is reached by these ways from a run.
    Result<void> walk(qint64 start, const std::vector<QString> &ways)
    {
        std::deque<qint64> from { start };
        QSet<qint64> walked;
        while (!from.empty()) {
            const qint64 sequence = from.front();
            from.pop_front();
            if (walked.contains(sequence) || !take(sequence))
                continue;
            walked.insert(sequence);
            for (const QString &way : ways) {
                Statement statement(m_database, way);
                statement.bind(sequence).bind(sequence).bind(sequence).bind(qint64(m_most) + 1);
                const auto read = statement.forEach([&]() -> Result<void> {
                    if (m_isWhole || m_found.contains(statement.number(0)))
                        from.push_back(statement.number(0));
                    return {};
                });
                if (!read)
                    return read;
            }
        }
        return {};
    }

    std::vector<qint64> sequences() const
    {
        std::vector<qint64> all(m_found.begin(), m_found.end());
        std::ranges::sort(all);
        return all;
    }
    bool isWhole() const { return m_isWhole; }

private:
    bool take(qint64 sequence)
    {
        if (m_found.contains(sequence))
            return true;
        m_isWhole = m_isWhole && size_t(m_found.size()) < m_most;
        if (m_isWhole)
            m_found.insert(sequence);
        return m_isWhole;
    }

    Database &m_database;
    const size_t m_most;
    QSet<qint64> m_found;
    bool m_isWhole = true;
};

} // namespace

Result<void> addLineage(Database &database, const RunRecord &record)
{
    if (record.origin) {
        Statement statement(database, u"INSERT OR REPLACE INTO origins (sequence, run) VALUES (?, ?)"_s);
        if (const auto ran = statement.bind(record.sequence).bind(record.origin->picture.run.text).run(); !ran)
            return ran;
    }
    for (const ReferenceRecord &reference : record.references) {
        if (reference.sha256.isEmpty())
            continue;
        Statement given(database, u"INSERT OR IGNORE INTO given (sequence, sha256) VALUES (?, ?)"_s);
        if (const auto ran = given.bind(record.sequence).bind(reference.sha256).run(); !ran)
            return ran;
        if (reference.givenSha256.isEmpty())
            continue;
        Statement treated(database, u"INSERT OR IGNORE INTO treated (sha256, given_sha256) VALUES (?, ?)"_s);
        if (const auto ran = treated.bind(reference.sha256).bind(reference.givenSha256).run(); !ran)
            return ran;
    }
    return {};
}

Result<Lineage> queryLineage(Database &database, RunTable &table, const RunId &id, size_t mostRuns)
{
    const auto place = table.place(id);
    if (!place)
        return failure(place.error());
    if (!*place)
        return failure({ .kind = ErrorKind::Database, .type = u"missing"_s, .message = id.text });
    const qint64 sequence = (*place)->sequence;
    Family family(database, mostRuns);
    for (const std::vector<QString> &ways : { std::vector { parents }, std::vector { children }, std::vector { parents, children } }) {
        if (const auto walked = family.walk(sequence, ways); !walked)
            return failure(walked.error());
    }
    auto records = table.briefly(family.sequences());
    if (!records)
        return failure(records.error());
    Lineage lineage = lineageOf(*std::move(records), id);
    lineage.isWhole = family.isWhole();
    return lineage;
}

} // namespace plantain
