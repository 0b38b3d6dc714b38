#pragma once

#include "json.h"

#include <QObject>

#include <chrono>

namespace plantain {

/// A verb without a window: does its work on the event loop and ends with an exit status. One JSON object a line goes
/// to standard output and nothing else; what people read goes to standard error.
class Command : public QObject
{
    Q_OBJECT
public:
    /// Exit statuses (design.md 7).
    enum Status { Good = 0, Bad = 1, WrongCommandLine = 2, StillOpen = 3 };

    using QObject::QObject;
    virtual void start() = 0;
    /// SIGINT, SIGTERM: ends soon; the journal has what was under way.
    virtual void interrupt() { Q_EMIT finished(StillOpen); }

Q_SIGNALS:
    void finished(int status);

protected:
    static void print(const Json &line);
    static void complain(const Error &error);
    static void say(const QString &text);
};

} // namespace plantain
