#pragma once

#include "result.h"

#include <QByteArray>
#include <QString>

namespace plantain {

/// A base64 data: URI, read piece by piece so that a large one stalls nothing. Strict: RFC 4648 alphabet, right padding,
/// no blanks, no stray bits. Never goes through Qt's network classes, which serve data: with rules of their own.
class DataUri
{
public:
    static bool isDataUri(const QString &text) { return text.startsWith(QLatin1StringView("data:"), Qt::CaseInsensitive); }

    /// Reads the part before the comma and checks the size; the payload is checked as it is decoded.
    static Result<DataUri> open(const QString &text, qint64 maxBytes);

    const QString &mediaType() const { return m_mediaType; } ///< "image/png", lower case; may be empty
    qint64 size() const { return m_size; } ///< bytes when decoded
    bool atEnd() const { return m_at >= m_text.size(); }
    /// The next piece, at most about `maxBytes`.
    Result<QByteArray> next(qsizetype maxBytes);

private:
    QString m_text;
    QString m_mediaType;
    qsizetype m_at = 0;
    qint64 m_size = 0;
};

} // namespace plantain
