#include "mentions.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace plantain {

std::vector<Mention> mentionsIn(const QString &prompt)
{
    // "image 16:9" and "image 1.5" speak of something else.
    static const QRegularExpression words(u"\\bimage ([1-9][0-9]{0,2}|\\?)(?!\\w|[.:,×/-]\\d)"_s,
                                          QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    std::vector<Mention> mentions;
    for (auto matches = words.globalMatch(prompt); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        mentions.push_back({ .at = match.capturedStart(),
                             .length = match.capturedLength(),
                             .numberAt = match.capturedStart(1),
                             .number = match.captured(1).toInt() });
    }
    return mentions;
}

QString mentionOf(int number)
{
    return u"image "_s + (number > 0 ? QString::number(number) : u"?"_s);
}

QString withNumbers(const QString &prompt, const std::vector<int> &numbers)
{
    QString changed = prompt;
    const std::vector<Mention> mentions = mentionsIn(prompt);
    // From behind, so that the places before stay right.
    for (auto mention = mentions.rbegin(); mention != mentions.rend(); ++mention) {
        if (mention->number < 1 || mention->number > int(numbers.size()))
            continue;
        const int number = numbers[size_t(mention->number - 1)];
        if (number != mention->number)
            changed.replace(mention->numberAt, mention->at + mention->length - mention->numberAt,
                            number > 0 ? QString::number(number) : u"?"_s);
    }
    return changed;
}

} // namespace plantain
