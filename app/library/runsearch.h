#pragma once

#include "database.h"
#include "runrecord.h"
#include "searchquery.h"

namespace plantain {

/// The texts of a run whose words are found.
struct RunWords
{
    QString prompt, description, referenceNames;

    static RunWords of(const RunRecord &record);
    bool operator==(const RunWords &) const = default;
};

/// To be called with the texts that are indexed: the index keeps none by itself.
Result<void> addWords(Database &database, qint64 sequence, const RunWords &words);
Result<void> removeWords(Database &database, qint64 sequence, const RunWords &words);

/// The runs that a query is about, by the index of their words. On the database's thread.
Result<SearchHits> searchRuns(Database &database, const SearchQuery &query);

} // namespace plantain
