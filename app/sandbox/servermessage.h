#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QPair>
#include <QString>

#include <functional>
#include <optional>

namespace plantain {

/// One request as the sandbox sees it, its body still unread. Lives on the connection's thread.
struct ServerRequest
{
    QByteArray method;
    QByteArray target; ///< as sent: path and query
    QList<QByteArray> path; ///< segments, percent-decoded, without empty ones
    QList<QPair<QByteArray, QByteArray>> query; ///< decoded
    QList<QPair<QByteArray, QByteArray>> headers; ///< names in lower case

    /// Gives the body piecewise; ends early when the receiver says false. False when it did not come whole.
    std::function<bool(const std::function<bool(QByteArrayView)> &)> readBody;
    std::function<bool()> peerGone; ///< the client has hung up

    QByteArray header(QByteArrayView name) const; ///< empty when not there
    int headerCount(QByteArrayView name) const;
    QByteArray queryValue(QByteArrayView name) const;
    bool hasQuery(QByteArrayView name) const;
    /// From Content-Length; 0 when there is none, nothing when it is no plain number.
    std::optional<qint64> contentLength() const;
    QByteArray body() const; ///< the whole, or empty when it did not come whole
    QByteArray origin() const; ///< "http://" + Host: the base under which this client knows us
};

/// Splits and decodes a request target.
void setTarget(ServerRequest &request, const QByteArray &target);

/// Writes one chunk of an event stream; false when the client is gone.
using EventWriter = std::function<bool(const QByteArray &)>;

struct ServerReply
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    QList<QPair<QByteArray, QByteArray>> headers;

    QString file; ///< sent instead of `body`; Range is honoured
    std::function<void(const EventWriter &)> events; ///< sent instead of `body`, until it returns
    std::optional<qint64> cutAfter; ///< hangs up after so many bytes of the body it announced
    bool drop = false; ///< hangs up without a word
};

} // namespace plantain
