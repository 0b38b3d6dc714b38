#pragma once

#include "call.h"
#include "uploadplan.h"
#include "wire.h"

class QFile;

namespace plantain {

/// A large file into the server's storage in parts: an address, or the one of before; the parts that are not there yet,
/// some at once; the word that it is whole. All but the first without the key. A part that fails ends it when the
/// parts on their way have come to their end: with what was confirmed one can go on.
class PartsUploadCall final : public Call
{
    Q_OBJECT
public:
    PartsUploadCall(Wire &wire, UploadPlan plan, UploadEvents events);
    ~PartsUploadCall() override;

    void cancel() override;
    void silence() override;

private:
    struct Part
    {
        int number = 0;
        qint64 sent = 0;
        std::unique_ptr<QFile> file;
        HttpExchangePtr exchange;
    };

    void initiated(const HttpOutcome &outcome);
    void begin();
    void sendParts();
    bool sendPart(int number);
    void partEnded(int number, const HttpOutcome &outcome);
    void complete();
    void report();
    qint64 bytesOf(int number) const;
    void finish(Result<QUrl> result);

    QPointer<Wire> m_wire;
    const UploadPlan m_plan;
    UploadEvents m_events;
    qint64 m_total = 0;
    PartsUpload m_upload;
    std::vector<int> m_missing; ///< numbers, the next one last
    std::vector<Part> m_parts; ///< on their way
    HttpExchangePtr m_exchange; ///< the first call, and the last
    std::optional<Error> m_error;
};

} // namespace plantain
