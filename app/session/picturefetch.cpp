#include "picturefetch.h"

#include "errortext.h"
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
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &PictureFetch::start);
}

PictureFetch::~PictureFetch() = default;

void PictureFetch::start()
{
    m_file = m_library.incoming(m_run, m_image.index);
    m_call = m_client.download(
        m_url, [this](QByteArrayView bytes) { return m_file->append(bytes); },
        [this](qint64 received, qint64 total) { Q_EMIT progressed(received, total); },
        [this](const Result<DownloadedFile> &file) { downloaded(file); });
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
    m_file.reset();
    const bool hopeless = error.kind == ErrorKind::Expired || error.kind == ErrorKind::Refused
        || error.kind == ErrorKind::InvalidInput
        || (error.kind == ErrorKind::BadPicture && ++m_badPictures >= badPictureTries);
    if (hopeless) {
        m_image.error = error;
        Q_EMIT finished(m_image);
        return;
    }
    ++m_failures;
    Q_EMIT waiting(errorText(error, RunState::Completed).what);
    m_retry.start(retryDelay(m_failures, error.retryAfterSeconds));
}

} // namespace plantain
