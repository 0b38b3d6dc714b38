#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace plantain {

/// SIGINT, SIGTERM and SIGHUP as a Qt signal; Qt installs no handler of its own (reliability.md A21). One a process.
class UnixSignals final : public QObject
{
    Q_OBJECT
public:
    explicit UnixSignals(QObject *parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    void raised();

private:
    int m_pipe[2] = { -1, -1 };
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace plantain
