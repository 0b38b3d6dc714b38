#include "picturefetch.h"

#include "decodepool.h"
#include "library.h"
#include "retrypolicy.h"
#include "whenfinished.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int badPictureTries = 3; ///< a cut download can look like a broken picture; a broken picture stays broken

/// A data URI can be megabytes: its media type is what there is to say about where it came from.
QString shortSource(const QString &url)
{
    return url.startsWith("data:"_L1, Qt::CaseInsensitive) ? url.section(u',', 0, 0).left(100) : url;
}

/// What has come so far is good: the rest may be asked for.
bool brokeOnTheWay(const Error &error)
{
    return error.kind == ErrorKind::NotSent || error.kind == ErrorKind::NoAnswer || error.kind == ErrorKind::TimedOut
        || error.kind == ErrorKind::RateLimited || error.kind == ErrorKind::ServerFault;
}

} // namespace

PictureFetch::PictureFetch(Library &library, FalClient &client, DecodePool &decodePool, const RunRecord &run,
                           int index, const QString &url, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_client(client)
    , m_decodePool(decodePool)
    , m_run(run)
    , m_url(url)
{
    m_image.index = index;
    m_image.sourceUrl = shortSource(url);
    connect(&m_retry, &RetryTimer::timeout, this, &PictureFetch::start);
}

PictureFetch::~PictureFetch() = default;

void PictureFetch::start()
{
    if (!m_file)
        startFile();
    m_call = m_client.download(
        m_url,
        [this](QByteArrayView bytes) {
            m_part.bytes += bytes.size();
            return m_file->append(bytes);
        },
        [this](qint64 received, qint64 total) { Q_EMIT progressed(received, total); },
        [this](const Result<DownloadedFile> &file) { downloaded(file); }, m_part,
        [this](const DownloadBegin &begin) { begun(begin); });
}

void PictureFetch::tryNow()
{
    m_retry.fireNow();
}

void PictureFetch::startFile()
{
    m_file = m_library.incoming(m_run, m_image.index);
    m_part = {};
}

void PictureFetch::begun(const DownloadBegin &begin)
{
    if (!begin.goesOn && m_part.bytes > 0) // another file, or a server that gives no parts
        startFile();
    m_part.total = begin.total;
    m_part.etag = begin.etag;
}

void PictureFetch::downloaded(const Result<DownloadedFile> &file)
{
    if (!file) {
        failed(file.error());
        return;
    }
    check();
}

void PictureFetch::check()
{
    whenFinished(m_decodePool.verify(m_file->temporaryPath()), this, [this](const Result<PictureInfo> &info) {
        if (info)
            keep(*info);
        else
            failed(info.error());
    });
}

void PictureFetch::keep(const PictureInfo &info)
{
    whenFinished(m_file->keep(extensionOf(info.format)), this, [this, info](const Result<ImageRecord> &kept) {
        if (!kept) {
            failed(kept.error());
            return;
        }
        m_image.file = kept->file;
        m_image.sha256 = kept->sha256;
        m_image.bytes = kept->bytes;
        m_image.contentType = contentTypeOf(info.format);
        m_image.size = info.displaySize();
        m_image.deviations.setFlag(Deviation::Blank, info.isBlank);
        m_file.reset();
        Q_EMIT finished(m_image);
    });
}

void PictureFetch::failed(const Error &error)
{
    if (!brokeOnTheWay(error))
        m_file.reset();
    const bool hopeless = error.kind == ErrorKind::Expired || error.kind == ErrorKind::Refused
        || error.kind == ErrorKind::InvalidInput || error.type == "address"_L1 || error.type == "redirect"_L1
        || (error.kind == ErrorKind::BadPicture && ++m_badPictures >= badPictureTries);
    if (hopeless) {
        m_file.reset();
        m_image.error = error;
        Q_EMIT finished(m_image);
        return;
    }
    const auto delay = retryDelay(++m_failures, error.retryAfterSeconds);
    m_retry.start(delay);
    Q_EMIT waiting(error, delay);
}

} // namespace plantain
