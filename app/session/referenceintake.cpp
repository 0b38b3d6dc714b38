#include "referenceintake.h"

#include "decodepool.h"
#include "library.h"
#include "mediafile.h"
#include "whenfinished.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr size_t filesAtOnce = 4; // the library copies as many

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
        m_records[at] = { .field = source.field, .index = source.index, .url = source.url };
        QMetaObject::invokeMethod(this, [this] { settle(); }, Qt::QueuedConnection);
        return;
    }
    if (source.index < 0) {
        const auto type = m_decodePool.run<Result<QString>>(
            [file = source.file, field = source.field, endpoint = &m_endpoint](QPromise<Result<QString>> &promise) {
                promise.addResult(inspectMediaFile(file, *endpoint, field));
            });
        whenFinished(type, this, [this, at](const Result<QString> &found) {
            if (found)
                adopt(at, *found, {});
            else
                refuse(at, found.error());
        });
        return;
    }
    whenFinished(m_decodePool.verify(source.file), this, [this, at](const Result<PictureInfo> &info) {
        if (info)
            adopt(at, contentTypeOf(info->format), info->displaySize());
        else
            refuse(at, info.error());
    });
}

void ReferenceIntake::adopt(size_t at, const QString &contentType, QSize size)
{
    whenFinished(m_library.adoptReference(m_sources[at].file, contentType, size), this,
                 [this, at](const Result<ReferenceRecord> &adopted) {
                     if (!adopted) {
                         refuse(at, adopted.error());
                         return;
                     }
                     m_records[at] = *adopted;
                     m_records[at].field = m_sources[at].field;
                     m_records[at].index = m_sources[at].index;
                     m_records[at].originalName = QFileInfo(m_sources[at].file).fileName();
                     settle();
                 });
}

void ReferenceIntake::refuse(size_t at, Error error)
{
    error.field = placeOf(m_sources[at].field, m_sources[at].index);
    error.message = QFileInfo(m_sources[at].file).fileName() + u": "_s + error.message;
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
