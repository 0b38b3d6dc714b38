#include "misfits.h"

#include "errortypes.h"
#include "quotedtext.h"

using namespace Qt::StringLiterals;

namespace plantain {

std::optional<SandboxOutcome> endOnDemand(const Directives &asked)
{
    if (findModelError(asked.error))
        return modelError(asked.error);
    if (findRequestError(asked.error))
        return requestError(asked.error);
    if (!asked.error.isEmpty())
        return plainError(400, u"sandbox: there is no error \"%1\""_s.arg(asked.error));
    if (asked.http)
        return plainError(*asked.http, u"The sandbox answers %1, as it was asked to"_s.arg(*asked.http));
    if (asked.html) {
        SandboxOutcome outcome = plainError(*asked.html, u"The sandbox answers with a web page, as it was asked to"_s);
        outcome.contentType = "text/html";
        outcome.body = webPage(*asked.html);
        return outcome;
    }
    return std::nullopt;
}

QByteArray misfit(const Directives &asked, const QByteArray &encoded, const QImage &image)
{
    QByteArray bytes = encoded;
    if (asked.type == u"png"_s || asked.type == u"jpeg"_s || asked.type == u"webp"_s)
        bytes = encodePicture(image, asked.type);
    else if (asked.type == u"gif"_s) // one transparent pixel
        bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    else if (asked.type == u"svg"_s)
        bytes = R"(<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>)";
    else if (asked.type == u"html"_s)
        bytes = webPage(200);
    else if (asked.type == u"text"_s)
        bytes = "This is no picture.\n";
    else if (asked.type == u"empty"_s)
        bytes.clear();
    return asked.truncated ? bytes.first(bytes.size() * 2 / 3) : bytes;
}

QString descriptionOf(const Directives &asked, const Painting &painting, const QString &motif)
{
    if (asked.description == u"empty"_s)
        return {};
    if (asked.description == u"long"_s)
        return QString(u"A very long description that says little. "_s).repeated(500);
    if (asked.description == u"markup"_s)
        return u"<b>Bold</b> & <img src=\"file:///etc/hostname\"> <a href=\"https://example.com\">a link</a>"_s;
    if (painting.seed % 8 == 7) // the real model often says nothing
        return {};
    QString text = u"A placeholder drawn by the sandbox: %1, %2 by %3 pixels."_s
                       .arg(motif.isEmpty() ? u"a picture from the folder it was given"_s : motif)
                       .arg(painting.size.width())
                       .arg(painting.size.height());
    if (!painting.references.empty())
        text += u" It shows %1 reference(s) in their order."_s.arg(painting.references.size());
    const QStringList words = quotedStrings(painting.prompt);
    if (!words.isEmpty())
        text += u" In large type: \u201c%1\u201d."_s.arg(words.join(u"\u201d, \u201c"_s));
    return text;
}

QByteArray webPage(int status)
{
    const QByteArray code = QByteArray::number(status);
    return "<!doctype html><html><head><title>" + code + "</title></head><body><h1>" + code
        + "</h1><p>nginx</p></body></html>\n";
}

} // namespace plantain
