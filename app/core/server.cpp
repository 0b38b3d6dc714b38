#include "server.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == u"https"_s ? 443 : url.scheme() == u"http"_s ? 80 : -1);
}

QUrl below(const QUrl &base, const QString &path)
{
    QUrl url = base;
    url.setPath(base.path() + path);
    return url;
}

tl::unexpected<Error> refused(const QString &message)
{
    return failure({ .kind = ErrorKind::InvalidInput, .type = u"server"_s, .message = message, .field = u"server"_s });
}

} // namespace

Server Server::fal()
{
    return { .name = u"fal"_s,
        .queue = QUrl(u"https://queue.fal.run"_s),
        .sync = QUrl(u"https://fal.run"_s),
        .storage = QUrl(u"https://rest.fal.ai/storage"_s),
        .platform = QUrl(u"https://api.fal.ai/v1"_s),
        .isFal = true };
}

Server Server::at(const QUrl &base, bool sandbox)
{
    QUrl trimmed = base.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
    QString path = trimmed.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    trimmed.setPath(path);
    return { .name = sandbox ? u"sandbox"_s : trimmed.toString(QUrl::FullyEncoded),
        .queue = trimmed,
        .sync = below(trimmed, u"/run"_s),
        .storage = below(trimmed, u"/storage"_s),
        .platform = below(trimmed, u"/v1"_s),
        .isSandbox = sandbox };
}

Result<Server> Server::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == u"fal"_s)
        return fal();
    const QUrl url(trimmed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"https"_s && url.scheme() != u"http"_s))
        return refused(u"\"%1\" is neither \"fal\" nor an http(s) address"_s.arg(trimmed));
    if (!url.userInfo().isEmpty())
        return refused(u"the address of a server holds no name or password; the key is given as FAL_KEY"_s);
    if (url.hasQuery() || url.hasFragment())
        return refused(u"the address of a server ends with its path"_s);
    if (url.scheme() == u"http"_s && !isLoopback(url))
        return refused(
            u"the key would travel in clear to %1: use https, http is for this machine alone"_s.arg(url.host()));
    return at(url);
}

bool isLoopback(const QUrl &url)
{
    static const QRegularExpression ipv4(u"\\A127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\z"_s);
    const QString host = url.host();
    return host == u"localhost"_s || host == u"::1"_s || ipv4.match(host).hasMatch();
}

bool sameOrigin(const QUrl &one, const QUrl &other)
{
    if (!one.isValid() || !other.isValid() || one.host().isEmpty())
        return false;
    // A name in front of the host is how look-alikes are made; no server of ours hands such a URL out.
    if (!one.userInfo().isEmpty() || !other.userInfo().isEmpty())
        return false;
    return one.scheme() == other.scheme() && one.host() == other.host() && portOf(one) == portOf(other);
}

QString queueAppOf(const EndpointId &endpoint)
{
    const QStringList parts = endpoint.text.split(u'/', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return {};
    const bool threeParts = parts.first() == u"workflows"_s || parts.first() == u"comfy"_s;
    return parts.first(qMin(parts.size(), qsizetype(threeParts ? 3 : 2))).join(u'/');
}

} // namespace plantain
