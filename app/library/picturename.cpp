#include "picturename.h"

#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestSlug = 48;
constexpr qsizetype longestExtension = 5;

bool isPlain(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
}

struct Extension
{
    QLatin1StringView contentType, extension;
};

constexpr std::array extensions {
    Extension { "image/png"_L1, "png"_L1 },        Extension { "image/jpeg"_L1, "jpg"_L1 },
    Extension { "image/webp"_L1, "webp"_L1 },      Extension { "image/gif"_L1, "gif"_L1 },
    Extension { "image/avif"_L1, "avif"_L1 },      Extension { "image/heic"_L1, "heic"_L1 },
    Extension { "video/mp4"_L1, "mp4"_L1 },        Extension { "video/webm"_L1, "webm"_L1 },
    Extension { "video/quicktime"_L1, "mov"_L1 },  Extension { "audio/mpeg"_L1, "mp3"_L1 },
    Extension { "audio/wav"_L1, "wav"_L1 },        Extension { "audio/x-wav"_L1, "wav"_L1 },
    Extension { "application/pdf"_L1, "pdf"_L1 },  Extension { "video/mpeg"_L1, "mpg"_L1 },
    Extension { "video/x-msvideo"_L1, "avi"_L1 },  Extension { "video/x-flv"_L1, "flv"_L1 },
    Extension { "video/x-ms-wmv"_L1, "wmv"_L1 },   Extension { "video/3gpp"_L1, "3gp"_L1 },
    Extension { "audio/aiff"_L1, "aiff"_L1 },      Extension { "audio/aac"_L1, "aac"_L1 },
    Extension { "audio/ogg"_L1, "ogg"_L1 },        Extension { "audio/flac"_L1, "flac"_L1 },
    Extension { "audio/mp4"_L1, "m4a"_L1 },
};

/// From the id where it has one: two runs never share a millisecond there.
QDateTime localTimeOf(const RunRecord &record)
{
    QDateTime time = QDateTime::fromString(record.id.text.left(18), u"yyyyMMdd'T'HHmmsszzz"_s);
    time.setTimeSpec(Qt::UTC);
    if (!time.isValid())
        time = record.createdAt.isValid() ? record.createdAt : QDateTime::currentDateTimeUtc();
    return time.toLocalTime();
}

} // namespace

QString slugOf(const QString &prompt)
{
    // A prompt may have many thousand characters; accents come apart from their letters, which stay.
    const QString letters = prompt.left(1000).normalized(QString::NormalizationForm_KD).toLower();
    QString slug;
    for (const QChar c : letters) {
        if (isPlain(c))
            slug.append(c);
        else if (c.category() != QChar::Mark_NonSpacing && c != u'\'' && !slug.isEmpty() && !slug.endsWith(u'-'))
            slug.append(u'-');
        if (slug.size() > longestSlug)
            break;
    }
    if (slug.size() > longestSlug) {
        // Words stay whole where they can.
        const qsizetype lastDash = slug.lastIndexOf(u'-');
        slug.truncate(lastDash > longestSlug / 2 ? lastDash : longestSlug);
    }
    while (slug.endsWith(u'-'))
        slug.chop(1);
    return slug.isEmpty() ? u"picture"_s : slug;
}

QString safeExtension(const QString &extension)
{
    QString safe;
    for (const QChar c : extension.left(20).toLower()) {
        if (isPlain(c))
            safe.append(c);
    }
    return safe.isEmpty() ? u"bin"_s : safe.left(longestExtension);
}

QString extensionOf(const QString &contentType)
{
    const QString plain = contentType.section(u';', 0, 0).trimmed().toLower();
    for (const Extension &entry : extensions) {
        if (entry.contentType == plain)
            return entry.extension;
    }
    return u"bin"_s;
}

QString pictureFolderOf(const RunRecord &record)
{
    return u"images/"_s + localTimeOf(record).toString(u"yyyy/MM/dd"_s);
}

QString pictureStemOf(const RunRecord &record, int index)
{
    return u"%1-%2-%3"_s.arg(localTimeOf(record).toString(u"HHmmss-zzz"_s), slugOf(record.prompt())).arg(index + 1);
}

} // namespace plantain
