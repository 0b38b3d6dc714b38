#include "uploadcall.h"

#include "exchangereplies.h"
#include "oneshotbody.h"
#include "requesturls.h"

#include <QTimer>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace plantain {

UploadCall::UploadCall(Wire &wire, QIODevice &source, const QString &fileName, const QString &contentType,
    Progressed progressed, Finished finished)
    : m_wire(&wire)
    , m_source(&source)
    , m_contentType(contentType)
    , m_progressed(std::move(progressed))
    , m_finished(std::move(finished))
{
    if (!source.isReadable() || source.isSequential()) {
        QTimer::singleShot(0, this, [this] { finish(failure({ .kind = ErrorKind::Disk, .type = u"io"_s })); });
        return;
    }
    QUrl url = urlBelow(wire.server.storage, u"upload/initiate"_s);
    QUrlQuery query;
    query.addQueryItem(u"storage_type"_s, u"fal-cdn-v3"_s);
    url.setQuery(query);
    const Json body = { { "content_type", contentType.toStdString() }, { "file_name", fileName.toStdString() } };
    HttpRequest request { .verb = "POST", .url = url,
        .headers = { { "Accept", "application/json" }, { "Content-Type", "application/json" } }, .authorization = {},
        .body = std::make_unique<OneShotBody>(toBytes(body)) };
    m_exchange = wire.prepare(std::move(request), wire.limits.initiate, Wire::Lane::Api);
    connect(m_exchange.get(), &HttpExchange::finished, this, &UploadCall::initiated);
    wire.begin(*m_exchange, Wire::Lane::Api);
}

void UploadCall::cancel()
{
    if (m_exchange && !m_exchange->isOver())
        m_exchange->cancel();
    else
        finish(failure({ .kind = ErrorKind::Cancelled }));
}

void UploadCall::silence()
{
    m_progressed = nullptr;
    m_finished = nullptr;
    m_exchange.reset();
}

void UploadCall::initiated(const HttpOutcome &outcome)
{
    const Result<UploadAddress> address = uploadAddressOf(m_wire->cleaned(outcome), m_wire->server);
    if (!address) {
        finish(failure(address.error()));
        return;
    }
    m_fileUrl = address->file;
    m_wire->whenOutside(address->upload, this, [this, url = address->upload](const std::optional<Error> &error) {
        if (!m_wire || !m_finished)
            return;
        if (error)
            finish(failure(*error));
        else
            put(url);
    });
}

void UploadCall::put(const QUrl &url)
{
    if (!m_source) {
        finish(failure({ .kind = ErrorKind::Disk, .type = u"io"_s }));
        return;
    }
    HttpRequest request { .verb = "PUT", .url = url, .headers = { { "Content-Type", m_contentType.toUtf8() } },
        .authorization = {}, .body = std::make_unique<OneShotBody>(*m_source, m_source->size() - m_source->pos()) };
    m_exchange = m_wire->prepare(std::move(request), m_wire->limits.upload, Wire::Lane::Transfer);
    connect(m_exchange.get(), &HttpExchange::uploaded, this, [this](qint64 sent, qint64 total) {
        if (const Progressed progressed = m_progressed; progressed && total > 0)
            progressed(sent, total);
    });
    connect(m_exchange.get(), &HttpExchange::finished, this, [this](const HttpOutcome &outcome) {
        const HttpOutcome clean = m_wire->cleaned(outcome);
        if (clean.isComplete() && clean.head.isSuccess())
            finish(m_fileUrl);
        else
            finish(failure(errorOf(clean)));
    });
    m_wire->begin(*m_exchange, Wire::Lane::Transfer);
}

void UploadCall::finish(Result<QUrl> result)
{
    m_progressed = nullptr;
    if (const Finished finished = std::exchange(m_finished, nullptr))
        finished(std::move(result));
}

} // namespace plantain
