#include "referenceintake.h"

#include "decodepool.h"
#include "library.h"
#include "preparedreference.h"
#include "whenfinished.h"

#include <QFileInfo>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;

namespace plantain {

/// What goes into the library.
struct TreatedFile
{
    std::shared_ptr<QTemporaryFile> copy; ///< goes with the last of these; none: the file itself, as it is
    PictureFormat format;
    QSize size;
};

namespace {

constexpr int beforeThumbnails = 1; // a run waits for it

Result<TreatedFile> treat(const QString &path, qint64 atMostBytes)
{
    const auto prepared = prepareReference(path, atMostBytes);
    if (!prepared)
        return failure(prepared.error());
    TreatedFile treated { .copy = nullptr, .format = prepared->format, .size = prepared->size };
    if (prepared->bytes.isEmpty())
        return treated;
    treated.copy = std::make_shared<QTemporaryFile>();
    if (!treated.copy->open() || treated.copy->write(prepared->bytes) != prepared->bytes.size() || !treated.copy->flush())
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = treated.copy->errorString() });
    treated.copy->close();
    return treated;
}

} // namespace

ReferenceIntake::ReferenceIntake(Library &library, DecodePool &decodePool, std::vector<ReferenceSource> sources,
                                 QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_decodePool(decodePool)
    , m_sources(std::move(sources))
{
}

ReferenceIntake::~ReferenceIntake() = default;

QFuture<Result<std::vector<ReferenceRecord>>> ReferenceIntake::start()
{
    m_promise.start();
    auto future = m_promise.future();
    for (const ReferenceSource &from : m_sources) {
        if (from.file.isEmpty()) {
            m_treated.emplace_back();
            continue;
        }
        m_treated.push_back(m_decodePool.run<Result<TreatedFile>>(
            [path = from.file, most = from.atMostBytes](QPromise<Result<TreatedFile>> &promise) {
                promise.addResult(treat(path, most));
            },
            beforeThumbnails));
    }
    next();
    return future;
}

void ReferenceIntake::next()
{
    if (m_records.size() == m_sources.size()) {
        finish(std::move(m_records));
        return;
    }
    const ReferenceSource &file = source();
    if (file.file.isEmpty()) {
        m_records.push_back({ .field = file.field, .index = file.index, .url = file.url });
        next();
        return;
    }
    whenFinished(m_treated[m_records.size()], this, [this](const Result<TreatedFile> &result) {
        if (result)
            adopt(*result);
        else
            refuse(result.error());
    });
}

void ReferenceIntake::adopt(const TreatedFile &file)
{
    const QString path = file.copy ? file.copy->fileName() : source().file;
    const auto adopted = m_library.adoptReference(path, contentTypeOf(file.format), file.size);
    whenFinished(adopted, this, [this, kept = file.copy](const Result<ReferenceRecord> &result) {
        if (!result) {
            refuse(result.error());
            return;
        }
        const ReferenceSource &from = source();
        ReferenceRecord record = *result;
        record.field = from.field;
        record.index = from.index;
        record.originalName = from.name.isEmpty() ? QFileInfo(from.file).fileName() : from.name;
        m_records.push_back(std::move(record));
        next();
    });
}

void ReferenceIntake::refuse(Error error)
{
    const ReferenceSource &from = source();
    error.field = u"%1/%2"_s.arg(from.field).arg(from.index);
    error.message = (from.name.isEmpty() ? QFileInfo(from.file).fileName() : from.name) + u": "_s + error.message;
    finish(failure(error));
}

void ReferenceIntake::finish(Result<std::vector<ReferenceRecord>> result)
{
    for (auto &unwanted : m_treated)
        unwanted.cancel();
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace plantain
