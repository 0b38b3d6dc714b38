#include "datauri.h"

#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestHead = 256;

tl::unexpected<Error> broken(const QString &what)
{
    return failure({ .kind = ErrorKind::BadPicture, .type = u"data_uri"_s, .message = what });
}

int sextetOf(QChar character)
{
    const char16_t c = character.unicode();
    if (c >= u'A' && c <= u'Z')
        return c - u'A';
    if (c >= u'a' && c <= u'z')
        return c - u'a' + 26;
    if (c >= u'0' && c <= u'9')
        return c - u'0' + 52;
    return c == u'+' ? 62 : c == u'/' ? 63 : -1;
}

} // namespace

Result<DataUri> DataUri::open(const QString &text, qint64 maxBytes)
{
    const qsizetype comma = QStringView(text).left(longestHead).indexOf(u',');
    if (!isDataUri(text) || comma < 0)
        return broken(u"no comma"_s);
    const QString head = text.mid(5, comma - 5).trimmed();
    if (!head.endsWith(u";base64"_s, Qt::CaseInsensitive))
        return broken(u"not base64"_s);
    DataUri uri;
    uri.m_text = text;
    uri.m_at = comma + 1;
    uri.m_mediaType = head.left(head.indexOf(u';')).trimmed().toLower();
    const qsizetype length = text.size() - uri.m_at;
    if (length % 4 != 0)
        return broken(u"wrong length"_s);
    const int padding = text.endsWith(u"=="_s) ? 2 : text.endsWith(u'=') ? 1 : 0;
    uri.m_size = length / 4 * 3 - padding;
    if (uri.m_size > maxBytes)
        return failure({ .kind = ErrorKind::BadPicture, .type = u"too_large"_s, .message = QString::number(uri.m_size) });
    return uri;
}

Result<QByteArray> DataUri::next(qsizetype maxBytes)
{
    const qsizetype groups = qMin((m_text.size() - m_at) / 4, qMax(qsizetype(1), maxBytes / 3));
    QByteArray out;
    out.reserve(groups * 3);
    for (qsizetype i = 0; i < groups; ++i, m_at += 4) {
        const bool last = m_at + 4 == m_text.size();
        std::array<int, 4> sextets {};
        int given = 4;
        if (last && m_text[m_at + 3] == u'=')
            given = m_text[m_at + 2] == u'=' ? 2 : 3;
        for (int j = 0; j < given; ++j) {
            sextets[size_t(j)] = sextetOf(m_text[m_at + j]);
            if (sextets[size_t(j)] < 0)
                return broken(u"not base64 at %1"_s.arg(m_at + j));
        }
        const int bits = sextets[0] << 18 | sextets[1] << 12 | sextets[2] << 6 | sextets[3];
        if ((given == 2 && (bits & 0xffff)) || (given == 3 && (bits & 0xff)))
            return broken(u"stray bits at the end"_s);
        out += char(bits >> 16);
        if (given > 2)
            out += char(bits >> 8 & 0xff);
        if (given > 3)
            out += char(bits & 0xff);
    }
    return out;
}

} // namespace plantain
