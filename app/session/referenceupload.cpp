#include "referenceupload.h"

#include "errortext.h"
#include "library.h"
#include "retrypolicy.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plantain {

ReferenceUpload::ReferenceUpload(const Library &library, FalClient &client, std::vector<ReferenceRecord> references,
                                 QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_client(client)
    , m_references(std::move(references))
{
    for (const ReferenceRecord &reference : m_references)
        m_total += reference.url.isEmpty() ? reference.bytes : 0;
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ReferenceUpload::next);
}

void ReferenceUpload::start()
{
    next();
}

void ReferenceUpload::next()
{
    for (; m_at < m_references.size(); ++m_at) {
        ReferenceRecord &reference = m_references[m_at];
        if (!reference.url.isEmpty())
            continue;
        // The same picture twice in one run is one upload.
        const auto twin = std::find_if(m_references.cbegin(), m_references.cbegin() + qptrdiff(m_at),
                                       [&](const ReferenceRecord &other) { return other.sha256 == reference.sha256; });
        if (twin == m_references.cbegin() + qptrdiff(m_at))
            break;
        reference.url = twin->url;
    }
    if (m_at == m_references.size()) {
        Q_EMIT finished(std::nullopt);
        return;
    }

    const ReferenceRecord &reference = m_references[m_at];
    m_source.close();
    m_source.setFileName(m_library.absolute(reference.file));
    if (!m_source.open(QIODevice::ReadOnly)) {
        failed({ .kind = ErrorKind::Disk, .type = u"missing"_s, .message = m_source.errorString() });
        return;
    }
    m_call = m_client.upload(
        m_source, QFileInfo(reference.file).fileName(), reference.contentType,
        [this](qint64 sent, qint64) { Q_EMIT progressed(m_done + sent, m_total); },
        [this](const Result<QUrl> &url) {
            if (!url) {
                failed(url.error());
                return;
            }
            m_failures = 0;
            m_done += m_references[m_at].bytes;
            m_references[m_at].url = *url;
            ++m_at;
            next();
        });
}

void ReferenceUpload::failed(Error error)
{
    switch (error.kind) {
    case ErrorKind::NotSent:
    case ErrorKind::NoAnswer:
    case ErrorKind::TimedOut:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerFault:
    case ErrorKind::Infrastructure:
        // An upload is not charged and not seen by the model: it may be repeated.
        ++m_failures;
        Q_EMIT waiting(errorText(error).what);
        m_retry.start(retryDelay(m_failures, error.retryAfterSeconds));
        return;
    default:
        error.field = u"%1/%2"_s.arg(m_references[m_at].field).arg(m_references[m_at].index);
        Q_EMIT finished(error);
    }
}

} // namespace plantain
