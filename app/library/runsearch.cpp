#include "runsearch.h"

#include "statement.h"

#include <algorithm>
#include <charconv>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// As the column of times has it.
QString columnOf(const QDate &day)
{
    return day.startOfDay().toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

RunWords RunWords::of(const RunRecord &record)
{
    QStringList names;
    for (const ReferenceRecord &reference : record.references)
        names << reference.originalName;
    return { record.prompt(), record.description, names.join(u'\n') };
}

Result<void> addWords(Database &database, qint64 sequence, const RunWords &words)
{
    return database.run(u"INSERT INTO words (rowid, prompt, description, reference_names) VALUES (?, ?, ?, ?)"_s,
                        { sequence, words.prompt, words.description, words.referenceNames });
}

Result<void> removeWords(Database &database, qint64 sequence, const RunWords &words)
{
    return database.run(u"INSERT INTO words (words, rowid, prompt, description, reference_names) VALUES ('delete', ?, ?, ?, ?)"_s,
                        { sequence, words.prompt, words.description, words.referenceNames });
}

Result<SearchHits> searchRuns(Database &database, const SearchQuery &query)
{
    QStringList conditions;
    QVariantList values;
    const auto require = [&](const QString &condition, const QVariant &value) {
        conditions << condition;
        values << value;
    };
    if (!query.without.isEmpty())
        require(u"sequence NOT IN (SELECT rowid FROM words WHERE words MATCH ?)"_s, query.without);
    for (const QString &word : query.contained) {
        require(u"(instr(prompt, ?) OR instr(description, ?))"_s, word);
        values << word;
    }
    if (!query.endpoint.isEmpty())
        require(u"instr(endpoint, ?)"_s, query.endpoint);
    if (query.seed)
        require(u"seed = ?"_s, *query.seed);
    if (query.after.isValid())
        require(u"created >= ?"_s, columnOf(query.after));
    if (query.before.isValid())
        require(u"created < ?"_s, columnOf(query.before));

    QString sql;
    if (query.match.isEmpty()) {
        sql = u"SELECT sequence FROM runs"_s;
    } else if (conditions.isEmpty()) {
        sql = u"SELECT rowid AS sequence FROM words WHERE words MATCH ?"_s; // the rows of runs are not looked at
    } else {
        sql = u"SELECT sequence FROM runs WHERE sequence IN (SELECT rowid FROM words WHERE words MATCH ?)"_s;
    }
    if (!query.match.isEmpty())
        values.prepend(query.match);
    if (!conditions.isEmpty())
        sql += (query.match.isEmpty() ? u" WHERE "_s : u" AND "_s) + conditions.join(u" AND "_s);

    // As one text: tens of thousands of rows one by one would take longer than the search.
    Statement statement(database, u"SELECT group_concat(sequence, ' ') FROM (%1)"_s.arg(sql));
    for (const QVariant &value : values)
        statement.bind(value);
    const auto row = statement.next();
    if (!row)
        return failure(row.error());
    SearchHits hits;
    const QByteArray numbers = statement.text(0).toLatin1();
    for (const char *at = numbers.constBegin(); at < numbers.constEnd(); ++at) {
        qint64 sequence = 0;
        at = std::from_chars(at, numbers.constEnd(), sequence).ptr;
        hits.push_back(sequence);
    }
    if (!std::is_sorted(hits.begin(), hits.end()))
        std::sort(hits.begin(), hits.end());
    return hits;
}

} // namespace plantain
