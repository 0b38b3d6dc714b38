#include "httpexchange.h"

#include "awaketime.h"
#include "server.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslError>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace plantain {

namespace {

constexpr qint64 readBuffer = 256 * 1024;
constexpr qint64 errorBodyBytes = 64 * 1024; // of a reply whose 200 would have gone to a sink

// Qt turns a status into an error code of its own; these are the others, where something broke on the way.
bool brokeOnTheWay(QNetworkReply::NetworkError error)
{
    return (error > QNetworkReply::NoError && error <= QNetworkReply::UnknownNetworkError)
        || error == QNetworkReply::ContentReSendError || error == QNetworkReply::ProtocolFailure;
}

} // namespace

HttpExchange::HttpExchange(QNetworkAccessManager &network, HttpRequest request, const HttpLimits &limits)
    : m_network(&network)
    , m_request(std::move(request))
    , m_limits(limits)
{
    m_watch.setSingleShot(true);
    connect(&m_watch, &QTimer::timeout, this, &HttpExchange::judge);
}

HttpExchange::~HttpExchange()
{
    drop();
}

void HttpExchange::setSinks(HeadSink head, DataSink data)
{
    m_headSink = std::move(head);
    m_dataSink = std::move(data);
}

std::optional<Error> HttpExchange::refusal() const
{
    const QUrl &url = m_request.url;
    const bool plain = url.scheme() == u"http"_s && isLoopback(url);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || (url.scheme() != u"https"_s && !plain))
        return Error { .kind = ErrorKind::NotSent, .type = u"address"_s, .message = url.toDisplayString(QUrl::RemoveUserInfo) };
    return std::nullopt;
}

void HttpExchange::start()
{
    if (m_over || m_reply || !m_network)
        return;
    m_started = m_lastSign = awakeTime();
    if (const std::optional<Error> error = refusal()) {
        QTimer::singleShot(0, this, [this, error] { end(error); });
        return;
    }
    m_reply = send();
    m_reply->setReadBufferSize(readBuffer);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { sign(); });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::takeHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::takeData);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::replyFinished);
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64 total) {
        if (sent > 0)
            sign();
        Q_EMIT uploaded(sent, total);
    });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_certificateTrouble += (m_certificateTrouble.isEmpty() ? QString() : u"; "_s) + error.errorString();
    });
    // The manager takes its replies along when it goes: nobody is left who could answer.
    connect(m_reply, &QObject::destroyed, this, &HttpExchange::drop);
    watch();
}

QNetworkReply *HttpExchange::send()
{
    QNetworkRequest request(m_request.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // R10
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"plantain/" PLANTAIN_VERSION ""_s);
    for (const auto &[name, value] : m_request.headers)
        request.setRawHeader(name, value);
    if (const QByteArray value = m_request.authorization ? m_request.authorization() : QByteArray(); !value.isEmpty()) {
        request.setRawHeader("Authorization", value);
        m_outcome.keySent = true;
    }
    if (m_request.verb == "GET")
        return m_network->get(request);
    const bool isPut = m_request.verb == "PUT";
    if (!m_request.body) {
        // Qt guesses a content type, with a warning, for any POST or PUT that names none.
        if (request.header(QNetworkRequest::ContentTypeHeader).isNull())
            request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        request.setHeader(QNetworkRequest::ContentLengthHeader, 0);
        return isPut ? m_network->put(request, QByteArray()) : m_network->post(request, QByteArray());
    }
    OneShotBody *body = m_request.body.get();
    connect(body, &OneShotBody::taken, this, &HttpExchange::sign);
    connect(body, &OneShotBody::broken, this,
        [this] { end(Error { .kind = ErrorKind::Disk, .type = u"io"_s }); }, Qt::QueuedConnection);
    // Without this attribute Qt would copy the whole body first and then repeat from the copy.
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setHeader(QNetworkRequest::ContentLengthHeader, body->size());
    return isPut ? m_network->put(request, body) : m_network->post(request, body);
}

void HttpExchange::cancel()
{
    end(Error { .kind = ErrorKind::Cancelled });
}

void HttpExchange::drop()
{
    if (m_over)
        return;
    m_over = true;
    disconnect(this, &HttpExchange::finished, nullptr, nullptr);
    release();
    Q_EMIT over();
}

void HttpExchange::sign()
{
    m_lastSign = awakeTime();
    if (std::exchange(m_connected, true) || m_over)
        return;
    watch(); // the limit of silence counts from here
}

// One timer for three limits. It looks at least every five seconds, so that a machine that slept finds out soon.
void HttpExchange::watch()
{
    const auto now = awakeTime();
    auto next = now + 5s;
    if (m_limits.connect > 0ms && !m_connected)
        next = std::min(next, m_started + m_limits.connect);
    if (m_limits.silence > 0ms && m_connected)
        next = std::min(next, m_lastSign + m_limits.silence);
    if (m_limits.deadline > 0ms)
        next = std::min(next, m_started + m_limits.deadline);
    m_watch.start(std::max(1ms, next - now + 1ms));
}

void HttpExchange::judge()
{
    const auto now = awakeTime();
    struct Limit
    {
        std::chrono::milliseconds due;
        ErrorKind kind;
        QString type;
        bool applies;
    };
    const Limit limits[] = {
        { m_started + m_limits.connect, ErrorKind::NotSent, u"connect_timeout"_s, m_limits.connect > 0ms && !m_connected },
        { m_lastSign + m_limits.silence, ErrorKind::TimedOut, u"silence"_s, m_limits.silence > 0ms && m_connected },
        { m_started + m_limits.deadline, ErrorKind::TimedOut, u"deadline"_s, m_limits.deadline > 0ms },
    };
    for (const Limit &limit : limits) {
        if (!limit.applies || now < limit.due)
            continue;
        // Much too late: this process or the machine slept, and an answer may lie there unread. It goes first.
        if (now - limit.due > 1s && !m_graceGiven) {
            m_graceGiven = true;
            m_watch.start(500ms);
            return;
        }
        const ErrorKind kind = limit.kind == ErrorKind::TimedOut && !somethingLeft() ? ErrorKind::NotSent : limit.kind;
        end(Error { .kind = kind, .type = limit.type });
        return;
    }
    m_graceGiven = false;
    watch();
}

