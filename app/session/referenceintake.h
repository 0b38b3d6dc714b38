#pragma once

#include "runcontroller.h"

#include <QPromise>

namespace plantain {

struct Endpoint;

/// Copies the files a run refers to into the library, each looked at and treated before (prepareReference): some at
/// once, as all of it takes its time. One future: the records in the order of the files, or the error at the field of the
/// first file that cannot be used.
class ReferenceIntake final : public QObject
{
    Q_OBJECT
public:
    /// `endpoint` outlives it: the kinds of files that its fields take.
    ReferenceIntake(Library &library, DecodePool &decodePool, const Endpoint &endpoint, std::vector<ReferenceSource> sources,
                    QObject *parent = nullptr);

    /// To be called once. Deletes itself afterwards.
    QFuture<Result<std::vector<ReferenceRecord>>> start();

private:
    void goOn();
    void begin(size_t at);
    void adopt(size_t at, const struct TreatedFile &file);
    void refuse(size_t at, Error error);
    void settle();

    Library &m_library;
    DecodePool &m_decodePool;
    const Endpoint &m_endpoint;
    const std::vector<ReferenceSource> m_sources;
    std::vector<ReferenceRecord> m_records;
    std::vector<std::optional<Error>> m_errors; ///< one for each source
    size_t m_begun = 0, m_running = 0;
    bool m_isRefused = false;
    QPromise<Result<std::vector<ReferenceRecord>>> m_promise;
};

} // namespace plantain
