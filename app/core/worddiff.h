#pragma once

#include <QStringList>

#include <vector>

namespace plantain {

/// A stretch of a text, in UTF-16 units.
struct DiffSpan
{
    enum class Kind {
        Same,
        Changed, ///< only in this text
        Moved, ///< a sentence that stands elsewhere in the other
    };
    Kind kind = Kind::Same;
    qsizetype start = 0, length = 0;

    bool operator==(const DiffSpan &) const = default;
};

/// Two texts beside each other: the spans of each cover it from beginning to end, in its logical order.
struct WordDiff
{
    std::vector<DiffSpan> first, second;
};

/// By words as Unicode bounds them, so that of a text without spaces single characters are told apart; equal sentences
/// that changed their place are told from what was written anew. Pure.
WordDiff wordDiff(const QString &first, const QString &second);

/// What only this text has, piece by piece, without space around and with single spaces within.
QStringList changedPieces(const QString &text, const std::vector<DiffSpan> &spans);

} // namespace plantain
