#include "retrytimer.h"

#include "awaketime.h"

#include <algorithm>

namespace plantain {

using namespace std::chrono_literals;

namespace {

constexpr auto lookEvery = 5s;
constexpr auto sleptAtLeast = 10s; ///< a look that comes so late was held up by a machine that slept, not by one that is busy

} // namespace

RetryTimer::RetryTimer(QObject *parent)
    : QObject(parent)
{
    m_look.setSingleShot(true);
    connect(&m_look, &QTimer::timeout, this, &RetryTimer::look);
}

void RetryTimer::start(std::chrono::milliseconds delay)
{
    m_due = awakeTime() + delay;
    lookAgainAt();
}

void RetryTimer::stop()
{
    m_look.stop();
}

void RetryTimer::fireNow()
{
    if (!isActive())
        return;
    m_look.stop();
    Q_EMIT timeout();
}

void RetryTimer::lookAgainAt()
{
    const auto now = awakeTime();
    m_nextLook = std::min(m_due, now + lookEvery);
    m_look.start(std::max(0ms, m_nextLook - now));
}

void RetryTimer::look()
{
    const auto now = awakeTime();
    if (now >= m_due || now - m_nextLook > sleptAtLeast)
        Q_EMIT timeout();
    else
        lookAgainAt();
}

} // namespace plantain
