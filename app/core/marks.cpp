#include "marks.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestName = 100;
constexpr qsizetype mostCollections = 100; ///< of one picture, from a file that others wrote
constexpr qsizetype mostReadings = 100; ///< likewise
constexpr qsizetype longestText = 1000;

constexpr std::array flags { std::pair { Flag::Keep, "keep"_L1 }, std::pair { Flag::Reject, "reject"_L1 } };
constexpr std::array labels {
    std::pair { ColourLabel::Red, "red"_L1 },     std::pair { ColourLabel::Yellow, "yellow"_L1 },
    std::pair { ColourLabel::Green, "green"_L1 }, std::pair { ColourLabel::Blue, "blue"_L1 },
    std::pair { ColourLabel::Purple, "purple"_L1 },
};

constexpr std::array readings { std::pair { Reading::Right, "right"_L1 }, std::pair { Reading::Wrong, "wrong"_L1 },
                                std::pair { Reading::Missing, "missing"_L1 } };
constexpr std::array ninths {
    std::pair { Ninth::UpperLeft, "upper left"_L1 }, std::pair { Ninth::Top, "top"_L1 },
    std::pair { Ninth::UpperRight, "upper right"_L1 }, std::pair { Ninth::Left, "left"_L1 },
    std::pair { Ninth::Middle, "middle"_L1 },        std::pair { Ninth::Right, "right"_L1 },
    std::pair { Ninth::LowerLeft, "lower left"_L1 }, std::pair { Ninth::Bottom, "bottom"_L1 },
    std::pair { Ninth::LowerRight, "lower right"_L1 },
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
    return Value {};
}

Json jsonOf(const TextReading &reading)
{
    Json json { { "text", toJson(reading.text) }, { "reading", toJson(wordOf(reading.reading)) } };
    if (reading.place != Ninth::Unknown)
        json["place"] = toJson(wordOf(reading.place));
    return json;
}

void takeReadings(const Json &list, Marks &marks)
{
    for (const Json &each : list) {
        if (!each.is_object())
            continue;
        const TextReading reading { stringAt(each, "text").left(longestText), valueIn<Reading>(readings, stringAt(each, "reading")),
                                    valueIn<Ninth>(ninths, stringAt(each, "place")) };
        if (!reading.text.isEmpty() && reading.reading != Reading::Open)
            setReading(marks, reading);
        if (marks.readings.size() == mostReadings)
            break;
    }
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

QString wordOf(Reading reading)
{
    return wordIn(readings, reading);
}

QString wordOf(Ninth place)
{
    return wordIn(ninths, place);
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
    for (const TextReading &reading : marks.readings)
        object["readings"].push_back(jsonOf(reading));
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
    if (const Json *list = arrayAt(object, "readings"))
        takeReadings(*list, marks);
    return marks;
}

TextReading readingOf(const Marks &marks, const QString &text)
{
    const auto found = std::ranges::find(marks.readings, text, &TextReading::text);
    return found == marks.readings.end() ? TextReading { .text = text } : *found;
}

void setReading(Marks &marks, const TextReading &reading)
{
    const auto found = std::ranges::find(marks.readings, reading.text, &TextReading::text);
    if (reading.reading == Reading::Open) {
        if (found != marks.readings.end())
            marks.readings.erase(found);
    } else if (found != marks.readings.end()) {
        *found = reading;
    } else {
        marks.readings.append(reading);
    }
}

QString collectionName(const QString &typed)
{
    return typed.simplified().left(longestName).trimmed();
}

} // namespace plantain
