#include "plaintext.h"

#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace plantain {

QString textOf(const QTextDocument &document)
{
    QString text = document.toRawText();
    for (const QChar separator : { QChar(QChar::ParagraphSeparator), QChar(QChar::LineSeparator) })
        text.replace(separator, QChar(u'\n'));
    return text;
}

QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return u"<qt>"_s + text.toHtmlEscaped().replace(u'\n', "<br>"_L1) + u"</qt>"_s;
}

} // namespace plantain
