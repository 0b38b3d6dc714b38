#include "downloadcall.h"

#include "exchangereplies.h"
#include "replylimits.h"
#include "urlgate.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype decodedAtOnce = 768 * 1024; // a few milliseconds

} // namespace

DownloadCall::DownloadCall(Wire &wire, const QString &url, Data data, Progressed progressed, Finished finished)
    : m_wire(&wire)
    , m_data(std::move(data))
    , m_progressed(std::move(progressed))
    , m_finished(std::move(finished))
{
    if (DataUri::isDataUri(url)) {
        Result<DataUri> uri = DataUri::open(url, wire.limits.download.replyBytes);
        if (!uri) {
            finishLater(uri.error());
            return;
        }
        m_dataUri = std::move(*uri);
        m_file.contentType = m_dataUri->mediaType();
        m_file.finalUrl = u"data:"_s + m_file.contentType;
        QTimer::singleShot(0, this, &DownloadCall::decodeSome);
        return;
    }
    const Result<QUrl> allowed = gated(url, wire.server);
    if (allowed)
        look(*allowed);
    else
        finishLater(allowed.error());
}

void DownloadCall::finishLater(const Error &error)
{
    QTimer::singleShot(0, this, [this, error] { finish(failure(error)); });
}

void DownloadCall::cancel()
{
    if (m_exchange && !m_exchange->isOver())
        m_exchange->cancel();
    else
        finish(failure({ .kind = ErrorKind::Cancelled }));
}

void DownloadCall::silence()
{
    m_data = nullptr;
    m_progressed = nullptr;
    m_finished = nullptr;
    m_dataUri.reset();
    m_exchange.reset();
}

void DownloadCall::look(const QUrl &url)
{
    m_wire->whenOutside(url, this, [this, url](const std::optional<Error> &error) {
        if (!m_wire || !m_finished)
            return;
        if (error)
            finish(failure(*error));
        else
            fetch(url);
    });
}

void DownloadCall::fetch(const QUrl &url)
{
    m_file.finalUrl = url.toString(QUrl::FullyEncoded);
    // identity: the bytes are kept as they are sent, and their count is checked against Content-Length.
    HttpRequest request { .verb = "GET", .url = url, .headers = { { "Accept", "*/*" }, { "Accept-Encoding", "identity" } },
        .authorization = {}, .body = {} };
    m_exchange = m_wire->prepare(std::move(request), m_wire->limits.download, Wire::Lane::Transfer);
    m_exchange->setSinks([this](const HttpHead &head) { return takeHead(head); },
        [this](const QByteArray &bytes) { return takeData(bytes); });
    connect(m_exchange.get(), &HttpExchange::downloaded, this, &DownloadCall::progress);
    connect(m_exchange.get(), &HttpExchange::finished, this, &DownloadCall::exchangeFinished);
    m_wire->begin(*m_exchange, Wire::Lane::Transfer);
}

std::optional<Error> DownloadCall::takeHead(const HttpHead &head)
{
    if (!head.isSuccess())
        return std::nullopt;
    const QByteArray encoding = head.header("content-encoding").trimmed().toLower();
    if (head.status != 200 || !(encoding.isEmpty() || encoding == "identity"))
        return Error { .kind = ErrorKind::BadReply, .type = u"content_encoding"_s, .message = QString::fromLatin1(encoding),
            .httpStatus = head.status };
    m_file.contentType = QString::fromLatin1(head.mediaType());
    return std::nullopt;
}

std::optional<Error> DownloadCall::takeData(QByteArrayView bytes)
{
    m_file.bytes += bytes.size();
    const Data data = m_data; // a copy: the handler may destroy this call
    return data ? data(bytes) : std::nullopt;
}

void DownloadCall::progress(qint64 received, qint64 total)
{
    if (const Progressed progressed = m_progressed)
        progressed(received, total);
}

void DownloadCall::exchangeFinished(const HttpOutcome &outcome)
{
    const HttpOutcome clean = m_wire ? m_wire->cleaned(outcome) : outcome;
    if (clean.isComplete() && clean.head.isRedirect()) {
        redirected(outcome);
        return;
    }
    if (clean.isComplete() && clean.head.status == 200) {
        finish(m_file);
        return;
    }
    Error error = errorOf(clean);
    const int status = error.httpStatus;
    if (clean.isComplete() && (status == 403 || status == 404 || status == 410))
        error.kind = ErrorKind::Expired;
    else if (error.type == u"too_large"_s)
        error.kind = ErrorKind::BadPicture;
    finish(failure(error));
}

void DownloadCall::redirected(const HttpOutcome &outcome)
{
    const QUrl from = m_exchange->url();
    const QUrl to = from.resolved(QUrl::fromEncoded(outcome.head.header("location"), QUrl::StrictMode));
    const Result<QUrl> allowed = gated(to, m_wire->server);
    const bool downgrade = from.scheme() == u"https"_s && to.scheme() != u"https"_s;
    if (outcome.head.header("location").isEmpty() || !allowed || downgrade || ++m_hops > mostHops) {
        finish(failure({ .kind = ErrorKind::BadReply, .type = u"redirect"_s,
            .message = to.toDisplayString(QUrl::RemoveUserInfo).left(200), .httpStatus = outcome.head.status }));
        return;
    }
    look(*allowed);
}

void DownloadCall::decodeSome()
{
    if (!m_dataUri || !m_finished)
        return;
    const qint64 total = m_dataUri->size();
    if (!m_dataUri->atEnd()) {
        const Result<QByteArray> bytes = m_dataUri->next(decodedAtOnce);
        std::optional<Error> error = bytes ? takeData(*bytes) : std::optional(bytes.error());
        if (error) {
            finish(failure(*error));
            return;
        }
        progress(m_file.bytes, total);
    }
    if (!m_dataUri || !m_finished)
        return; // the handler has ended it
    if (m_dataUri->atEnd())
        finish(m_file);
    else
        QTimer::singleShot(0, this, &DownloadCall::decodeSome);
}

void DownloadCall::finish(Result<DownloadedFile> result)
{
    m_data = nullptr;
    m_progressed = nullptr;
    m_dataUri.reset();
    if (const Finished finished = std::exchange(m_finished, nullptr))
        finished(std::move(result));
}

} // namespace plantain
