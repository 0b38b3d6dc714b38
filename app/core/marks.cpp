#include "marks.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestName = 100;
constexpr qsizetype mostCollections = 100; ///< of one picture, from a file that others wrote

constexpr std::array flags { std::pair { Flag::Keep, "keep"_L1 }, std::pair { Flag::Reject, "reject"_L1 } };
constexpr std::array labels {
    std::pair { ColourLabel::Red, "red"_L1 },     std::pair { ColourLabel::Yellow, "yellow"_L1 },
    std::pair { ColourLabel::Green, "green"_L1 }, std::pair { ColourLabel::Blue, "blue"_L1 },
    std::pair { ColourLabel::Purple, "purple"_L1 },
};

template <class Words, class Value>
QString wordIn(const Words &words, Value value)
{
    for (const auto &[other, word] : words) {
        if (other == value)
            return word;
    }
    return {};
}

template <class Value, class Words>
Value valueIn(const Words &words, const QString &word)
{
    for (const auto &[value, other] : words) {
        if (other == word)
            return value;
    }
    return Value::None;
}

} // namespace

QString wordOf(Flag flag)
{
    return wordIn(flags, flag);
}

QString wordOf(ColourLabel label)
{
    return wordIn(labels, label);
}

void putMarks(Json &object, const Marks &marks)
{
    if (marks.rating > 0)
        object["rating"] = int(marks.rating);
    if (marks.flag != Flag::None)
        object["flag"] = toJson(wordOf(marks.flag));
    if (marks.label != ColourLabel::None)
        object["label"] = toJson(wordOf(marks.label));
    for (const QString &name : marks.collections)
        object["collections"].push_back(toJson(name));
}

Marks marksAt(const Json &object)
{
    Marks marks;
    const qint64 rating = integerAt(object, "rating").value_or(0);
    if (rating > 0 && rating <= mostStars)
        marks.rating = quint8(rating);
    marks.flag = valueIn<Flag>(flags, stringAt(object, "flag"));
    marks.label = valueIn<ColourLabel>(labels, stringAt(object, "label"));
    if (const Json *names = arrayAt(object, "collections")) {
        for (const Json &name : *names) {
            if (const QString text = collectionName(toQString(name)); name.is_string() && !text.isEmpty())
                marks.collections.append(text);
            if (marks.collections.size() == mostCollections)
                break;
        }
        marks.collections.sort();
        marks.collections.removeDuplicates();
    }
    return marks;
}

QString collectionName(const QString &typed)
{
    return typed.simplified().left(longestName).trimmed();
}

} // namespace plantain
