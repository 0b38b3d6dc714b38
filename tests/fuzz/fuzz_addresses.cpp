#include "datauri.h"
#include "fuzztarget.h"
#include "redaction.h"
#include "requesturls.h"
#include "urlgate.h"

#include <QHostAddress>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

void checkGate(const QString &text, const Server &server)
{
    const Result<QUrl> url = gated(text, server);
    if (!url) {
        fuzz::require(url.error().message.size() <= 200, "a refused address is not repeated at length");
        return;
    }
    const bool serverIsHere = isLoopback(server.queue);
    fuzz::require(url->scheme() == u"https"_s || (url->scheme() == u"http"_s && serverIsHere && isLoopback(*url)), "https");
    fuzz::require(url->userInfo().isEmpty() && !url->host().isEmpty(), "a host and nobody's name");
    const QHostAddress address(url->host());
    const bool isPublic = !address.isLoopback() && !address.isMulticast() && !address.isLinkLocal() && !address.isUniqueLocalUnicast()
        && !address.isInSubnet(QHostAddress(u"10.0.0.0"_s), 8) && !address.isInSubnet(QHostAddress(u"192.168.0.0"_s), 16);
    fuzz::require(serverIsHere || address.isNull() || isPublic, "no address of a private network");
    fuzz::require(gated(url->toString(QUrl::FullyEncoded), server).has_value(), "the same when written and read again");
}

void checkDataUri(const QString &text)
{
    constexpr qint64 most = 4096;
    Result<DataUri> uri = DataUri::open(text, most);
    if (!uri)
        return;
    fuzz::require(uri->size() >= 0 && uri->size() <= most, "a size within the limit");
    qint64 got = 0;
    while (!uri->atEnd()) {
        const Result<QByteArray> piece = uri->next(64);
        if (!piece)
            return;
        got += piece->size();
    }
    fuzz::require(got == uri->size(), "as many bytes as said");
}

} // namespace

/// An address that a server named.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Server fal = Server::fal();
    static const Server local = Server::at(QUrl(u"http://127.0.0.1:4170"_s), true);
    const QString text = QString::fromUtf8(fuzz::copyOf(data, size));
    checkGate(text, fal);
    checkGate(text, local);
    const QUrl url(text, QUrl::StrictMode);
    fuzz::require(!isOwnUrl(url, fal) || url.host() == u"queue.fal.run"_s, "own is own");
    checkDataUri(text);
    fuzz::require(!isUsableRequestId(text) || (!text.contains(u'/') && !text.contains(u'.')), "an id stays in its place");
    (void)isPlainEndpoint({ text });
    (void)Server::parse(text);
    fuzz::require(!redacted(text, "ident:s3cretcanary").contains(u"s3cretcanary"_s), "no key in what is shown");
    return 0;
}
