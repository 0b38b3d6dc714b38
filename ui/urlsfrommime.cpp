#include "urlsfrommime.h"

#include <QMimeData>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype mostText = 64 * 1024;

QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (const QString trimmed = line.trimmed(); !trimmed.isEmpty() && !trimmed.startsWith(u'#'))
            lines.append(trimmed);
    }
    return lines;
}

bool isWeb(const QUrl &url)
{
    return url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && !url.host().isEmpty();
}

} // namespace

QList<QUrl> urlsFromMime(const QMimeData &data)
{
    QList<QUrl> urls = data.urls();
    urls.removeIf([](const QUrl &url) { return url.isRelative(); }); // Qt takes a list's comments for addresses
    if (!urls.isEmpty())
        return urls;
    const QByteArray list = data.data(u"text/uri-list"_s);
    if (!list.isEmpty() && list.size() <= mostText) {
        for (const QString &line : linesOf(QString::fromUtf8(list)))
            urls.append(QUrl(line, QUrl::TolerantMode));
        return urls;
    }
    if (!data.hasText())
        return {};
    const QString text = data.text();
    if (text.size() > mostText)
        return {};
    for (const QString &line : linesOf(text)) {
        const QUrl url(line, QUrl::TolerantMode);
        if (!isWeb(url))
            return {};
        urls.append(url);
    }
    return urls;
}

} // namespace plantain
