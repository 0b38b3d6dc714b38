#pragma once

#include "marks.h"

#include <QDate>

#include <optional>
#include <utility>
#include <vector>

namespace plantain {

/// What a person looks for, as typed: words that begin so, "whole phrases", -words that shall not be there, and
/// `field:value` with endpoint, seed, before, after (days), reference, rating, ratio, label, is (keep, reject, text) and in
/// (a collection). What is no field that is known is a word.
struct SearchQuery
{
    // Of a run; the library knows.
    QString match, without; ///< FTS5 expressions; empty: none
    QStringList contained; ///< stand anywhere in prompt or description: words of scripts without spaces
    QString endpoint; ///< a part of its id
    std::optional<qint64> seed;
    QDate after, before; ///< local days: from this one on; before this one begins

    // Of a picture.
    int rating = 0; ///< at least that many stars; below 0: none
    QString ratio, collection;
    std::optional<Flag> flag;
    std::optional<ColourLabel> label;
    bool asksForText = false;

    QStringList words; ///< to be shown where they stand

    bool asksLibrary() const;
    bool operator==(const SearchQuery &) const = default;
};
SearchQuery parseSearch(const QString &typed);

/// Where the words stand in a text: position and length, in order, not overlapping.
std::vector<std::pair<qsizetype, qsizetype>> placesOf(const QStringList &words, const QString &text);

/// Sequences of runs, ascending.
using SearchHits = std::vector<qint64>;

} // namespace plantain
