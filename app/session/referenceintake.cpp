#include "referenceintake.h"

#include "decodepool.h"
#include "library.h"
#include "mediafile.h"
#include "preparedreference.h"
#include "sha256.h"
#include "whenfinished.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

/// What goes into the library.
struct TreatedFile
{
    QByteArray bytes; ///< in memory, never in a folder that others see; empty: the file itself, as it is
    QString contentType;
    QSize size; ///< of a picture
    QString givenSha256; ///< of what the copy was made from
    bool hasMetadata = false;
};

namespace {

constexpr size_t filesAtOnce = 4; // the library copies as many
constexpr qint64 pieceBytes = 256 * 1024;
constexpr int beforeThumbnails = 1; // a run waits for it

QString contentHash(const QString &path)
{
    QFile file(path);
    Sha256 hash;
    if (!file.open(QIODevice::ReadOnly))
        return {};
    for (QByteArray piece = file.read(pieceBytes); !piece.isEmpty(); piece = file.read(pieceBytes))
        hash.add(piece);
    return hash.hex();
}

Result<TreatedFile> treat(const ReferenceSource &source, const Endpoint &endpoint)
{
    if (source.index < 0) {
        return inspectMediaFile(source.file, endpoint, source.field).map([](const QString &type) {
            return TreatedFile { .bytes = {}, .contentType = type, .size = {}, .givenSha256 = {} };
        });
    }
    const auto prepared = prepareReference(source.file, source.atMostBytes, source.keepsMetadata ? Metadata::Keep : Metadata::Leave);
    if (!prepared)
        return failure(prepared.error());
    const bool isTreated = !prepared->bytes.isEmpty();
    return TreatedFile { .bytes = isTreated ? prepared->bytes : prepared->file,
                         .contentType = contentTypeOf(prepared->format),
                         .size = prepared->size,
                         .givenSha256 = isTreated ? contentHash(source.file) : QString(), // which of the library's pictures it is
                         .hasMetadata = prepared->hasMetadata };
}

QString nameOf(const ReferenceSource &source)
{
    return source.name.isEmpty() ? QFileInfo(source.file).fileName() : source.name;
}

} // namespace

ReferenceIntake::ReferenceIntake(Library &library, DecodePool &decodePool, const Endpoint &endpoint,
                                 std::vector<ReferenceSource> sources, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_decodePool(decodePool)
    , m_endpoint(endpoint)
    , m_sources(std::move(sources))
    , m_records(m_sources.size())
    , m_errors(m_sources.size())
{
}

QFuture<Result<std::vector<ReferenceRecord>>> ReferenceIntake::start()
{
    m_promise.start();
    auto future = m_promise.future();
    goOn();
    return future;
}

void ReferenceIntake::begin(size_t at)
{
    const ReferenceSource &source = m_sources[at];
    if (source.file.isEmpty()) {
        m_records[at] = { .field = source.field, .index = source.index, .part = source.part, .url = source.url };
        QMetaObject::invokeMethod(this, [this] { settle(); }, Qt::QueuedConnection);
        return;
    }
    const auto treated = m_decodePool.run<Result<TreatedFile>>(
        [source, endpoint = &m_endpoint](QPromise<Result<TreatedFile>> &promise) { promise.addResult(treat(source, *endpoint)); },
        beforeThumbnails);
    whenFinished(treated, this, [this, at](const Result<TreatedFile> &result) {
        if (result)
            adopt(at, *result);
        else
            refuse(at, result.error());
    });
}

void ReferenceIntake::adopt(size_t at, const TreatedFile &file)
{
    const auto adopted = file.bytes.isEmpty() ? m_library.adoptReference(m_sources[at].file, file.contentType, file.size)
                                              : m_library.adoptReference(file.bytes, file.contentType, file.size);
    whenFinished(adopted, this, [this, at, given = file.givenSha256, hasMetadata = file.hasMetadata](const Result<ReferenceRecord> &result) {
        if (!result) {
            refuse(at, result.error());
            return;
        }
        const ReferenceSource &from = m_sources[at];
        m_records[at] = *result;
        m_records[at].field = from.field;
        m_records[at].index = from.index;
        m_records[at].givenSha256 = given;
        m_records[at].originalName = nameOf(from);
        m_records[at].part = from.part;
        m_records[at].hasMetadata = hasMetadata;
        settle();
    });
}

void ReferenceIntake::refuse(size_t at, Error error)
{
    error.field = placeOf(m_sources[at].field, m_sources[at].index);
    error.message = nameOf(m_sources[at]) + u": "_s + error.message;
    m_errors[at] = std::move(error);
    m_isRefused = true;
    settle();
}

void ReferenceIntake::settle()
{
    --m_running;
    goOn();
}

void ReferenceIntake::goOn()
{
    while (!m_isRefused && m_running < filesAtOnce && m_begun < m_sources.size()) {
        ++m_running;
        begin(m_begun++);
    }
    if (m_running > 0)
        return;
    // Files are begun in their order, so none before this one has still to be looked at.
    const auto first = std::ranges::find_if(m_errors, [](const std::optional<Error> &error) { return error.has_value(); });
    m_promise.addResult(first == m_errors.end() ? Result<std::vector<ReferenceRecord>>(std::move(m_records))
                                                : Result<std::vector<ReferenceRecord>>(failure(**first)));
    m_promise.finish();
    deleteLater();
}

} // namespace plantain
