#pragma once

#include "call.h"
#include "datauri.h"
#include "wire.h"

#include <optional>

namespace plantain {

/// One picture, streamed: over at most three redirects, each through the gate and looked up before, or out of a data: URI.
class DownloadCall final : public Call
{
    Q_OBJECT
public:
    using Data = std::function<std::optional<Error>(QByteArrayView)>;
    using Progressed = std::function<void(qint64 received, qint64 total)>;
    using Finished = std::function<void(Result<DownloadedFile>)>;

    DownloadCall(Wire &wire, const QString &url, Data data, Progressed progressed, Finished finished);

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
    Data m_data;
    Progressed m_progressed;
    Finished m_finished;
    HttpExchangePtr m_exchange;
    std::optional<DataUri> m_dataUri;
    DownloadedFile m_file;
    int m_hops = 0;
};

} // namespace plantain
