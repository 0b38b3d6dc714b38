#include "exporttemplate.h"

#include "safename.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int longestStem = 200; // bytes; leaves room in 255 for a number and an extension
constexpr int longestPrompt = 80; // bytes

QString tr(const char *text)
{
    return QCoreApplication::translate("Export", text);
}

/// A value of something in braces; nothing when it is no token.
std::optional<QString> valueOf(QStringView token, const ExportSubject &subject, int number, int count)
{
    if (token == u"date"_s)
        return subject.time.toLocalTime().toString(u"yyyy-MM-dd"_s);
    if (token == u"time"_s)
        return subject.time.toLocalTime().toString(u"HHmmss"_s);
    if (token == u"prompt"_s)
        return promptWords(subject.prompt);
    if (token == u"index"_s)
        return QString::number(subject.index + 1);
    if (token == u"number"_s)
        return QString::number(number).rightJustified(QString::number(count).size(), u'0');
    if (token == u"seed"_s)
        return subject.seed ? QString::number(*subject.seed) : QString();
    if (token == u"size"_s)
        return subject.size.isEmpty() ? QString() : u"%1x%2"_s.arg(subject.size.width()).arg(subject.size.height());
    if (token == u"endpoint"_s) {
        // Without its owner: "model-2-edit" says it all.
        const qsizetype slash = subject.endpoint.text.indexOf(u'/');
        return subject.endpoint.text.mid(slash + 1).replace(u'/', u'-');
    }
    if (token == u"run"_s)
        return subject.run.text;
    return std::nullopt;
}

bool isJoint(QChar c)
{
    return c == u'-' || c == u'_' || c == u' ' || c == u'.';
}

} // namespace

QStringList exportTokens()
{
    return { u"date"_s, u"time"_s, u"prompt"_s, u"index"_s, u"number"_s, u"seed"_s, u"size"_s, u"endpoint"_s, u"run"_s };
}

QString complaintAboutTemplate(const QString &names)
{
    if (names.trimmed().isEmpty())
        return tr("Without a template there is no name.");
    static const QRegularExpression braces(u"\\{([^{}]*)\\}"_s);
    QString rest = names;
    for (auto matches = braces.globalMatch(names); matches.hasNext();) {
        const auto match = matches.next();
        if (!exportTokens().contains(match.captured(1)))
            return tr("%1 stands for nothing.").arg(match.captured(0));
        rest.remove(match.captured(0));
    }
    if (rest.contains(u'{') || rest.contains(u'}'))
        return tr("A brace has no partner.");
    if (rest.contains(u'/') || rest.contains(u'\\'))
        return tr("A name holds no slashes; the folder is chosen above.");
    return {};
}

QString exportStem(const QString &names, const ExportSubject &subject, int number, int count)
{
    QString stem;
    for (qsizetype at = 0; at < names.size(); ++at) {
        const qsizetype end = names[at] == u'{' ? names.indexOf(u'}', at) : -1;
        const auto value = end < 0 ? std::nullopt
                                   : valueOf(QStringView(names).sliced(at + 1, end - at - 1), subject, number, count);
        if (!value) {
            stem += names[at];
            continue;
        }
        if (value->isEmpty() && !stem.isEmpty() && isJoint(stem.back()))
            stem.chop(1);
        stem += *value;
        at = end;
    }
    return safeFileStem(stem, longestStem);
}

QString promptWords(const QString &prompt)
{
    QString words;
    for (const char32_t c : prompt.left(1000).toLower().toUcs4()) {
        const QChar::Category category = QChar::category(c);
        const bool isMark = category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining;
        if (QChar::isLetterOrNumber(c) || (isMark && !words.isEmpty() && !words.endsWith(u'-')))
            words += QString::fromUcs4(&c, 1);
        else if (c != u'\'' && c != 0x2019 && !words.isEmpty() && !words.endsWith(u'-'))
            words += u'-';
    }
    QString cut = cutToBytes(words, longestPrompt);
    if (cut.size() < words.size() && words[cut.size()] != u'-') {
        // Words stay whole where they can.
        const qsizetype lastDash = cut.lastIndexOf(u'-');
        if (lastDash > cut.size() / 2)
            cut.truncate(lastDash);
    }
    while (cut.endsWith(u'-'))
        cut.chop(1);
    return cut;
}

} // namespace plantain
