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
        const auto addOnce = [&list](const QByteArray &spelling) {
            if (!list.contains(spelling))
                list.append(spelling);
        };
        for (const QByteArray &spelling : { part, part.toPercentEncoding(), part.toHex(), part.toHex().toUpper() })
            addOnce(spelling);
        // What of it does not depend on its neighbours, wherever it begins in what was encoded.
        for (qsizetype shift = 0; shift < 3; ++shift) {
            const qsizetype whole = (shift + part.size()) * 8 / 6, first = (shift * 8 + 5) / 6;
            for (const auto alphabet : { QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding })
                addOnce((QByteArray(shift, ' ') + part).toBase64(alphabet).mid(first, whole - first));
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
