#include "redaction.h"

#include <QList>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto placeholder = "[key]";
// A shorter part could be an ordinary word, and taking it out would only point at it.
constexpr qsizetype shortestPart = 8;

QList<QByteArray> spellings(const QByteArray &key)
{
    QList<QByteArray> list;
    const auto add = [&list](const QByteArray &part) {
        if (part.size() < shortestPart)
            return;
        for (const QByteArray &spelling : { part, part.toPercentEncoding(), part.toBase64(QByteArray::OmitTrailingEquals),
                 part.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals), part.toHex() }) {
            if (!list.contains(spelling))
                list.append(spelling);
        }
    };
    if (const QByteArray whole = key.trimmed(); !whole.isEmpty()) {
        list.append(whole);
        add(whole);
        if (const qsizetype colon = whole.indexOf(':'); colon >= 0) {
            add(whole.mid(colon + 1));
            add(whole.left(colon));
        }
    }
    return list;
}

} // namespace

QByteArray redactedBytes(const QByteArray &bytes, const QByteArray &key)
{
    QByteArray out = bytes;
    for (const QByteArray &spelling : spellings(key)) {
        if (out.contains(spelling))
            out.replace(spelling, placeholder);
    }
    return out;
}

QString redacted(const QString &text, const QByteArray &key)
{
    QString out = text;
    for (const QByteArray &spelling : spellings(key))
        out.replace(QString::fromUtf8(spelling), QString::fromLatin1(placeholder));
    static const QRegularExpression header(u"(authorization[\"']?\\s*[:=]\\s*[\"']?)(?:(key|bearer|basic)\\s+)?[^\\s\"',]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    out.replace(header, u"\\1[key]"_s);
    return out;
}

} // namespace plantain
