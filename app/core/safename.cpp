#include "safename.h"

#include <QRegularExpression>
#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr QStringView separators = u"/\\:*?\"<>|";

bool isDropped(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Other_PrivateUse:
        return true;
    default:
        return false;
    }
}

QString trimmed(QString stem)
{
    while (!stem.isEmpty() && QStringView(u" .-~").contains(stem.front()))
        stem.remove(0, 1);
    while (!stem.isEmpty() && QStringView(u" .").contains(stem.back()))
        stem.chop(1);
    return stem;
}

bool isDevice(const QString &stem)
{
    static const QRegularExpression pattern(
        u"\\A(con|prn|aux|nul|conin\\$|conout\\$|clock\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?\\z"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    return pattern.match(stem).hasMatch();
}

} // namespace

QString cutToBytes(const QString &text, int mostBytes)
{
    if (text.toUtf8().size() <= mostBytes)
        return text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype end = 0;
    for (qsizetype next = finder.toNextBoundary(); next > 0; next = finder.toNextBoundary()) {
        if (QStringView(text).first(next).toUtf8().size() > mostBytes)
            break;
        if (!text.at(next - 1).isHighSurrogate()) // Qt 6.4 finds a boundary within a character of two units now and then
            end = next;
    }
    return text.first(end);
}

QString safeFileStem(const QString &text, int mostBytes)
{
    QString stem;
    for (const char32_t c : text.normalized(QString::NormalizationForm_C).toUcs4()) {
        if (QChar::isSpace(c))
            stem += stem.endsWith(u' ') ? u""_s : u" "_s;
        else if (c < 0x80 && separators.contains(QChar(char16_t(c))))
            stem += u'-';
        else if (!isDropped(c) && c != QChar::ReplacementCharacter)
            stem += QString::fromUcs4(&c, 1);
    }
    stem = trimmed(cutToBytes(trimmed(stem), mostBytes - 1)); // one byte for what a device's name gets
    if (stem.isEmpty())
        return u"picture"_s;
    return isDevice(stem) ? u'_' + stem : stem;
}

QString numberedName(const QString &stem, const QString &extension, int number)
{
    return number == 1 ? stem + u'.' + extension : stem + u'-' + QString::number(number) + u'.' + extension;
}

} // namespace plantain
