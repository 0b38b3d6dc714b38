#include "searchquery.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Written without spaces: what the index takes as one word is a sentence.
bool hasNoSpaces(const QString &word)
{
    return std::any_of(word.begin(), word.end(), [](QChar c) {
        switch (c.script()) {
        case QChar::Script_Han:
        case QChar::Script_Hiragana:
        case QChar::Script_Katakana:
        case QChar::Script_Thai:
        case QChar::Script_Lao:
        case QChar::Script_Khmer:
        case QChar::Script_Myanmar:
            return true;
        default:
            return c.isHighSurrogate(); // emoji and rare letters
        }
    });
}

bool hasLetters(const QString &word)
{
    return std::any_of(word.begin(), word.end(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

QString phrase(const QString &word, bool whole)
{
    return u'"' + QString(word).replace(u'"', u"\"\""_s) + (whole ? u"\""_s : u"\"*"_s);
}

void append(QString &expression, const QString &more, QLatin1StringView joint)
{
    expression += expression.isEmpty() ? more : joint + more;
}

constexpr auto textColumns = "{prompt description} : "_L1;

/// False: that is no value of the field, and the whole is a word.
bool takeField(SearchQuery &query, const QString &field, const QString &value)
{
    if (value.isEmpty())
        return false;
    if (field == "endpoint"_L1) {
        query.endpoint = value;
    } else if (field == "seed"_L1) {
        bool ok = false;
        const qint64 seed = value.toLongLong(&ok);
        if (ok)
            query.seed = seed;
        return ok;
    } else if (field == "before"_L1 || field == "after"_L1) {
        const QDate day = QDate::fromString(value, Qt::ISODate);
        (field == "before"_L1 ? query.before : query.after) = day;
        return day.isValid();
    } else if (field == "reference"_L1) {
        append(query.match, "reference_names : "_L1 + phrase(value, false), " AND "_L1);
    } else if (field == "rating"_L1) {
        const QString digits = value.startsWith(">="_L1) ? value.mid(2) : value;
        bool ok = false;
        const int stars = digits.toInt(&ok);
        query.rating = stars == 0 ? -1 : stars;
        return ok && stars >= 0 && stars <= mostStars;
    } else if (field == "ratio"_L1) {
        query.ratio = value;
    } else if (field == "in"_L1) {
        query.collection = value;
    } else if (field == "label"_L1) {
        for (int number = 0; number < labelCount; ++number) {
            if (const QString word = wordOf(ColourLabel(number)); (word.isEmpty() ? u"none"_s : word) == value.toLower())
                query.label = ColourLabel(number);
        }
        return query.label.has_value();
    } else if (field == "is"_L1) {
        const QString word = value.toLower();
        if (word.startsWith("keep"_L1) || word == "kept"_L1)
            query.flag = Flag::Keep;
        else if (word.startsWith("reject"_L1))
            query.flag = Flag::Reject;
        else if (word == "text"_L1)
            query.asksForText = true;
        else
            return false;
    } else {
        return false;
    }
    return true;
}

} // namespace

bool SearchQuery::asksLibrary() const
{
    return !match.isEmpty() || !without.isEmpty() || !contained.isEmpty() || !endpoint.isEmpty() || seed || after.isValid()
        || before.isValid();
}

SearchQuery parseSearch(const QString &typed)
{
    static const QRegularExpression token(uR"re((-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+)))re"_s);
    SearchQuery query;
    for (auto tokens = token.globalMatch(typed.left(1000)); tokens.hasNext();) {
        const QRegularExpressionMatch found = tokens.next();
        const QString field = found.captured(2);
        const bool isPhrase = found.capturedStart(3) >= 0;
        QString value = isPhrase ? found.captured(3) : found.captured(4);
        const bool isNot = !found.captured(1).isEmpty();
        if (!field.isEmpty() && !isNot && takeField(query, field, value))
            continue;
        if (!field.isEmpty())
            value.prepend(field + u':');
        if (!hasLetters(value))
            continue;
        if (isNot) {
            append(query.without, textColumns + phrase(value, isPhrase), " OR "_L1);
            continue;
        }
        query.words << value;
        if (hasNoSpaces(value))
            query.contained << value;
        else
            append(query.match, textColumns + phrase(value, isPhrase), " AND "_L1);
    }
    return query;
}

std::vector<std::pair<qsizetype, qsizetype>> placesOf(const QStringList &words, const QString &text)
{
    std::vector<std::pair<qsizetype, qsizetype>> all;
    for (const QString &word : words) {
        if (word.isEmpty())
            continue;
        const bool anywhere = hasNoSpaces(word);
        for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0; at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
            if (anywhere || at == 0 || !text.at(at - 1).isLetterOrNumber())
                all.emplace_back(at, word.size());
        }
    }
    std::sort(all.begin(), all.end());
    std::vector<std::pair<qsizetype, qsizetype>> places;
    for (const auto &place : all) {
        if (!places.empty() && place.first <= places.back().first + places.back().second)
            places.back().second = std::max(places.back().second, place.first + place.second - places.back().first);
        else
            places.push_back(place);
    }
    return places;
}

} // namespace plantain
