#include "referenceintake.h"

#include "decodepool.h"
#include "library.h"
#include "whenfinished.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plantain {

ReferenceIntake::ReferenceIntake(Library &library, DecodePool &decodePool, std::vector<ReferenceSource> sources,
                                 QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_decodePool(decodePool)
    , m_sources(std::move(sources))
{
}

QFuture<Result<std::vector<ReferenceRecord>>> ReferenceIntake::start()
{
    m_promise.start();
    auto future = m_promise.future();
    next();
    return future;
}

void ReferenceIntake::next()
{
    const size_t at = m_records.size();
    if (at == m_sources.size()) {
        finish(std::move(m_records));
        return;
    }
    const ReferenceSource &source = m_sources[at];
    const QString field = u"%1/%2"_s.arg(source.field).arg(source.index);
    if (source.file.isEmpty()) {
        m_records.push_back({ .field = source.field, .index = source.index, .url = source.url });
        next();
        return;
    }
    const auto refuse = [this, field, name = QFileInfo(source.file).fileName()](Error error) {
        error.field = field;
        error.message = name + u": "_s + error.message;
        finish(failure(error));
    };
    whenFinished(m_decodePool.verify(source.file), this, [this, at, refuse](const Result<PictureInfo> &info) {
        if (!info) {
            refuse(info.error());
            return;
        }
        const ReferenceSource &file = m_sources[at];
        whenFinished(m_library.adoptReference(file.file, contentTypeOf(info->format), info->displaySize()), this,
            [this, at, refuse](const Result<ReferenceRecord> &adopted) {
                if (!adopted) {
                    refuse(adopted.error());
                    return;
                }
                ReferenceRecord record = *adopted;
                record.field = m_sources[at].field;
                record.index = m_sources[at].index;
                record.originalName = QFileInfo(m_sources[at].file).fileName();
                m_records.push_back(std::move(record));
                next();
            });
    });
}

void ReferenceIntake::finish(Result<std::vector<ReferenceRecord>> result)
{
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace plantain
