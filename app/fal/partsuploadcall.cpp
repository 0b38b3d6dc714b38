#include "partsuploadcall.h"

#include "exchangereplies.h"
#include "json.h"
#include "storagerequests.h"

#include <QFile>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// In the body for JavaScript, in the head for Python (fal-protocol.md 12.3).
QString etagOf(const HttpOutcome &outcome)
{
    const Result<Json> body = parseJson(outcome.body);
    const QString inBody = body && body->is_object() ? stringAt(*body, "etag") : QString();
    return inBody.isEmpty() ? QString::fromLatin1(outcome.head.header("etag")) : inBody;
}

} // namespace

PartsUploadCall::PartsUploadCall(Wire &wire, UploadPlan plan, UploadEvents events)
    : m_wire(&wire)
    , m_plan(std::move(plan))
    , m_events(std::move(events))
{
    const Result<std::unique_ptr<QFile>> file = openedForUpload(m_plan.file);
    if (!file) {
        QTimer::singleShot(0, this, [this, error = file.error()] { finish(failure(error)); });
        return;
    }
    m_total = (*file)->size();
    if (m_plan.begun) {
        m_upload = *m_plan.begun;
        QTimer::singleShot(0, this, &PartsUploadCall::begin);
        return;
    }
    m_upload.partBytes = m_plan.partBytes;
    m_exchange = wire.prepare(initiateRequest(wire.server, m_plan), wire.limits.initiate, Wire::Lane::Api);
    connect(m_exchange.get(), &HttpExchange::finished, this, &PartsUploadCall::initiated);
    wire.begin(*m_exchange, Wire::Lane::Api);
}

PartsUploadCall::~PartsUploadCall() = default;

void PartsUploadCall::cancel()
{
    m_parts.clear();
    m_exchange.reset();
    finish(failure({ .kind = ErrorKind::Cancelled }));
}

void PartsUploadCall::silence()
{
    m_events = {};
    m_parts.clear();
    m_exchange.reset();
}

void PartsUploadCall::initiated(const HttpOutcome &outcome)
{
    const Result<UploadAddress> address = uploadAddressOf(m_wire->cleaned(outcome), m_wire->server);
    if (!address) {
        finish(failure(address.error()));
        return;
    }
    m_upload.file = address->file;
    m_upload.upload = address->upload;
    if (const auto stored = m_events.stored)
        stored(m_upload);
    begin();
}

void PartsUploadCall::begin()
{
    for (int number = int((m_total + m_upload.partBytes - 1) / m_upload.partBytes); number > 0; --number) {
        if (std::ranges::find(m_upload.parts, number, &UploadedPart::number) == m_upload.parts.end())
            m_missing.push_back(number);
    }
    if (!m_wire || !m_events.finished)
        return;
    m_wire->whenOutside(m_upload.upload, this, [this](const std::optional<Error> &error) {
        if (!m_wire || !m_events.finished)
            return;
        if (error)
            finish(failure(*error));
        else
            sendParts();
    });
}

qint64 PartsUploadCall::bytesOf(int number) const
{
    return std::min(m_upload.partBytes, m_total - (number - 1) * m_upload.partBytes);
}

void PartsUploadCall::sendParts()
{
    if (!m_wire || !m_events.finished)
        return; // a handler ended it
    while (!m_error && !m_missing.empty() && m_parts.size() < size_t(std::max(1, m_plan.partsAtOnce))) {
        const int number = m_missing.back();
        m_missing.pop_back();
        if (!sendPart(number))
            m_error = Error { .kind = ErrorKind::Disk, .type = u"io"_s, .message = m_plan.file };
    }
    if (!m_parts.empty())
        return;
    if (m_error)
        finish(failure(*m_error));
    else
        complete();
}

bool PartsUploadCall::sendPart(int number)
{
    Result<std::unique_ptr<QFile>> file = openedForUpload(m_plan.file);
    if (!file || !(*file)->seek((number - 1) * m_upload.partBytes))
        return false;
    Part part { .number = number, .file = *std::move(file), .exchange = {} };
    part.exchange = m_wire->prepare(putRequest(partUrl(m_upload.upload, QString::number(number)), *part.file, bytesOf(number), {}),
        m_wire->limits.upload, Wire::Lane::Transfer);
    HttpExchange &exchange = *part.exchange;
    connect(&exchange, &HttpExchange::uploaded, this, [this, number](qint64 sent, qint64 total) {
        const auto found = std::ranges::find(m_parts, number, &Part::number);
        if (total > 0 && found != m_parts.end()) {
            found->sent = sent;
            report();
        }
    });
    connect(&exchange, &HttpExchange::finished, this,
        [this, number](const HttpOutcome &outcome) { partEnded(number, outcome); });
    m_parts.push_back(std::move(part));
    m_wire->begin(exchange, Wire::Lane::Transfer);
    return true;
}

void PartsUploadCall::partEnded(int number, const HttpOutcome &outcome)
{
    m_parts.erase(std::ranges::find(m_parts, number, &Part::number));
    const HttpOutcome clean = m_wire->cleaned(outcome);
    std::optional<Error> error = storageErrorOf(clean);
    const QString etag = error ? QString() : etagOf(clean);
    if (!error && etag.isEmpty())
        error = Error { .kind = ErrorKind::BadReply, .type = u"no_etag"_s, .httpStatus = clean.head.status };
    if (error) {
        if (!m_error)
            m_error = error;
    } else {
        m_upload.parts.push_back({ number, etag });
        if (const auto stored = m_events.stored)
            stored(m_upload);
    }
    sendParts();
}

void PartsUploadCall::complete()
{
    m_exchange = m_wire->prepare(completeRequest(m_upload), m_wire->limits.initiate, Wire::Lane::Transfer);
    connect(m_exchange.get(), &HttpExchange::finished, this, [this](const HttpOutcome &outcome) {
        const std::optional<Error> error = storageErrorOf(m_wire->cleaned(outcome));
        finish(error ? Result<QUrl>(failure(*error)) : Result<QUrl>(m_upload.file));
    });
    m_wire->begin(*m_exchange, Wire::Lane::Transfer);
}

void PartsUploadCall::report()
{
    qint64 sent = 0;
    for (const UploadedPart &part : m_upload.parts)
        sent += bytesOf(part.number);
    for (const Part &part : m_parts)
        sent += part.sent;
    if (const auto progressed = m_events.progressed)
        progressed(sent, m_total);
}

void PartsUploadCall::finish(Result<QUrl> result)
{
    // The handler may destroy this call.
    if (const auto finished = std::exchange(m_events, {}).finished)
        finished(std::move(result));
}

} // namespace plantain
