#include "requesturls.h"

#include "urlgate.h"

#include <QRegularExpression>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QUrl built(const Ticket &ticket, const Server &server, const QString &ending)
{
    return urlBelow(server.queue, queueAppOf(ticket.endpoint) + u"/requests/"_s + ticket.requestId + ending);
}

QUrl withLogs(QUrl url)
{
    QUrlQuery query(url);
    query.removeAllQueryItems(u"logs"_s);
    query.addQueryItem(u"logs"_s, u"1"_s);
    url.setQuery(query);
    return url;
}

} // namespace

QUrl urlBelow(const QUrl &base, const QString &path)
{
    QUrl url = base.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    QString start = url.path();
    while (start.endsWith(u'/'))
        start.chop(1);
    url.setPath(start + u'/' + path);
    return url;
}

bool isPlainEndpoint(const EndpointId &endpoint)
{
    static const QRegularExpression shape(u"\\A[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+\\z"_s);
    return shape.match(endpoint.text).hasMatch();
}

bool isUsableRequestId(const QString &id)
{
    static const QRegularExpression shape(u"\\A[A-Za-z0-9-]{8,64}\\z"_s);
    return shape.match(id).hasMatch();
}

QUrl statusUrlOf(const Ticket &ticket, const Server &server)
{
    return withLogs(isOwnUrl(ticket.statusUrl, server) ? ticket.statusUrl : built(ticket, server, u"/status"_s));
}

QUrl streamUrlOf(const Ticket &ticket, const Server &server)
{
    // The server names no address for the stream; fal's clients append to the status address.
    QUrl url = isOwnUrl(ticket.statusUrl, server) ? ticket.statusUrl : built(ticket, server, u"/status"_s);
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + u"/stream"_s);
    return withLogs(url);
}

QUrl responseUrlOf(const Ticket &ticket, const Server &server)
{
    return isOwnUrl(ticket.responseUrl, server) ? ticket.responseUrl : built(ticket, server, {});
}

QUrl cancelUrlOf(const Ticket &ticket, const Server &server)
{
    return isOwnUrl(ticket.cancelUrl, server) ? ticket.cancelUrl : built(ticket, server, u"/cancel"_s);
}

} // namespace plantain
