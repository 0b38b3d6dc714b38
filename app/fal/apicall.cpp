#include "apicall.h"

#include <QTimer>

namespace plantain {

ApiCall::ApiCall(Wire &wire, Plan plan, Finished finished)
    : m_wire(&wire)
    , m_finished(std::move(finished))
{
    if (plan.refusal) {
        HttpOutcome outcome;
        outcome.error = plan.refusal;
        QTimer::singleShot(0, this, [this, outcome] { finish(outcome); });
        return;
    }
    m_exchange = wire.prepare(std::move(plan.request), plan.limits, plan.lane);
    connect(m_exchange.get(), &HttpExchange::finished, this, &ApiCall::finish);
    wire.begin(*m_exchange, plan.lane);
}

void ApiCall::cancel()
{
    if (m_exchange) {
        m_exchange->cancel();
        return;
    }
    HttpOutcome outcome;
    outcome.error = Error { .kind = ErrorKind::Cancelled };
    finish(outcome);
}

void ApiCall::silence()
{
    m_finished = nullptr;
    m_exchange.reset();
}

void ApiCall::finish(HttpOutcome outcome)
{
    // The handler may destroy this call, and with it the function that is running: it is taken out first.
    if (const Finished finished = std::exchange(m_finished, nullptr))
        finished(m_wire ? m_wire->cleaned(std::move(outcome)) : outcome);
}

} // namespace plantain
