#include "completions.h"

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

namespace plantain {

/// A bare event wakes it: what is handed over goes through our own mutex, where a thread sanitizer sees it.
class Completions::Receiver final : public QObject
{
public:
    Receiver(Completions &completions, QObject *owner)
        : m_completions(completions)
    {
        moveToThread(owner->thread());
    }

protected:
    void customEvent(QEvent *) override
    {
        const auto alive = m_completions.shared_from_this();
        alive->drain();
    }

private:
    Completions &m_completions;
};

Completions::Completions(QObject *owner)
    : m_receiver(std::make_unique<Receiver>(*this, owner))
{
}

Completions::~Completions() = default;

void Completions::post(std::function<void()> completion)
{
    const std::lock_guard guard(m_mutex);
    if (!m_receiver)
        return;
    m_waiting.push_back(std::move(completion));
    if (m_waiting.size() == 1)
        QCoreApplication::postEvent(m_receiver.get(), new QEvent(QEvent::User));
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
    std::unique_ptr<Receiver> gone;
    const std::lock_guard guard(m_mutex);
    gone.swap(m_receiver);
}

} // namespace plantain