void HttpExchange::takeHead()
{
    if (m_over || !m_reply)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return;
    sign();
    m_outcome.head.status = status;
    m_outcome.head.headers.clear();
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        m_outcome.head.headers.emplace_back(name, value);
    if (m_headTaken)
        return;
    m_headTaken = true;
    bool numeric = false;
    const qint64 length = m_outcome.head.header("content-length").toLongLong(&numeric);
    if (numeric && length > m_limits.replyBytes) {
        end(Error { .kind = ErrorKind::BadReply, .type = u"too_large"_s, .httpStatus = status });
        return;
    }
    if (m_headSink) {
        const HeadSink sink = m_headSink;
        if (std::optional<Error> error = sink(m_outcome.head))
            end(std::move(error));
    }
}

void HttpExchange::takeData()
{
    if (m_over || !m_reply)
        return;
    if (!m_headTaken)
        takeHead();
    const bool toSink = m_dataSink && (m_outcome.head.status == 200 || m_outcome.head.status == 206);
    const qint64 limit = m_dataSink && !toSink ? errorBodyBytes : m_limits.replyBytes;
    while (!m_over && m_reply && m_reply->bytesAvailable() > 0) {
        const QByteArray bytes = m_reply->read(readBuffer);
        if (bytes.isEmpty())
            break;
        sign();
        m_outcome.received += bytes.size();
        if (m_outcome.received > limit) {
            end(Error { .kind = ErrorKind::BadReply, .type = u"too_large"_s, .httpStatus = m_outcome.head.status });
            return;
        }
        if (!toSink) {
            m_outcome.body += bytes;
            continue;
        }
        const DataSink sink = m_dataSink;
        if (std::optional<Error> error = sink(bytes)) {
            end(std::move(error));
            return;
        }
        if (m_over)
            return;
        bool numeric = false;
        const qint64 total = m_outcome.head.header("content-length").toLongLong(&numeric);
        Q_EMIT downloaded(m_outcome.received, numeric ? total : -1);
    }
}

void HttpExchange::replyFinished()
{
    takeHead();
    takeData();
    if (!m_over)
        end(verdict());
}

// The status is looked at before the reply's error code: Qt knows only some of them.
std::optional<Error> HttpExchange::verdict() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    const HttpHead &head = m_outcome.head;
    if (head.status == 0)
        return transportError();
    const bool statusExplains = head.status >= 400 && !brokeOnTheWay(error);
    // On 307 and on a challenge Qt rewinds the body for the next try, which nobody asked for: the answer stands.
    const bool couldNotGoOn = error == QNetworkReply::ContentReSendError && (head.isRedirect() || head.status == 401);
    if (couldNotGoOn)
        return std::nullopt;
    if (error != QNetworkReply::NoError && !statusExplains)
        return transportError();
    bool numeric = false;
    const qint64 length = head.header("content-length").toLongLong(&numeric);
    if (numeric && head.header("content-encoding").isEmpty() && m_outcome.received < length) {
        return Error { .kind = ErrorKind::NoAnswer, .type = u"truncated"_s, .httpStatus = head.status };
    }
    return std::nullopt;
}

bool HttpExchange::somethingLeft() const
{
    // Qt sends the head together with the first bytes of a body, so an untouched body means that nothing left.
    return m_request.body ? m_request.body->handedOut() > 0 : m_connected;
}

Error HttpExchange::transportError() const
{
    Error error { .kind = somethingLeft() ? ErrorKind::NoAnswer : ErrorKind::NotSent, .httpStatus = m_outcome.head.status };
    error.message = m_reply->errorString();
    switch (m_reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
        error.type = u"refused"_s;
        break;
    case QNetworkReply::HostNotFoundError:
        error.type = u"host_not_found"_s;
        error.message = m_request.url.host();
        break;
    case QNetworkReply::SslHandshakeFailedError:
        // A handshake that was cut looks the same but for the trouble.
        error.type = m_certificateTrouble.isEmpty() ? u"tls"_s : u"certificate"_s;
        if (!m_certificateTrouble.isEmpty())
            error.message = u"%1 (%2)"_s.arg(m_request.url.host(), m_certificateTrouble);
        break;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: // Qt wanted to send the body again and could not
        error.type = u"closed"_s;
        error.message.clear();
        break;
    default:
        error.type = u"network"_s;
    }
    return error;
}

void HttpExchange::end(std::optional<Error> error)
{
    if (m_over)
        return;
    m_over = true;
    m_outcome.error = std::move(error);
    if (m_request.body)
        m_outcome.handedOut = m_request.body->handedOut();
    release();
    Q_EMIT over();
    Q_EMIT finished(m_outcome);
}

void HttpExchange::release()
{
    m_watch.stop();
    if (!m_reply)
        return;
    // abort() emits finished() before it returns.
    m_reply->disconnect(this);
    m_reply->abort();
    // The reply reads from the body until it is gone.
    if (m_request.body) {
        m_request.body->disconnect(this);
        m_request.body.release()->setParent(m_reply);
    }
    m_reply->deleteLater();
    m_reply.clear();
}

void DropExchange::operator()(HttpExchange *exchange) const
{
    if (!exchange)
        return;
    exchange->drop();
    exchange->deleteLater();
}

} // namespace plantain
