#pragma once

#include "call.h"
#include "datauri.h"
#include "wire.h"

#include <optional>

namespace plantain {

/// One picture, streamed: over at most three redirects, each through the gate and looked up before, or out of a data: URI.
/// Goes on with a part only where the server proves that it is of the same file: 206, the same ETag, range and total.
class DownloadCall final : public Call
{
    Q_OBJECT
public:
    using Data = std::function<std::optional<Error>(QByteArrayView)>;
    using Progressed = std::function<void(qint64 received, qint64 total)>;
    using Finished = std::function<void(Result<DownloadedFile>)>;
    using Begun = std::function<void(const DownloadBegin &)>;
    struct Handlers
    {
        Begun begun;
        Data data;
        Progressed progressed;
        Finished finished;
    };

    DownloadCall(Wire &wire, const QString &url, Handlers handlers, const PartOfFile &part);

    void cancel() override;
    void silence() override;

private:
    void look(const QUrl &url);
    void fetch(const QUrl &url);
    std::optional<Error> takeHead(const HttpHead &head);
    std::optional<Error> takeData(QByteArrayView bytes);
    void exchangeFinished(const HttpOutcome &outcome);
    void redirected(const HttpOutcome &outcome);
    void decodeSome();
    void progress(qint64 received, qint64 total);
    void finish(Result<DownloadedFile> result);
    void finishLater(const Error &error);

    QPointer<Wire> m_wire;
    Handlers m_on;
    const PartOfFile m_part;
    HttpExchangePtr m_exchange;
    std::optional<DataUri> m_dataUri;
    DownloadedFile m_file;
    int m_hops = 0;
};

} // namespace plantain
