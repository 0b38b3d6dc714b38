#include "downloadcall.h"

#include "exchangereplies.h"
#include "replylimits.h"
#include "urlgate.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype decodedAtOnce = 768 * 1024; // a few milliseconds

/// A weak one says that two files look the same, not that they are.
QByteArray strongTag(const HttpHead &head)
{
    const QByteArray tag = head.header("etag").trimmed();
    return tag.size() > 2 && tag.startsWith('"') && tag.endsWith('"') && tag.size() < 300 ? tag : QByteArray();
}

bool isRestOf(const HttpHead &head, const PartOfFile &part)
{
    const QByteArray range = "bytes " + QByteArray::number(part.bytes) + '-' + QByteArray::number(part.total - 1) + '/'
        + QByteArray::number(part.total);
    return part.canGoOn() && head.header("content-range").trimmed().toLower() == range && strongTag(head) == part.etag;
}

} // namespace

DownloadCall::DownloadCall(Wire &wire, const QString &url, Handlers handlers, const PartOfFile &part)
    : m_wire(&wire)
    , m_on(std::move(handlers))
    , m_part(part.canGoOn() ? part : PartOfFile())
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
    m_on = {};
    m_dataUri.reset();
    m_exchange.reset();
}

void DownloadCall::look(const QUrl &url)
{
    m_wire->whenOutside(url, this, [this, url](const std::optional<Error> &error) {
        if (!m_wire || !m_on.finished)
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
    if (m_part.canGoOn()) {
        request.headers.emplace_back("Range", "bytes=" + QByteArray::number(m_part.bytes) + '-');
        request.headers.emplace_back("If-Range", m_part.etag);
    }
    m_exchange = m_wire->prepare(std::move(request), m_wire->limits.download, Wire::Lane::Transfer);
    m_exchange->setSinks([this](const HttpHead &head) { return takeHead(head); },
        [this](const QByteArray &bytes) { return takeData(bytes); });
    connect(m_exchange.get(), &HttpExchange::downloaded, this, [this](qint64 received, qint64 total) {
        const qint64 before = m_file.bytes - received; // of the part that was there
        progress(m_file.bytes, total < 0 ? total : total + before);
    });
    connect(m_exchange.get(), &HttpExchange::finished, this, &DownloadCall::exchangeFinished);
    m_wire->begin(*m_exchange, Wire::Lane::Transfer);
}

std::optional<Error> DownloadCall::takeHead(const HttpHead &head)
{
    if (!head.isSuccess())
        return std::nullopt;
    const QByteArray encoding = head.header("content-encoding").trimmed().toLower();
    if ((head.status != 200 && head.status != 206) || !(encoding.isEmpty() || encoding == "identity"))
        return Error { .kind = ErrorKind::BadReply, .type = u"content_encoding"_s, .message = QString::fromLatin1(encoding),
            .httpStatus = head.status };
    DownloadBegin begin { .goesOn = head.status == 206, .etag = strongTag(head) };
    if (begin.goesOn && !isRestOf(head, m_part))
        return Error { .kind = ErrorKind::BadReply, .type = u"range"_s, .httpStatus = head.status };
    bool numeric = false;
    const qint64 length = head.header("content-length").toLongLong(&numeric);
    begin.total = begin.goesOn ? m_part.total : numeric ? length : -1;
    m_file.bytes = begin.goesOn ? m_part.bytes : 0;
    m_file.contentType = QString::fromLatin1(head.mediaType());
    if (m_wire && begin.total > m_wire->limits.download.replyBytes)
        return Error { .kind = ErrorKind::BadReply, .type = u"too_large"_s, .httpStatus = head.status };
    if (const Begun begun = m_on.begun)
        begun(begin);
    return std::nullopt;
}

std::optional<Error> DownloadCall::takeData(QByteArrayView bytes)
{
    m_file.bytes += bytes.size();
    const Data data = m_on.data; // a copy: the handler may destroy this call
    return data ? data(bytes) : std::nullopt;
}

void DownloadCall::progress(qint64 received, qint64 total)
{
    if (const Progressed progressed = m_on.progressed)
        progressed(received, total);
}

void DownloadCall::exchangeFinished(const HttpOutcome &outcome)
{
    const HttpOutcome clean = m_wire ? m_wire->cleaned(outcome) : outcome;
    if (clean.isComplete() && clean.head.isRedirect()) {
        redirected(outcome);
        return;
    }
    if (clean.isComplete() && (clean.head.status == 200 || clean.head.status == 206)) {
        finish(m_file);
        return;
    }
    Error error = errorOf(clean);
    const int status = error.httpStatus;
    if (clean.isComplete() && (status == 401 || status == 403 || status == 404 || status == 410))
        error.kind = ErrorKind::Expired; // no key was sent, so none was refused
    else if (clean.isComplete() && status == 416 && m_part.canGoOn())
        error = { .kind = ErrorKind::BadReply, .type = u"range"_s, .httpStatus = status };
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
    if (!m_dataUri || !m_on.finished)
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
    if (!m_dataUri || !m_on.finished)
        return; // the handler has ended it
    if (m_dataUri->atEnd())
        finish(m_file);
    else
        QTimer::singleShot(0, this, &DownloadCall::decodeSome);
}

void DownloadCall::finish(Result<DownloadedFile> result)
{
    m_dataUri.reset();
    if (const Finished finished = std::exchange(m_on, {}).finished)
        finished(std::move(result));
}

} // namespace plantain
