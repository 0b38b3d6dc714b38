#include "difftext.h"

#include "selectabletext.h"
#include "theme.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("DiffText", text);
}

/// By line as well as by colour, so that it is seen without telling colours apart.
QTextCharFormat formatOf(DiffSpan::Kind kind, DiffSide side, const QPalette &palette)
{
    const ThemeColours &colours = coloursOf(palette);
    QTextCharFormat format;
    if (kind == DiffSpan::Kind::Moved) {
        format.setUnderlineStyle(QTextCharFormat::DashUnderline);
        format.setUnderlineColor(colours.muted);
        format.setForeground(colours.muted);
        return format;
    }
    QColor behind = side == DiffSide::Before ? colours.bad : colours.good;
    behind.setAlpha(isDark(palette) ? 90 : 50);
    format.setBackground(behind);
    format.setForeground(palette.text());
    if (side == DiffSide::After)
        format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
    return format;
}

} // namespace

void showDiff(SelectableText &shown, const QString &text, const std::vector<DiffSpan> &spans, DiffSide side)
{
    shown.setShown(text);
    QList<QTextEdit::ExtraSelection> marks;
    QStringList changed, moved;
    for (const DiffSpan &span : spans) {
        if (span.kind == DiffSpan::Kind::Same)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(shown.document());
        mark.cursor.setPosition(int(span.start));
        mark.cursor.setPosition(int(span.start + span.length), QTextCursor::KeepAnchor);
        mark.format = formatOf(span.kind, side, shown.palette());
        marks << mark;
        (span.kind == DiffSpan::Kind::Moved ? moved : changed) << text.mid(span.start, span.length).trimmed();
    }
    shown.setExtraSelections(marks);
    QStringList words;
    if (!changed.isEmpty())
        words << tr("Only here: %1.").arg(changed.join(u"; "_s));
    if (!moved.isEmpty())
        words << tr("At another place: %1.").arg(moved.join(u"; "_s));
    shown.setAccessibleDescription(words.join(u' '));
}

} // namespace plantain
