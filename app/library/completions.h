#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

class QObject;

namespace plantain {

/// Brings what other threads finished back to the thread of one object, in order. Promises are finished there and not
/// where the work was done: on Qt 6.4 a continuation's context object must not be destroyed while another thread
/// finishes the future.
class Completions : public std::enable_shared_from_this<Completions>
{
public:
    explicit Completions(QObject *owner);
    ~Completions();

    void post(std::function<void()> completion); ///< any thread
    void close(); ///< the owner's thread: runs what is left; whatever is posted later is dropped
    void drain(); ///< the owner's thread

private:
    class Receiver;

    std::mutex m_mutex;
    std::unique_ptr<Receiver> m_receiver; ///< of the owner's thread; none once closed
    std::vector<std::function<void()>> m_waiting;
};

} // namespace plantain
