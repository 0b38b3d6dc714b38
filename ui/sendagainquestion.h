#pragma once

#include "runrecord.h"

#include <QObject>

#include <utility>
#include <vector>

namespace plantain {

class ConfirmBar;

/// Between "send again" and a new run, wherever it is pressed: a run whose fate is not known may have been paid for, so it
/// takes the explicit word. The others were refused or have failed, and are sent at once.
class SendAgainQuestion final : public QObject
{
    Q_OBJECT
public:
    /// `bar` stands where the question belongs and outlives this.
    SendAgainQuestion(ConfirmBar &bar, QObject *parent);

    void ask(const std::vector<std::pair<RunId, RunState>> &runs);
    void leave(); ///< what was asked does not count any more

Q_SIGNALS:
    void wanted(const plantain::RunId &id);

private:
    ConfirmBar &m_bar;
    std::vector<RunId> m_doubtful;
};

} // namespace plantain
