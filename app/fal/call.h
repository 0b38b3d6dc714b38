#pragma once

#include <QObject>

#include <memory>

namespace plantain {

/// One exchange under way. Destroying the handle ends it in silence; cancel() ends it with ErrorKind::Cancelled.
class Call : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// Idempotent; the handler may be called before this returns.
    virtual void cancel() = 0;
    /// Ends the exchange now and calls no handler any more. What the handle does when it goes.
    virtual void silence() = 0;
};

struct EndCall
{
    void operator()(Call *call) const; ///< silences it now, deletes it later: safe inside its own handler
};
using CallHandle = std::unique_ptr<Call, EndCall>;

} // namespace plantain
