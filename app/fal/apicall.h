#pragma once

#include "call.h"
#include "wire.h"

namespace plantain {

/// A call that is one exchange whose whole reply is wanted.
class ApiCall final : public Call
{
    Q_OBJECT
public:
    using Finished = std::function<void(const HttpOutcome &)>;

    struct Plan
    {
        HttpRequest request;
        HttpLimits limits;
        Wire::Lane lane = Wire::Lane::Api;
        std::optional<Error> refusal; ///< nothing is sent, and this is the outcome
    };

    ApiCall(Wire &wire, Plan plan, Finished finished);

    void cancel() override;
    void silence() override;

private:
    void finish(HttpOutcome outcome);

    QPointer<Wire> m_wire;
    Finished m_finished;
    HttpExchangePtr m_exchange;
};

} // namespace plantain
