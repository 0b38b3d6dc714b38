#include "quotedtext.h"

namespace plantain {

namespace {

constexpr qsizetype maxStrings = 12;
constexpr qsizetype maxLength = 240;

QChar closingOf(QChar opening)
{
    switch (opening.unicode()) {
    case u'"':
    case u'\'':
        return opening;
    case 0x201c: // left double
        return QChar(0x201d);
    case 0x2018: // left single
        return QChar(0x2019);
    case 0x201e: // low double
        return QChar(0x201c);
    case 0xab: // angled
        return QChar(0xbb);
    case 0x300c: // corner bracket
        return QChar(0x300d);
    default:
        return {};
    }
}

bool mayOpen(const QString &text, qsizetype at)
{
    if (text.at(at) != u'\'')
        return true;
    const bool wordBefore = at > 0 && text.at(at - 1).isLetterOrNumber();
    return !wordBefore && at + 1 < text.size() && !text.at(at + 1).isSpace();
}

bool mayClose(const QString &text, qsizetype at)
{
    const char16_t mark = text.at(at).unicode();
    if (mark != u'\'' && mark != 0x2019)
        return true;
    const bool wordBehind = at + 1 < text.size() && text.at(at + 1).isLetterOrNumber();
    return !wordBehind && !text.at(at - 1).isSpace();
}

qsizetype findClosing(const QString &text, qsizetype opening)
{
    const QChar closing = closingOf(text.at(opening));
    for (qsizetype at = opening + 1; at < text.size() && at - opening <= maxLength; ++at) {
        if (text.at(at) == closing && mayClose(text, at))
            return at;
    }
    return -1;
}

} // namespace

QStringList quotedStrings(const QString &prompt)
{
    QStringList found;
    for (qsizetype at = 0; at < prompt.size() && found.size() < maxStrings; ++at) {
        if (closingOf(prompt.at(at)).isNull() || !mayOpen(prompt, at))
            continue;
        const qsizetype end = findClosing(prompt, at);
        if (end < 0)
            continue;
        const QString inside = prompt.sliced(at + 1, end - at - 1).simplified();
        if (!inside.isEmpty())
            found.append(inside);
        at = end;
    }
    return found;
}

} // namespace plantain
