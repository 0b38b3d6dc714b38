#pragma once

#include "httphead.h"
#include "oneshotbody.h"
#include "result.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace plantain {

/// How long and how much (reliability.md R13). Zero milliseconds: no such limit.
struct HttpLimits
{
    std::chrono::milliseconds connect { std::chrono::seconds(15) }; ///< until the connection takes the request
    std::chrono::milliseconds silence { std::chrono::seconds(60) }; ///< without a byte in either direction
    std::chrono::milliseconds deadline { std::chrono::seconds(120) }; ///< for the whole exchange
    qint64 replyBytes = 4 * 1024 * 1024; ///< of the body, after decompression
};

struct HttpRequest
{
    QByteArray verb; ///< GET, POST, PUT
    QUrl url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    /// Asked at the moment of sending; its value is the Authorization header, empty for none.
    std::function<QByteArray()> authorization;
    std::unique_ptr<OneShotBody> body; ///< of POST and PUT; none: an empty one
};

struct HttpOutcome
{
    HttpHead head; ///< as far as it came
    QByteArray body; ///< what came and went to no sink
    std::optional<Error> error; ///< why there is no complete reply; nothing when there is one, of any status
    qint64 handedOut = 0; ///< bytes of the request body given to the network
    qint64 received = 0; ///< bytes of the reply body
    bool keySent = false;

    bool isComplete() const { return !error; }
};

/// One HTTP exchange. finished() comes exactly once, last, unless the object is dropped before: that is silent.
/// It never repeats a request, follows a redirect, keeps a cookie or accepts a doubtful certificate. Plain http goes
/// to this machine only. On the thread of its manager, which should outlive it.
class HttpExchange final : public QObject
{
    Q_OBJECT
public:
    /// Called with the head of a reply; an Error ends the exchange with it.
    using HeadSink = std::function<std::optional<Error>(const HttpHead &)>;
    /// Gets the body of a 200 or 206 as it comes; an Error ends the exchange with it.
    using DataSink = std::function<std::optional<Error>(const QByteArray &)>;

    HttpExchange(QNetworkAccessManager &network, HttpRequest request, const HttpLimits &limits);
    ~HttpExchange() override;

    void setSinks(HeadSink head, DataSink data);
    void start(); ///< once; failures are reported after it has returned
    void cancel(); ///< idempotent; finished() comes before it returns, with ErrorKind::Cancelled
    void drop(); ///< ends it in silence; idempotent
    bool isOver() const { return m_over; }
    const QUrl &url() const { return m_request.url; }

Q_SIGNALS:
    void uploaded(qint64 sent, qint64 total);
    void downloaded(qint64 received, qint64 total); ///< total -1 when the server did not say
    void over(); ///< it needs no connection any more; before finished(), and when dropped
    void finished(const plantain::HttpOutcome &outcome);

private:
    std::optional<Error> refusal() const;
    QNetworkReply *send();
    void watch();
    void judge();
    void sign(); ///< a sign of life
    void takeHead();
    void takeData();
    void replyFinished();
    std::optional<Error> verdict() const; ///< what a reply that has finished is worth
    Error transportError() const;
    bool somethingLeft() const;
    void end(std::optional<Error> error);
    void release();

    QPointer<QNetworkAccessManager> m_network;
    HttpRequest m_request;
    HttpLimits m_limits;
    HeadSink m_headSink;
    DataSink m_dataSink;
    QPointer<QNetworkReply> m_reply;
    HttpOutcome m_outcome;
    QString m_certificateTrouble;
    QTimer m_watch;
    std::chrono::milliseconds m_started {}, m_lastSign {};
    bool m_connected = false, m_headTaken = false, m_graceGiven = false, m_over = false;
};

struct DropExchange
{
    void operator()(HttpExchange *exchange) const; ///< silences it now, deletes it later: safe inside its own signals
};
using HttpExchangePtr = std::unique_ptr<HttpExchange, DropExchange>;

} // namespace plantain
