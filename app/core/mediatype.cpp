#include "mediatype.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

bool holdsAt(QByteArrayView bytes, qsizetype at, QByteArrayView what)
{
    return bytes.size() >= at + what.size() && bytes.sliced(at, what.size()) == what;
}

QString riffTypeOf(QByteArrayView start)
{
    if (holdsAt(start, 8, "WEBP"))
        return u"image/webp"_s;
    if (holdsAt(start, 8, "WAVE"))
        return u"audio/wav"_s;
    return holdsAt(start, 8, "AVI ") ? u"video/x-msvideo"_s : QString();
}

/// Boxes of ISO base media: the brand says for which player.
QString boxedTypeOf(QByteArrayView start)
{
    if (!holdsAt(start, 4, "ftyp"))
        return {};
    if (holdsAt(start, 8, "qt  "))
        return u"video/quicktime"_s;
    if (holdsAt(start, 8, "3g"))
        return u"video/3gpp"_s;
    if (holdsAt(start, 8, "M4A "))
        return u"audio/mp4"_s;
    for (const char *picture : { "avif", "avis", "heic", "heix", "heif", "mif1", "msf1" }) {
        if (holdsAt(start, 8, picture))
            return {};
    }
    return u"video/mp4"_s;
}

/// A frame of MPEG audio without anything before it: eleven set bits, then a layer (0: none, so AAC).
QString framedTypeOf(QByteArrayView start)
{
    if (start.size() < 2 || uchar(start[0]) != 0xff || (uchar(start[1]) & 0xe0) != 0xe0)
        return {};
    const int layer = (uchar(start[1]) >> 1) & 3;
    if (layer == 0)
        return (uchar(start[1]) & 0xf0) == 0xf0 ? u"audio/aac"_s : QString();
    return layer == 1 ? u"audio/mpeg"_s : QString();
}

} // namespace

QString mediaTypeOf(QByteArrayView start)
{
    struct Mark
    {
        QByteArrayView bytes;
        QString type;
    };
    static const Mark marks[] {
        { "\x89PNG\r\n\x1a\n", u"image/png"_s },
        { "\xff\xd8\xff", u"image/jpeg"_s },
        { "GIF87a", u"image/gif"_s },
        { "GIF89a", u"image/gif"_s },
        { "%PDF-", u"application/pdf"_s },
        { "\x1a\x45\xdf\xa3", u"video/webm"_s },
        { { "\0\0\1\xba", 4 }, u"video/mpeg"_s },
        { { "\0\0\1\xb3", 4 }, u"video/mpeg"_s },
        { "FLV\1", u"video/x-flv"_s },
        { "\x30\x26\xb2\x75\x8e\x66\xcf\x11", u"video/x-ms-wmv"_s },
        { "ID3", u"audio/mpeg"_s },
        { "fLaC", u"audio/flac"_s },
        { "OggS", u"audio/ogg"_s },
    };
    for (const Mark &mark : marks) {
        if (start.startsWith(mark.bytes))
            return mark.type;
    }
    if (start.startsWith("RIFF"))
        return riffTypeOf(start);
    if (start.startsWith("FORM"))
        return holdsAt(start, 8, "AIF") ? u"audio/aiff"_s : QString();
    const QString boxed = boxedTypeOf(start);
    return boxed.isEmpty() ? framedTypeOf(start) : boxed;
}

} // namespace plantain
