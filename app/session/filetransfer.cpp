#include "filetransfer.h"

#include "errortext.h"
#include "library.h"
#include "retrypolicy.h"
#include "uploads.h"
#include "whenfinished.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::chrono::milliseconds betweenTellings(100);

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

/// What passes by itself. An upload is not charged and not seen by a model: it may be repeated.
bool isWeather(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NotSent:
    case ErrorKind::NoAnswer:
    case ErrorKind::TimedOut:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerFault:
    case ErrorKind::Infrastructure:
        return true;
    default:
        return false;
    }
}

} // namespace

FileTransfer::FileTransfer(Library &library, FalClient &client, const UploadRules &rules, const ReferenceRecord &file)
    : m_library(library)
    , m_client(client)
    , m_rules(rules)
    , m_file(library.absolute(file.file))
    , m_contentType(file.contentType)
    , m_bytes(file.bytes)
    , m_record { .sha256 = file.sha256, .server = storageNameOf(client.server()), .asked = {}, .url = {}, .begun = {} }
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &FileTransfer::send);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (m_sent != m_told)
            tell();
    });
}

void FileTransfer::begin()
{
    if (m_bytes < m_rules.inlineBelow) {
        QTimer::singleShot(0, this, &FileTransfer::sendInline);
        return;
    }
    whenFinished(m_library.upload(m_record.server, m_record.sha256), this,
                 [this](const Result<std::optional<UploadRecord>> &known) {
                     judge(known.value_or(std::nullopt)); // a library that cannot say is no reason not to upload
                 });
}

void FileTransfer::sendInline()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly)) {
        failed({ .kind = ErrorKind::Disk, .type = u"missing"_s, .message = file.errorString() });
        return;
    }
    const QByteArray bytes = file.read(m_rules.inlineBelow);
    m_sent = m_bytes;
    Q_EMIT stored(QUrl(u"data:%1;base64,%2"_s.arg(m_contentType, QString::fromLatin1(bytes.toBase64())), QUrl::StrictMode));
}

void FileTransfer::judge(const std::optional<UploadRecord> &known)
{
    if (known && known->isThere(now(), m_rules.margin)) {
        m_sent = m_bytes;
        Q_EMIT stored(known->url);
        return;
    }
    if (known && known->begun && !known->isOver(now(), m_rules.margin))
        m_record = *known;
    Q_EMIT turnWanted();
}

void FileTransfer::takeTurn()
{
    m_hasTurn = true;
    send();
}

// The network takes 16 KiB at a time: each told of would cost the window more than the sending itself.
void FileTransfer::tell()
{
    m_told = m_sent;
    m_rest.start(betweenTellings);
    Q_EMIT progressed();
}

void FileTransfer::stop()
{
    m_call.reset();
    m_retry.stop();
    m_rest.stop();
    m_isStopped = true;
    endTurn();
    disconnect();
}

void FileTransfer::endTurn()
{
    m_rest.stop();
    if (std::exchange(m_hasTurn, false))
        Q_EMIT turnOver();
}

void FileTransfer::send()
{
    const bool inParts = m_record.begun || m_bytes > m_rules.partsAbove;
    if (!m_record.begun) { // counts from before the server heard of it
        m_record.asked = now();
        m_record.lifetime = m_rules.lifetime;
    }
    const UploadPlan plan { .file = m_file,
                            .name = QFileInfo(m_file).fileName(),
                            .contentType = m_contentType,
                            .lifetime = m_rules.lifetime,
                            .partBytes = inParts ? m_rules.partBytes : 0,
                            .partsAtOnce = m_rules.partsAtOnce,
                            .begun = m_record.begun };
    m_call = m_client.upload(plan,
                             { .progressed =
                                   [this](qint64 sent, qint64) {
                                       m_sent = sent;
                                       if (!m_rest.isActive())
                                           tell();
                                   },
                               .stored = [this](const PartsUpload &begun) { keep(begun); },
                               .finished =
                                   [this](const Result<QUrl> &url) {
                                       if (url)
                                           sentTo(*url);
                                       else
                                           failed(url.error());
                                   } });
}

/// Where the library does not take it, it costs an upload and no run.
void FileTransfer::keep(const PartsUpload &begun)
{
    m_failures = 0;
    m_record.begun = begun;
    m_library.keepUpload(m_record);
}

void FileTransfer::sentTo(const QUrl &url)
{
    m_record.begun.reset();
    m_record.url = url;
    m_library.keepUpload(m_record);
    m_sent = m_bytes;
    endTurn();
    Q_EMIT stored(url);
}

void FileTransfer::failed(const Error &error)
{
    m_rest.stop();
    if (isWeather(error.kind) && error.type != "certificate"_L1) { // that is final, however often one asks
        ++m_failures;
        Q_EMIT waiting(errorText(error).what);
        m_retry.start(retryDelay(m_failures, error.retryAfterSeconds));
        return;
    }
    // What was begun is known there for a while only; how long, nobody says.
    if (m_record.begun && error.type == "storage_refused"_L1 && !std::exchange(m_begunAnew, true)) {
        m_record.begun.reset();
        m_sent = 0;
        m_retry.start(0);
        return;
    }
    endTurn();
    Q_EMIT refused(error);
}

} // namespace plantain
