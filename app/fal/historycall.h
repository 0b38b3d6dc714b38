#pragma once

#include "call.h"
#include "wire.h"

namespace plantain {

struct HistoryPage;

/// The account's own requests of an endpoint, page after page.
class HistoryCall final : public Call
{
    Q_OBJECT
public:
    using Finished = std::function<void(Result<std::vector<HistoryEntry>>)>;

    HistoryCall(Wire &wire, const EndpointId &endpoint, const QDateTime &since, Finished finished);

    void cancel() override;
    void silence() override;

private:
    void ask(const QString &cursor);
    void answered(const HttpOutcome &outcome);
    void finish(Result<std::vector<HistoryEntry>> result);

    QPointer<Wire> m_wire;
    EndpointId m_endpoint;
    QDateTime m_since;
    Finished m_finished;
    HttpExchangePtr m_exchange;
    std::vector<HistoryEntry> m_entries;
    int m_pages = 0;
};

} // namespace plantain
