#include "networkaccess.h"

#include "server.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

class SystemProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        QUrl url = query.url();
        if (url.host().isEmpty()) {
            url = QUrl();
            url.setScheme(u"http"_s);
            url.setHost(query.peerHostName());
        }
        if (isLoopback(url))
            return { QNetworkProxy::NoProxy };
        return systemProxyForQuery(query);
    }
};

} // namespace

std::unique_ptr<QNetworkAccessManager> makeNetworkAccess()
{
    auto network = std::make_unique<QNetworkAccessManager>();
    network->setProxyFactory(new SystemProxies); // the manager owns it
    network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    network->setAutoDeleteReplies(false);
    network->setStrictTransportSecurityEnabled(false); // its store would be something kept; plain http is refused anyway
    return network;
}

} // namespace plantain
