#pragma once

#include "call.h"
#include "uploadplan.h"
#include "wire.h"

class QFile;

namespace plantain {

/// A file into the server's storage in one piece: one call for an address, one PUT of the bytes to it, without the key.
class UploadCall final : public Call
{
    Q_OBJECT
public:
    UploadCall(Wire &wire, UploadPlan plan, UploadEvents events);
    ~UploadCall() override;

    void cancel() override;
    void silence() override;

private:
    void initiated(const HttpOutcome &outcome);
    void put(const QUrl &url);
    void finish(Result<QUrl> result);

    QPointer<Wire> m_wire;
    const UploadPlan m_plan;
    UploadEvents m_events;
    std::unique_ptr<QFile> m_file;
    HttpExchangePtr m_exchange;
    QUrl m_fileUrl;
};

} // namespace plantain
