#include "uploadcall.h"

#include "exchangereplies.h"
#include "storagerequests.h"

#include <QFile>
#include <QTimer>

namespace plantain {

UploadCall::UploadCall(Wire &wire, UploadPlan plan, UploadEvents events)
    : m_wire(&wire)
    , m_plan(std::move(plan))
    , m_events(std::move(events))
{
    Result<std::unique_ptr<QFile>> file = openedForUpload(m_plan.file);
    if (!file) {
        QTimer::singleShot(0, this, [this, error = file.error()] { finish(failure(error)); });
        return;
    }
    m_file = *std::move(file);
    m_exchange = wire.prepare(initiateRequest(wire.server, m_plan), wire.limits.initiate, Wire::Lane::Api);
    connect(m_exchange.get(), &HttpExchange::finished, this, &UploadCall::initiated);
    wire.begin(*m_exchange, Wire::Lane::Api);
}

UploadCall::~UploadCall() = default;

void UploadCall::cancel()
{
    if (m_exchange && !m_exchange->isOver())
        m_exchange->cancel();
    else
        finish(failure({ .kind = ErrorKind::Cancelled }));
}

void UploadCall::silence()
{
    m_events = {};
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
        if (!m_wire || !m_events.finished)
            return;
        if (error)
            finish(failure(*error));
        else
            put(url);
    });
}

void UploadCall::put(const QUrl &url)
{
    m_exchange = m_wire->prepare(putRequest(url, *m_file, m_file->size(), m_plan.contentType), m_wire->limits.upload,
        Wire::Lane::Transfer);
    connect(m_exchange.get(), &HttpExchange::uploaded, this, [this](qint64 sent, qint64 total) {
        if (const auto progressed = m_events.progressed; progressed && total > 0)
            progressed(sent, total);
    });
    connect(m_exchange.get(), &HttpExchange::finished, this, [this](const HttpOutcome &outcome) {
        const std::optional<Error> error = storageErrorOf(m_wire->cleaned(outcome));
        finish(error ? Result<QUrl>(failure(*error)) : Result<QUrl>(m_fileUrl));
    });
    m_wire->begin(*m_exchange, Wire::Lane::Transfer);
}

void UploadCall::finish(Result<QUrl> result)
{
    // The handler may destroy this call.
    if (const auto finished = std::exchange(m_events, {}).finished)
        finished(std::move(result));
}

} // namespace plantain
