#pragma once

#include <QString>

class QTextDocument;

namespace plantain {

/// The text as it was written: QTextDocument::toPlainText() would make plain spaces of those that do not break.
QString textOf(const QTextDocument &document);

/// Text for a tool tip, shown as it stands whatever is written in it: Qt takes any text that looks like markup for
/// markup, and opens the local files it names (reliability.md A18).
QString plainToolTip(const QString &text);

} // namespace plantain
