#include "directives.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int maxPixels = 40'000'000; // twice the largest picture of the model

bool isDirectiveLine(QStringView line)
{
    return line.trimmed().startsWith("sandbox:"_L1, Qt::CaseInsensitive);
}

std::optional<int> number(const QString &text, int low, int high)
{
    bool good = false;
    const int value = text.toInt(&good);
    return good && value >= low && value <= high ? std::optional(value) : std::nullopt;
}

bool takeFlag(Directives &found, const QString &word)
{
    const QHash<QString, bool Directives::*> flags {
        { u"duplicate"_s, &Directives::duplicate }, { u"blank"_s, &Directives::blank },
        { u"truncated"_s, &Directives::truncated }, { u"drop"_s, &Directives::drop },
        { u"missing"_s, &Directives::missing },     { u"nologs"_s, &Directives::noLogs },
        { u"requeue"_s, &Directives::requeue },     { u"nocancel"_s, &Directives::noCancel },
    };
    if (!flags.contains(word))
        return false;
    found.*flags.value(word) = true;
    return true;
}

bool takeNumber(Directives &found, const QString &key, const QString &value)
{
    if (key == u"http"_s)
        return (found.http = number(value, 200, 599)).has_value();
    if (key == u"html"_s)
        return (found.html = number(value, 200, 599)).has_value();
    if (key == u"images"_s)
        return (found.images = number(value, 0, 20)).has_value();
    if (key == u"logs"_s)
        return (found.logs = number(value, 0, 100000)).has_value();
    if (key == u"slow"_s) {
        bool good = false;
        const double seconds = value.toDouble(&good);
        if (good && seconds >= 0 && seconds <= 3600)
            found.slow = seconds;
        return found.slow.has_value();
    }
    return false;
}

bool takeSize(Directives &found, const QString &value)
{
    if (value == u"wrong"_s)
        return found.wrongSize = true;
    const QStringList sides = value.split(u'x');
    found.width = number(sides.value(0), 1, 12288);
    found.height = number(sides.value(1), 1, 12288);
    const bool good = sides.size() == 2 && found.width && found.height && *found.width * *found.height <= maxPixels;
    if (!good)
        found.width = found.height = std::nullopt;
    return good;
}

bool takeText(Directives &found, const QString &key, const QString &value)
{
    if (key == u"submit"_s)
        found.submit = value;
    else if (key == u"error"_s)
        found.error = value;
    else if (key == u"result"_s)
        found.result = value;
    else if (key == u"description"_s)
        found.description = value;
    else if (key == u"type"_s)
        found.type = value;
    else
        return false;
    return true;
}

void take(Directives &found, const QString &word)
{
    const qsizetype equals = word.indexOf(u'=');
    if (equals < 0) {
        if (!takeFlag(found, word))
            found.unknown.append(word);
        return;
    }
    const QString key = word.first(equals);
    const QString value = word.sliced(equals + 1);
    const bool good = key == u"size"_s ? takeSize(found, value) : takeNumber(found, key, value) || takeText(found, key, value);
    if (!good)
        found.unknown.append(word);
}

} // namespace

Directives directivesOf(const QString &prompt)
{
    Directives found;
    for (const QString &line : prompt.split(u'\n')) {
        if (!isDirectiveLine(line))
            continue;
        const QString words = line.trimmed().sliced(8).simplified();
        for (const QString &word : words.split(u' ', Qt::SkipEmptyParts))
            take(found, word);
    }
    return found;
}

QString promptWithoutDirectives(const QString &prompt)
{
    QStringList lines = prompt.split(u'\n');
    lines.removeIf([](const QString &line) { return isDirectiveLine(line); });
    return lines.join(u'\n').trimmed();
}

} // namespace plantain
