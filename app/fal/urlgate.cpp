#include "urlgate.h"

#include "replylimits.h"

#include <QtEndian>

#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

struct Block
{
    const char *address;
    int bits;
};

// IANA's special-purpose registries: everything that is not globally reachable.
constexpr std::array internalBlocks {
    Block { "0.0.0.0", 8 }, Block { "10.0.0.0", 8 }, Block { "100.64.0.0", 10 }, Block { "127.0.0.0", 8 },
    Block { "169.254.0.0", 16 }, Block { "172.16.0.0", 12 }, Block { "192.0.0.0", 24 }, Block { "192.0.2.0", 24 },
    Block { "192.168.0.0", 16 }, Block { "198.18.0.0", 15 }, Block { "198.51.100.0", 24 }, Block { "203.0.113.0", 24 },
    Block { "224.0.0.0", 4 }, Block { "240.0.0.0", 4 },
    // Of IPv6 only 2000::/3 is given out; of that these carry another address inside or are for documents.
    Block { "2001::", 23 }, Block { "2001:db8::", 32 }, Block { "2002::", 16 }, Block { "3fff::", 20 },
};

bool isInternalAddress(const QHostAddress &address)
{
    bool isV4 = false;
    const QHostAddress plain(address.toIPv4Address(&isV4)); // also of ::ffff:a.b.c.d
    if (!isV4 && !address.isInSubnet(QHostAddress(u"2000::"_s), 3))
        return true;
    const QHostAddress &subject = isV4 ? plain : address;
    for (const Block &block : internalBlocks) {
        const QHostAddress start(QString::fromLatin1(block.address));
        if (start.protocol() == subject.protocol() && subject.isInSubnet(start, block.bits))
            return true;
    }
    return false;
}

} // namespace

Error unexpectedAddress(const QString &what)
{
    return { .kind = ErrorKind::BadReply, .type = u"address"_s, .message = what.left(200) };
}

bool isInternalHost(const QString &host)
{
    QString name = host.toLower();
    while (name.endsWith(u'.'))
        name.chop(1);
    QHostAddress address;
    if (address.setAddress(name))
        return isInternalAddress(address);
    // A public name has a dot; the rest are names of a machine or of a network.
    if (name.isEmpty() || !name.contains(u'.'))
        return true;
    for (const QString &ending : { u".localhost"_s, u".local"_s, u".localdomain"_s, u".internal"_s, u".home.arpa"_s,
             u".lan"_s, u".intranet"_s }) {
        if (name.endsWith(ending))
            return true;
    }
    return false;
}

bool leadsInside(const QHostAddress &address)
{
    if (address.protocol() == QHostAddress::IPv6Protocol && address.isInSubnet(QHostAddress(u"64:ff9b::"_s), 96)) {
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        return leadsInside(QHostAddress(qFromBigEndian<quint32>(bytes.c + 12)));
    }
    return isInternalAddress(address) && !address.isInSubnet(QHostAddress(u"198.18.0.0"_s), 15);
}

bool isOwnUrl(const QUrl &url, const Server &server)
{
    return url.isValid() && sameOrigin(url, server.queue) && url.userInfo().isEmpty() && !url.hasFragment()
        && (url.scheme() == u"https"_s || isLoopback(url)) && url.toEncoded().size() <= longestUrl;
}

Result<QUrl> gated(const QString &text, const Server &server)
{
    if (text.size() > longestUrl)
        return failure(unexpectedAddress(text));
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid())
        return failure(unexpectedAddress(text));
    return gated(url, server);
}

Result<QUrl> gated(const QUrl &url, const Server &server)
{
    const auto no = [&url] { return failure(unexpectedAddress(url.toDisplayString(QUrl::RemoveUserInfo))); };
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.toEncoded().size() > longestUrl)
        return no();
    const bool serverIsHere = isLoopback(server.queue);
    const bool isServersHost = url.host() == server.queue.host();
    if (url.scheme() == u"http"_s)
        return serverIsHere && isLoopback(url) ? Result<QUrl>(url) : no();
    if (url.scheme() != u"https"_s)
        return no();
    if (isInternalHost(url.host()) && !isServersHost && !(serverIsHere && isLoopback(url)))
        return no();
    return url;
}

} // namespace plantain
