#include "worddiff.h"

#include <QHash>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace plantain {

namespace {

using Kind = DiffSpan::Kind;

/// Beyond this many pairs a comparison would be felt; all between equal beginnings and ends then counts as changed.
constexpr qsizetype mostPairs = 16'000'000;

struct Piece
{
    qsizetype start = 0, length = 0;
    int text = 0; ///< equal for equal pieces
    Kind kind = Kind::Changed;
};

class Pieces
{
public:
    std::vector<Piece> of(const QString &text, qsizetype from, qsizetype length, QTextBoundaryFinder::BoundaryType type)
    {
        std::vector<Piece> pieces;
        const QString part = text.mid(from, length);
        QTextBoundaryFinder finder(type, part);
        for (qsizetype start = 0; start < part.size();) {
            qsizetype end = finder.toNextBoundary();
            if (end <= start)
                end = part.size();
            if (type == QTextBoundaryFinder::Sentence) { // a line is a sentence, whatever it ends with
                const qsizetype line = part.indexOf(u'\n', start);
                if (line >= 0 && line + 1 < end) {
                    end = line + 1;
                    finder.setPosition(end);
                }
            }
            const QString key = type == QTextBoundaryFinder::Sentence ? part.mid(start, end - start).trimmed()
                                                                      : part.mid(start, end - start);
            pieces.push_back({ from + start, end - start, numberOf(key) });
            start = end;
        }
        return pieces;
    }

    bool isBlank(const Piece &piece) const { return m_blank[size_t(piece.text)]; }

private:
    int numberOf(const QString &key)
    {
        const auto found = m_numbers.constFind(key);
        if (found != m_numbers.cend())
            return *found;
        const int number = int(m_numbers.size());
        m_blank.push_back(key.trimmed().isEmpty());
        return *m_numbers.insert(key, number);
    }

    QHash<QString, int> m_numbers;
    std::vector<bool> m_blank;
};

/// Marks the longest common subsequence as the same.
void align(std::vector<Piece> &first, std::vector<Piece> &second)
{
    const auto pair = [&](size_t one, size_t other) { first[one].kind = second[other].kind = Kind::Same; };
    size_t begin = 0, firstEnd = first.size(), secondEnd = second.size();
    for (; begin < std::min(firstEnd, secondEnd) && first[begin].text == second[begin].text; ++begin)
        pair(begin, begin);
    while (firstEnd > begin && secondEnd > begin && first[firstEnd - 1].text == second[secondEnd - 1].text)
        pair(--firstEnd, --secondEnd);
    const size_t rows = firstEnd - begin, columns = secondEnd - begin;
    if (rows == 0 || columns == 0 || qsizetype(rows) * qsizetype(columns) > mostPairs)
        return;
    std::vector<quint16> lengths((rows + 1) * (columns + 1), 0); // of the best from here to the end
    const auto at = [columns](size_t row, size_t column) { return row * (columns + 1) + column; };
    for (size_t row = rows; row-- > 0;) {
        for (size_t column = columns; column-- > 0;) {
            lengths[at(row, column)] = first[begin + row].text == second[begin + column].text
                ? quint16(lengths[at(row + 1, column + 1)] + 1)
                : std::max(lengths[at(row + 1, column)], lengths[at(row, column + 1)]);
        }
    }
    for (size_t row = 0, column = 0; row < rows && column < columns;) {
        if (first[begin + row].text == second[begin + column].text)
            pair(begin + row++, begin + column++);
        else if (lengths[at(row + 1, column)] >= lengths[at(row, column + 1)])
            ++row;
        else
            ++column;
    }
}

void markMoved(std::vector<Piece> &first, std::vector<Piece> &second, const Pieces &pieces)
{
    for (Piece &sentence : first) {
        if (sentence.kind != Kind::Changed || pieces.isBlank(sentence))
            continue;
        const auto found = std::ranges::find_if(second, [&sentence](const Piece &other) {
            return other.kind == Kind::Changed && other.text == sentence.text;
        });
        if (found != second.end())
            sentence.kind = found->kind = Kind::Moved;
    }
}

void append(std::vector<DiffSpan> &spans, Kind kind, qsizetype start, qsizetype length)
{
    if (length == 0)
        return;
    if (!spans.empty() && spans.back().kind == kind && spans.back().start + spans.back().length == start)
        spans.back().length += length;
    else
        spans.push_back({ kind, start, length });
}

/// A blank between two changed words is no island.
void appendWords(std::vector<DiffSpan> &spans, const std::vector<Piece> &words, const Pieces &pieces)
{
    for (size_t at = 0; at < words.size(); ++at) {
        const bool island = at > 0 && at + 1 < words.size() && pieces.isBlank(words[at]) && words[at - 1].kind == Kind::Changed
            && words[at + 1].kind == Kind::Changed;
        append(spans, island ? Kind::Changed : words[at].kind, words[at].start, words[at].length);
    }
}

/// Of the sentences that have no equal in the other text.
std::vector<Piece> changedWords(Pieces &pieces, const QString &text, const std::vector<Piece> &sentences)
{
    std::vector<Piece> words;
    for (const Piece &sentence : sentences) {
        if (sentence.kind != Kind::Changed)
            continue;
        const auto more = pieces.of(text, sentence.start, sentence.length, QTextBoundaryFinder::Word);
        words.insert(words.end(), more.begin(), more.end());
    }
    return words;
}

std::vector<DiffSpan> spansOf(const std::vector<Piece> &sentences, const std::vector<Piece> &words, const Pieces &pieces)
{
    std::vector<DiffSpan> spans;
    auto word = words.begin();
    for (const Piece &sentence : sentences) {
        if (sentence.kind != Kind::Changed) {
            append(spans, sentence.kind, sentence.start, sentence.length);
            continue;
        }
        const auto end = std::find_if(word, words.end(), [&sentence](const Piece &piece) {
            return piece.start >= sentence.start + sentence.length;
        });
        appendWords(spans, { word, end }, pieces);
        word = end;
    }
    return spans;
}

} // namespace

WordDiff wordDiff(const QString &first, const QString &second)
{
    Pieces pieces;
    auto ours = pieces.of(first, 0, first.size(), QTextBoundaryFinder::Sentence);
    auto theirs = pieces.of(second, 0, second.size(), QTextBoundaryFinder::Sentence);
    align(ours, theirs);
    markMoved(ours, theirs, pieces);
    std::vector<Piece> before = changedWords(pieces, first, ours), after = changedWords(pieces, second, theirs);
    align(before, after);
    return { spansOf(ours, before, pieces), spansOf(theirs, after, pieces) };
}

QStringList changedPieces(const QString &text, const std::vector<DiffSpan> &spans)
{
    QStringList pieces;
    for (const DiffSpan &span : spans) {
        const QString piece = text.mid(span.start, span.length).simplified();
        if (span.kind == DiffSpan::Kind::Changed && !piece.isEmpty())
            pieces << piece;
    }
    return pieces;
}

} // namespace plantain
