#include "keytext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestKey = 512; // fal's have about 70 characters

QString tr(const char *text)
{
    return QCoreApplication::translate("KeyText", text);
}

tl::unexpected<Error> refused(const QString &message)
{
    return failure({ .kind = ErrorKind::InvalidInput, .type = u"key"_s, .message = message, .field = u"key"_s });
}

} // namespace

Result<QByteArray> keyFromText(const QString &text)
{
    QString key = text.trimmed();
    const auto unquote = [&key] {
        if (key.size() >= 2 && key.front() == key.back() && (key.front() == u'"' || key.front() == u'\''))
            key = key.sliced(1, key.size() - 2).trimmed();
    };
    unquote();
    if (key.startsWith("Key "_L1))
        key = key.sliced(4).trimmed();
    unquote();
    if (key.isEmpty())
        return refused(tr("There is no key in it."));
    if (key.size() > longestKey)
        return refused(tr("This is too long for a key."));
    if (std::any_of(key.cbegin(), key.cend(), [](QChar c) { return c.isSpace(); }))
        return refused(tr("A key has no spaces and no line breaks in it."));
    if (!std::all_of(key.cbegin(), key.cend(), [](QChar c) { return c > u' ' && c < u'\x7f'; }))
        return refused(tr("A key consists of plain letters, digits and signs; this has others in it."));
    return key.toLatin1();
}

} // namespace plantain
