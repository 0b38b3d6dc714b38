#pragma once

#include <QString>

namespace plantain {

/// The start of a file name, extension aside, that is a name on every usual file system, whatever the text: no
/// separators, control or format characters (bidi overrides among them), not hidden, no option, no name of a device,
/// at most `mostBytes` of UTF-8, cut between characters as a person sees them. "picture" when nothing is left.
QString safeFileStem(const QString &text, int mostBytes);

/// At most `mostBytes` of UTF-8, no character as a person sees it cut in two.
QString cutToBytes(const QString &text, int mostBytes);

/// "fox.png", "fox-2.png": the name of the n-th file that wants the same one, counted from 1.
QString numberedName(const QString &stem, const QString &extension, int number);

} // namespace plantain
