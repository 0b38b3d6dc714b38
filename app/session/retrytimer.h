#pragma once

#include <QTimer>

#include <chrono>

namespace plantain {

/// A wait between two tries, in time that also counts while the machine sleeps. Who wakes up tries at once: the network is
/// likely to be another one. Looks every few seconds, so no clock that is set makes it wait longer. On its creator's thread.
class RetryTimer final : public QObject
{
    Q_OBJECT
public:
    explicit RetryTimer(QObject *parent = nullptr);

    void start(std::chrono::milliseconds delay); ///< anew when it runs
    void stop();
    bool isActive() const { return m_look.isActive(); }
    void fireNow(); ///< by a person's word, or because what was waited for has come; nothing when it does not run

Q_SIGNALS:
    void timeout();

private:
    void look();
    void lookAgainAt();

    QTimer m_look;
    std::chrono::milliseconds m_due {}, m_nextLook {}; ///< in awakeTime()
};

} // namespace plantain
