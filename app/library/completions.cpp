#include "completions.h"

#include <QMetaObject>
#include <QObject>

namespace plantain {

void Completions::post(std::function<void()> completion)
{
    const std::lock_guard guard(m_mutex);
    if (!m_owner)
        return;
    m_waiting.push_back(std::move(completion));
    if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(m_owner, [self = shared_from_this()] { self->drain(); }, Qt::QueuedConnection);
}

void Completions::drain()
{
    std::vector<std::function<void()>> ready;
    {
        const std::lock_guard guard(m_mutex);
        ready.swap(m_waiting);
    }
    for (const auto &completion : ready)
        completion();
}

void Completions::close()
{
    drain();
    const std::lock_guard guard(m_mutex);
    m_owner = nullptr;
}

} // namespace plantain
