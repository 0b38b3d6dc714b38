#pragma once

#include "call.h"
#include "wire.h"

namespace plantain {

/// A file into the server's storage: one call for an address, one PUT of the bytes to it, without the key.
class UploadCall final : public Call
{
    Q_OBJECT
public:
    using Progressed = std::function<void(qint64 sent, qint64 total)>;
    using Finished = std::function<void(Result<QUrl>)>;

    UploadCall(Wire &wire, QIODevice &source, const QString &fileName, const QString &contentType, Progressed progressed,
        Finished finished);

    void cancel() override;
    void silence() override;

private:
    void initiated(const HttpOutcome &outcome);
    void put(const QUrl &url);
    void finish(Result<QUrl> result);

    QPointer<Wire> m_wire;
    QPointer<QIODevice> m_source;
    QString m_contentType;
    Progressed m_progressed;
    Finished m_finished;
    HttpExchangePtr m_exchange;
    QUrl m_fileUrl;
};

} // namespace plantain
