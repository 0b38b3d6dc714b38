#pragma once

#include "runcontroller.h"

#include <QPromise>

namespace plantain {

struct TreatedFile;

/// Copies the files a run refers to into the library, one after the other, each looked at and treated before
/// (prepareReference), all of them at once as far as the pool goes. One future: the records, or the error at the field of
/// the first file that cannot be used.
class ReferenceIntake final : public QObject
{
    Q_OBJECT
public:
    ReferenceIntake(Library &library, DecodePool &decodePool, std::vector<ReferenceSource> sources,
                    QObject *parent = nullptr);
    ~ReferenceIntake() override;

    /// To be called once. Deletes itself afterwards.
    QFuture<Result<std::vector<ReferenceRecord>>> start();

private:
    void next();
    void adopt(const TreatedFile &file);
    void refuse(Error error);
    void finish(Result<std::vector<ReferenceRecord>> result);

    const ReferenceSource &source() const { return m_sources[m_records.size()]; } ///< whose turn it is

    Library &m_library;
    DecodePool &m_decodePool;
    const std::vector<ReferenceSource> m_sources;
    std::vector<QFuture<Result<TreatedFile>>> m_treated; ///< of each source; of an address none
    std::vector<ReferenceRecord> m_records;
    QPromise<Result<std::vector<ReferenceRecord>>> m_promise;
};

} // namespace plantain
