#pragma once

#include <QByteArray>
#include <QString>

namespace plantain {

/// Takes a key out of text bound for a log, an error or a file: the key itself, its halves, their percent and
/// base64 spellings, and the value of anything that looks like an Authorization header. `key` may be empty.
QString redacted(const QString &text, const QByteArray &key);
/// The same by value only, for bytes that are kept otherwise as they came.
QByteArray redactedBytes(const QByteArray &bytes, const QByteArray &key);

} // namespace plantain
